/** Mounting through udisks2, the way desktops do: the user needs no rights but those that the system's policy gives. */
import type { Mount } from '../../../shared/mounts.ts'
import { type MadeMount, type MountAdapter, MountBusy, MountRefused, type MountRequest, type RefusalKind } from '../mount-adapter.ts'
import type { ProgramCall, ProgramResult, RunProgram } from '../run-program.ts'
import { bytesWithoutGpt, imagePartitions, loopDeviceBehind } from './partition-table.ts'

const udisksctl = (...args: string[]): ProgramCall => ({ program: 'udisksctl', args: [...args, '--no-user-interaction'] })

export const udisksCommands = {
  setUpLoop: (imagePath: string, ...more: string[]) => udisksctl('loop-setup', '-r', '-f', imagePath, ...more),
  mount: (device: string) => udisksctl('mount', '-b', device, '-o', 'ro,nosuid,nodev'),
  unmount: (device: string) => udisksctl('unmount', '-b', device),
  deleteLoop: (device: string) => udisksctl('loop-delete', '-b', device),
}

/** The loop device that `loop-setup` made; null when it says something else. */
export function loopDeviceOf(stdout: string): string | null {
  return /^Mapped file .* as (\/dev\/loop\d+)\.?\s*$/s.exec(stdout)?.[1] ?? null
}

/** Where `mount` says the device is now. */
export function mountPointOf(stdout: string): string | null {
  return /^Mounted \/dev\/\S+ at (.*?)\.?\n?$/s.exec(stdout)?.[1] ?? null
}

/** Where it was mounted before: desktops mount new loop devices by themselves. */
export function earlierMountPointOf(stderr: string): string | null {
  return /is already mounted at [`'](.*)'\.?/s.exec(stderr)?.[1] ?? null
}

/** What kind of no it was. */
export function udisksRefusal({ stderr, isMissing }: ProgramResult): RefusalKind {
  if (isMissing) return 'missing'
  if (/NotAuthorized|Not authorized/.test(stderr)) return 'forbidden'
  if (/Error connecting to the udisks daemon|ServiceUnknown|Could not connect: No such file/.test(stderr)) return 'missing'
  if (/is not a mountable filesystem|unknown filesystem type|wrong fs type/.test(stderr)) return 'unknown-file-system'
  return 'failed'
}

/** The last line says what matters; the ones before are about agents for passwords. */
function said({ stderr, exitCode }: ProgramResult): string {
  return stderr.trim().split('\n').at(-1) || `udisksctl ended with ${exitCode}`
}

/** How an image is looked at that is a disk too. */
export interface DiskLook {
  partitions(device: string): readonly string[]
  sizeWithoutPartitions(imagePath: string): number | null
}

export class UdisksAdapter implements MountAdapter {
  readonly method = 'udisks'
  private readonly run: RunProgram
  private readonly disk: DiskLook

  constructor(run: RunProgram, disk: DiskLook = { partitions: imagePartitions, sizeWithoutPartitions: bytesWithoutGpt }) {
    this.run = run
    this.disk = disk
  }

  async mount({ imagePath }: MountRequest): Promise<MadeMount> {
    try {
      return await this.#mountLoop(imagePath, [])
    } catch (error) {
      if (!(error instanceof MountRefused) || error.kind !== 'unknown-file-system') throw error
      return (await this.#mountDisk(imagePath)) ?? Promise.reject(error)
    }
  }

  async #mountLoop(imagePath: string, options: readonly string[]): Promise<MadeMount> {
    const setUp = await this.run(udisksCommands.setUpLoop(imagePath, ...options))
    const device = loopDeviceOf(setUp.stdout)
    if (setUp.exitCode !== 0 || device === null) throw this.refusal(setUp)
    let refused: ProgramResult | null = null
    for (const candidate of [device, ...(options.length === 0 ? this.disk.partitions(device) : [])]) {
      const mounted = await this.run(udisksCommands.mount(candidate))
      const mountPoint = mounted.exitCode === 0 ? mountPointOf(mounted.stdout) : earlierMountPointOf(mounted.stderr)
      if (mountPoint !== null) return { mountPoint, device: candidate, wasMounted: false }
      refused ??= mounted
    }
    await this.run(udisksCommands.deleteLoop(device))
    throw this.refusal(refused as ProgramResult)
  }

  /** Once more without partitions, which were in the way: udisks before 2.10.1 can't be told to leave them. */
  async #mountDisk(imagePath: string): Promise<MadeMount | null> {
    const sizeBytes = this.disk.sizeWithoutPartitions(imagePath)
    for (const options of [['--no-partition-scan'], ...(sizeBytes === null ? [] : [['-s', String(sizeBytes)]])]) {
      try {
        return await this.#mountLoop(imagePath, options)
      } catch (error) {
        if (!(error instanceof MountRefused)) throw error
      }
    }
    return null
  }

  async unmount({ device }: Mount): Promise<void> {
    if (device === null) throw new MountRefused(this.method, 'unsuitable', 'no device is known')
    const unmounted = await this.run(udisksCommands.unmount(device))
    if (/DeviceBusy|target is busy/.test(unmounted.stderr)) throw new MountBusy(said(unmounted))
    if (unmounted.exitCode !== 0 && !/NotMounted/.test(unmounted.stderr)) throw this.refusal(unmounted)
    // A device that frees itself when nothing holds it is gone by now, so this may fail.
    await this.run(udisksCommands.deleteLoop(loopDeviceBehind(device) ?? device))
  }

  private refusal(result: ProgramResult): MountRefused {
    return new MountRefused(this.method, udisksRefusal(result), said(result))
  }
}
