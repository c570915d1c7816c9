/**
 * Mounting on Windows, by the Storage module of Windows PowerShell (Mount-DiskImage, Get-DiskImage, Get-Volume). Paths go
 * in through the environment, never as text of a script.
 */
import * as v from 'valibot'
import type { Mount } from '../../../shared/mounts.ts'
import { type MadeMount, type MountAdapter, MountBusy, MountRefused, type MountRequest } from '../mount-adapter.ts'
import type { ProgramCall, ProgramResult, RunProgram } from '../run-program.ts'
import type { SeenMount } from '../seen-mount.ts'

/** By its full path: a program of that name could lie in the folder that somebody works in. */
const WINDOWS_POWERSHELL = `${process.env['SystemRoot'] ?? 'C:\\Windows'}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`
const PROLOGUE = "$ErrorActionPreference='Stop'; $ProgressPreference='SilentlyContinue'; [Console]::OutputEncoding=[Text.Encoding]::UTF8; "
/** One object of facts for an image; a volume appears a moment after the image is attached. */
const DESCRIBE =
  'function Describe($i) { for ($n=0; $n -lt 50; $n++) { $v = $i | Get-Volume; if ($v.DriveLetter) { break }; Start-Sleep -Milliseconds 100 }; ' +
  '@{ imagePath=$i.ImagePath; devicePath=$i.DevicePath; driveLetter=[string]$v.DriveLetter; fileSystem=$v.FileSystem } }; '

function powershell(script: string, imagePath?: string): ProgramCall {
  return {
    program: WINDOWS_POWERSHELL,
    args: ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', PROLOGUE + script],
    ...(imagePath === undefined ? {} : { env: { ISOMER_IMAGE: imagePath } }),
  }
}

export const diskImageCommands = {
  mount: (imagePath: string) =>
    powershell(
      `${DESCRIBE}$i = Mount-DiskImage -ImagePath $env:ISOMER_IMAGE -StorageType ISO -Access ReadOnly -PassThru; ` +
        'Describe (Get-DiskImage -ImagePath $i.ImagePath) | ConvertTo-Json -Compress',
      imagePath,
    ),
  dismount: (imagePath: string) => powershell('Dismount-DiskImage -ImagePath $env:ISOMER_IMAGE | Out-Null', imagePath),
  list: () =>
    powershell(
      `${DESCRIBE}ConvertTo-Json -Compress @(Get-Volume | Where-Object DriveType -eq 'CD-ROM' | ForEach-Object { ` +
        "Get-DiskImage -DevicePath $_.Path.TrimEnd('\\') -ErrorAction SilentlyContinue } | Where-Object Attached | ForEach-Object { Describe $_ })",
    ),
}

const described = v.object({
  imagePath: v.string(),
  devicePath: v.nullable(v.string()),
  driveLetter: v.string(),
  fileSystem: v.nullable(v.string()),
})

/** What the scripts print: one object, or a list of them. */
export function diskImagesOf(json: string): SeenMount[] {
  const schema = v.union([
    v.array(described),
    v.pipe(
      described,
      v.transform((one) => [one]),
    ),
  ])
  try {
    const parsed = v.safeParse(schema, JSON.parse(json))
    return parsed.success ? parsed.output.flatMap(seenMount) : []
  } catch {
    return [] // nothing, or not JSON
  }
}

function seenMount({ imagePath, devicePath, driveLetter, fileSystem }: v.InferOutput<typeof described>): SeenMount[] {
  if (!/^[A-Z]$/i.test(driveLetter)) return []
  return [{ imagePath, mountPoint: `${driveLetter}:\\`, method: 'windows', fileSystem, device: devicePath, isImageDeleted: false }]
}

export class DiskImageAdapter implements MountAdapter {
  readonly method = 'windows'
  private readonly run: RunProgram

  constructor(run: RunProgram) {
    this.run = run
  }

  async mount({ imagePath }: MountRequest): Promise<MadeMount> {
    const result = await this.run(diskImageCommands.mount(imagePath))
    const [made] = diskImagesOf(result.stdout)
    if (result.exitCode === 0 && made !== undefined) return { mountPoint: made.mountPoint, device: made.device, wasMounted: false }
    if (result.exitCode === 0) await this.run(diskImageCommands.dismount(imagePath))
    throw this.refusal(result)
  }

  async unmount({ imagePath }: Mount): Promise<void> {
    if (imagePath === null) throw new MountRefused(this.method, 'unsuitable', 'the image is not known')
    const result = await this.run(diskImageCommands.dismount(imagePath))
    if (/being used by another process|in use/i.test(result.stderr)) throw new MountBusy(result.stderr.trim())
    if (result.exitCode !== 0) throw this.refusal(result)
  }

  async list(): Promise<SeenMount[]> {
    return diskImagesOf((await this.run(diskImageCommands.list())).stdout)
  }

  private refusal({ stderr, exitCode, isMissing }: ProgramResult): MountRefused {
    const isForbidden = /Access is denied|requires elevation|privilege/i.test(stderr)
    const isUnknown = /corrupted|not a valid|unsupported/i.test(stderr)
    const kind = isMissing ? 'missing' : isForbidden ? 'forbidden' : isUnknown ? 'unknown-file-system' : 'failed'
    return new MountRefused(this.method, kind, stderr.trim() || `powershell ended with ${exitCode}`)
  }
}
