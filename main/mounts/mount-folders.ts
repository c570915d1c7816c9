/** Folders to mount on, where the system doesn't choose them: private to the user, named after the image, removed afterwards. */
import { lstatSync, mkdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InternalProblem } from '../bytes/internal-problem.ts'
import { safeHostName } from '../output/safe-name.ts'

const MOST_OF_ONE_NAME = 1000

/** The user's folder for mounts and what Isomer notes of them: for this session of the system only. */
export function mountHome(env: NodeJS.ProcessEnv = process.env, uid = process.getuid?.() ?? 0): string {
  const runtime = env['XDG_RUNTIME_DIR']
  if (runtime !== undefined && isOwnFolder(runtime, uid)) return join(runtime, 'isomer')
  if (uid === 0 && isOwnFolder('/run', 0)) return '/run/isomer'
  return join(tmpdir(), `isomer-${uid}`)
}

export class MountFolders {
  private readonly home: string
  private readonly uid: number

  constructor(home: string, uid = process.getuid?.() ?? 0) {
    this.home = home
    this.uid = uid
  }

  /** Makes an empty folder called as the label is. */
  make(label: string): string {
    mkdirSync(this.home, { recursive: true, mode: 0o700 })
    if (!isOwnFolder(this.home, this.uid)) throw new InternalProblem(`${this.home} belongs to somebody else`)
    const name = safeHostName(label.trim() || 'Disc image').name
    for (let number = 1; number <= MOST_OF_ONE_NAME; number++) {
      const folder = join(this.home, number === 1 ? name : `${name} (${number})`)
      try {
        mkdirSync(folder, { mode: 0o700 })
        return folder
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
    throw new InternalProblem(`${this.home} is full of folders called ${name}`)
  }
}

/** Removes an empty folder; one that can't be removed is only untidy. */
export function removeMountFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // something is in it, or it is gone already
  }
}

function isOwnFolder(path: string, uid: number): boolean {
  try {
    const stats = lstatSync(path)
    return stats.isDirectory() && stats.uid === uid && (stats.mode & 0o022) === 0
  } catch {
    return false
  }
}
