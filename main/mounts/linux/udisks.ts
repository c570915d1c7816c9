/** Mounting through udisks2, the way desktops do: the user needs no rights but those that the system's policy gives. */
import type { Mount } from '../../../shared/mounts.ts'
import { type MadeMount, type MountAdapter, MountBusy, MountRefused, type MountRequest, type RefusalKind } from '../mount-adapter.ts'
import type { ProgramCall, ProgramResult, RunProgram } from '../run-program.ts'

const udisksctl = (...args: string[]): ProgramCall => ({ program: 'udisksctl', args: [...args, '--no-user-interaction'] })

export const udisksCommands = {
  setUpLoop: (imagePath: string) => udisksctl('loop-setup', '-r', '-f', imagePath),
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

export class UdisksAdapter implements MountAdapter {
  readonly method = 'udisks'
  private readonly run: RunProgram

  constructor(run: RunProgram) {
    this.run = run
  }

  async mount({ imagePath }: MountRequest): Promise<MadeMount> {
    const setUp = await this.run(udisksCommands.setUpLoop(imagePath))
    const device = loopDeviceOf(setUp.stdout)
    if (setUp.exitCode !== 0 || device === null) throw this.refusal(setUp)
    const mounted = await this.run(udisksCommands.mount(device))
    const mountPoint = mounted.exitCode === 0 ? mountPointOf(mounted.stdout) : earlierMountPointOf(mounted.stderr)
    if (mountPoint !== null) return { mountPoint, device, wasMounted: false }
    await this.run(udisksCommands.deleteLoop(device))
    throw this.refusal(mounted)
  }

  async unmount({ device }: Mount): Promise<void> {
    if (device === null) throw new MountRefused(this.method, 'unsuitable', 'no device is known')
    const unmounted = await this.run(udisksCommands.unmount(device))
    if (/DeviceBusy|target is busy/.test(unmounted.stderr)) throw new MountBusy(said(unmounted))
    if (unmounted.exitCode !== 0 && !/NotMounted/.test(unmounted.stderr)) throw this.refusal(unmounted)
    // A device that frees itself when nothing holds it is gone by now, so this may fail.
    await this.run(udisksCommands.deleteLoop(device))
  }

  private refusal(result: ProgramResult): MountRefused {
    return new MountRefused(this.method, udisksRefusal(result), said(result))
  }
}
