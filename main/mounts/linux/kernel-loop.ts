/** Mounting by the kernel itself, which only root may. */
import type { Mount } from '../../../shared/mounts.ts'
import { type MadeMount, type MountAdapter, MountBusy, MountRefused, type MountRequest, type RefusalKind } from '../mount-adapter.ts'
import { type MountFolders, removeMountFolder } from '../mount-folders.ts'
import type { ProgramCall, ProgramResult, RunProgram } from '../run-program.ts'

export const kernelCommands = {
  mount: (imagePath: string, folder: string): ProgramCall => ({
    program: 'mount',
    args: ['-o', 'loop,ro,nosuid,nodev', '--', imagePath, folder],
  }),
  unmount: (mountPoint: string): ProgramCall => ({ program: 'umount', args: ['--', mountPoint] }),
}

export function kernelRefusal({ stderr, isMissing }: ProgramResult): RefusalKind {
  if (isMissing) return 'missing'
  if (/only root|permission denied|Operation not permitted|must be superuser/i.test(stderr)) return 'forbidden'
  if (/unknown filesystem type|wrong fs type|bad superblock|can't read superblock/i.test(stderr)) return 'unknown-file-system'
  return 'failed'
}

export class KernelLoopAdapter implements MountAdapter {
  readonly method = 'kernel'
  private readonly run: RunProgram
  private readonly folders: MountFolders
  private readonly isRoot: boolean

  constructor(run: RunProgram, folders: MountFolders, isRoot: boolean) {
    this.run = run
    this.folders = folders
    this.isRoot = isRoot
  }

  async mount({ imagePath, label }: MountRequest): Promise<MadeMount> {
    if (!this.isRoot) throw new MountRefused(this.method, 'unsuitable', 'only root may mount')
    const mountPoint = this.folders.make(label)
    const result = await this.run(kernelCommands.mount(imagePath, mountPoint))
    if (result.exitCode === 0) return { mountPoint, device: null, wasMounted: false }
    removeMountFolder(mountPoint)
    throw this.refusal(result)
  }

  async unmount({ mountPoint, madeByIsomer }: Mount): Promise<void> {
    const result = await this.run(kernelCommands.unmount(mountPoint))
    if (/target is busy/i.test(result.stderr)) throw new MountBusy(result.stderr.trim())
    if (result.exitCode !== 0) throw this.refusal(result)
    if (madeByIsomer) removeMountFolder(mountPoint)
  }

  private refusal(result: ProgramResult): MountRefused {
    return new MountRefused(this.method, kernelRefusal(result), result.stderr.trim() || `ended with ${result.exitCode}`)
  }
}
