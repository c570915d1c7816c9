/** Mounting on macOS, by hdiutil (its manual page: attach, detach, info; property lists by -plist). */
import { parse } from 'plist'
import * as v from 'valibot'
import type { Mount } from '../../../shared/mounts.ts'
import { type MadeMount, type MountAdapter, MountBusy, MountRefused, type MountRequest } from '../mount-adapter.ts'
import type { ProgramCall, ProgramResult, RunProgram } from '../run-program.ts'
import type { SeenMount } from '../seen-mount.ts'

const hdiutil = (...args: string[]): ProgramCall => ({ program: '/usr/bin/hdiutil', args })

export const hdiutilCommands = {
  attach: (imagePath: string) => hdiutil('attach', '-readonly', '-noautoopen', '-plist', imagePath),
  detach: (device: string) => hdiutil('detach', device),
  info: () => hdiutil('info', '-plist'),
}

const entity = v.object({
  'dev-entry': v.optional(v.string()),
  'mount-point': v.optional(v.string()),
  'volume-kind': v.optional(v.string()),
})
const attached = v.object({ 'system-entities': v.array(entity) })
const listed = v.object({
  images: v.array(v.object({ 'image-path': v.string(), 'system-entities': v.optional(v.array(entity), []) })),
})

/** Where `attach` put the first volume, and the whole disk's device; null when it mounted none. */
export function attachedAt(xml: string): { readonly mountPoint: string; readonly device: string | null } | null {
  const entities = read(attached, xml)?.['system-entities'] ?? []
  const mountPoint = entities.find((one) => one['mount-point'] !== undefined)?.['mount-point']
  return mountPoint === undefined ? null : { mountPoint, device: wholeDisk(entities) }
}

/** The device that `attach` made, mounted or not. */
export function attachedDevice(xml: string): string | null {
  return wholeDisk(read(attached, xml)?.['system-entities'] ?? [])
}

/** All mounted volumes of `hdiutil info`. */
export function mountsOfInfo(xml: string): SeenMount[] {
  return (read(listed, xml)?.images ?? []).flatMap((image) =>
    image['system-entities'].flatMap((one): SeenMount[] => {
      const mountPoint = one['mount-point']
      if (mountPoint === undefined) return []
      const device = wholeDisk(image['system-entities'])
      return [
        {
          imagePath: image['image-path'],
          mountPoint,
          method: 'hdiutil',
          fileSystem: one['volume-kind'] ?? null,
          device,
          isImageDeleted: false,
        },
      ]
    }),
  )
}

/** `/dev/disk4` of `/dev/disk4s1`: detaching that ejects everything on it. */
function wholeDisk(entities: readonly v.InferOutput<typeof entity>[]): string | null {
  const devices = entities.flatMap((one) => one['dev-entry'] ?? [])
  return devices[0]?.replace(/^(\/dev\/disk\d+)(?:s\d+)*$/, '$1') ?? null
}

function read<S extends v.GenericSchema>(schema: S, xml: string): v.InferOutput<S> | null {
  // The library writes to the console about anything else.
  if (!xml.includes('<plist')) return null
  try {
    const parsed = v.safeParse(schema, parse(xml))
    return parsed.success ? parsed.output : null
  } catch {
    return null // not a property list
  }
}

export class HdiutilAdapter implements MountAdapter {
  readonly method = 'hdiutil'
  private readonly run: RunProgram

  constructor(run: RunProgram) {
    this.run = run
  }

  async mount({ imagePath }: MountRequest): Promise<MadeMount> {
    const result = await this.run(hdiutilCommands.attach(imagePath))
    const place = attachedAt(result.stdout)
    if (place !== null) return { ...place, wasMounted: false }
    const device = attachedDevice(result.stdout)
    if (device !== null) await this.run(hdiutilCommands.detach(device))
    throw this.refusal(result)
  }

  async unmount({ device, mountPoint }: Mount): Promise<void> {
    const result = await this.run(hdiutilCommands.detach(device ?? mountPoint))
    if (/Resource busy/i.test(result.stderr)) throw new MountBusy(result.stderr.trim())
    if (result.exitCode !== 0) throw this.refusal(result)
  }

  async list(): Promise<SeenMount[]> {
    return mountsOfInfo((await this.run(hdiutilCommands.info())).stdout)
  }

  private refusal({ stderr, exitCode, isMissing }: ProgramResult): MountRefused {
    const isUnknown = /not recognized|no mountable file systems/i.test(stderr) || (exitCode === 0 && stderr === '')
    const kind = isMissing ? 'missing' : isUnknown ? 'unknown-file-system' : 'failed'
    return new MountRefused(this.method, kind, stderr.trim() || `hdiutil ended with ${exitCode}`)
  }
}
