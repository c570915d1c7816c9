/** Mounting by programs of the user's own (FUSE), where kernel or policy can't: fuseiso, then archivemount. Neither reads UDF. */
import { readdirSync } from 'node:fs'
import type { Mount } from '../../../shared/mounts.ts'
import { type MadeMount, type MountAdapter, MountBusy, MountRefused, type MountRequest } from '../mount-adapter.ts'
import { type MountFolders, removeMountFolder } from '../mount-folders.ts'
import type { ProgramCall, ProgramResult, RunProgram } from '../run-program.ts'

export type FuseProgram = 'fuseiso' | 'archivemount'

export const fuseCommands = {
  /** `-n`: fuseiso would keep a list of its own in the home folder, and dies where there is none. */
  fuseiso: (imagePath: string, folder: string): ProgramCall => ({
    program: 'fuseiso',
    args: ['-n', imagePath, folder, '-o', 'ro,nosuid,nodev'],
    staysBehind: true,
  }),
  archivemount: (imagePath: string, folder: string): ProgramCall => ({
    program: 'archivemount',
    args: ['-o', 'readonly,nobackup,ro,nosuid,nodev', imagePath, folder],
    staysBehind: true,
  }),
  unmount: (program: 'fusermount3' | 'fusermount', mountPoint: string): ProgramCall => ({ program, args: ['-u', '--', mountPoint] }),
}

export class FuseAdapter implements MountAdapter {
  readonly method: FuseProgram
  private readonly run: RunProgram
  private readonly folders: MountFolders

  constructor(program: FuseProgram, run: RunProgram, folders: MountFolders) {
    this.method = program
    this.run = run
    this.folders = folders
  }

  async mount({ imagePath, label, content }: MountRequest): Promise<MadeMount> {
    if (!content.hasIso9660) throw new MountRefused(this.method, 'unsuitable', `${this.method} reads ISO 9660 only`)
    const mountPoint = this.folders.make(label)
    const result = await this.run(fuseCommands[this.method](imagePath, mountPoint))
    const technical = result.stderr.trim().split('\n').at(-1) || `${this.method} ended with ${result.exitCode}`
    if (result.exitCode === 0) {
      // archivemount shows an empty folder, and no error, for what it can't read.
      if (content.isEmpty || readdirSync(mountPoint).length > 0) return { mountPoint, device: null, wasMounted: false }
      await this.leave(mountPoint)
      throw new MountRefused(this.method, 'unknown-file-system', `${this.method} shows nothing`)
    }
    removeMountFolder(mountPoint)
    const isForbidden = /Operation not permitted|Permission denied|device not found/.test(result.stderr)
    throw new MountRefused(this.method, result.isMissing ? 'missing' : isForbidden ? 'forbidden' : 'failed', technical)
  }

  async unmount({ mountPoint, madeByIsomer }: Mount): Promise<void> {
    const result = await this.leave(mountPoint)
    if (/busy/i.test(result.stderr)) throw new MountBusy(result.stderr.trim())
    if (result.exitCode !== 0) throw new MountRefused(this.method, isSomebodyElses(result) ? 'forbidden' : 'failed', result.stderr.trim())
    if (madeByIsomer) removeMountFolder(mountPoint)
  }

  private async leave(mountPoint: string): Promise<ProgramResult> {
    const result = await this.run(fuseCommands.unmount('fusermount3', mountPoint))
    return result.isMissing ? this.run(fuseCommands.unmount('fusermount', mountPoint)) : result
  }
}

/** fusermount lets only root and whoever mounted it go on. */
function isSomebodyElses({ stderr }: ProgramResult): boolean {
  return /not found in|not permitted|Permission denied|unknown user/i.test(stderr)
}
