/**
 * Atomic output: bytes go to a temporary file beside the target, which takes the target's name only when it is whole
 * and on the disk. Whatever happens before leaves the old file as it was and nothing else behind.
 */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { JobControl } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import { outputProblem, targetExists } from './output-problems.ts'
import { isRunning } from './running-process.ts'
import { temporaryName, temporaryOwner } from './temporary-name.ts'

/** Virus scanners and indexers hold new files on Windows for a moment. */
const RENAME_TRIES = 40
const RENAME_WAIT_MS = 50
const NEW_FILE_MODE = 0o666

export interface AtomicOutput {
  readonly fd: number
  /** Whether it began with the bytes of another file, shared with that on the disk. */
  readonly isClone: boolean
  /** Syncs, closes and renames to the target's name. Throws an io Problem; then nothing is left behind. */
  commit(): Promise<void>
  /** Removes the temporary file; does nothing after commit. */
  discard(): void
}

/**
 * Opens a temporary file beside `path`, which begins as a clone of `cloneOf` where the disk can do that. Throws an io Problem when that can't be, and a usage Problem when the target is
 * there and may not be replaced, or is a folder.
 */
export function openAtomicOutput(path: string, overwrite: boolean, control: JobControl, cloneOf: string | null = null): AtomicOutput {
  const target = resolveTarget(path)
  const old = statIfThere(target)
  if (old?.isDirectory()) throw outputProblem(path, Object.assign(new Error('is a directory'), { code: 'EISDIR' }))
  if (old !== null && !overwrite) throw targetExists(path)
  const folder = dirname(target)
  sweepAbandoned(folder)
  const temporary = join(folder, temporaryName())
  const isClone = cloneOf !== null && isCloned(cloneOf, temporary)
  let fd: number
  try {
    fd = openSync(temporary, isClone ? constants.O_RDWR : constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600)
  } catch (error) {
    throw outputProblem(path, error)
  }
  control.temporary(temporary)
  let isOpen = true
  const discard = () => {
    if (isOpen) closeSync(fd)
    isOpen = false
    rmSync(temporary, { force: true })
    control.temporary(null)
  }
  const commit = async () => {
    try {
      await promisify(fsync)(fd)
      closeSync(fd)
      isOpen = false
      chmodSync(temporary, old === null ? NEW_FILE_MODE & ~process.umask() : old.mode & 0o777)
      if (!overwrite && statIfThere(target) !== null) throw targetExists(path)
      await renamePatiently(temporary, target)
      control.temporary(null)
      await syncFolder(folder)
    } catch (error) {
      discard()
      throw outputProblem(path, error)
    }
  }
  return { fd, isClone, commit, discard }
}

/** Makes a file that shares the other's bytes; leaves nothing where the disk can't. */
function isCloned(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE)
    chmodSync(to, 0o600)
    return true
  } catch {
    return false // few disks can; whoever asked copies then
  }
}

/** An existing link's own file is replaced, not the link. */
export function resolveTarget(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path // not there yet; whatever else is wrong shows when it is opened
  }
}

function statIfThere(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null
}

/** Removes temporary files that a killed process of ours left in this folder. */
function sweepAbandoned(folder: string): void {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return // a folder that can't be listed may still be written to
  }
  for (const name of names) {
    const pid = temporaryOwner(name)
    if (pid !== null && !isRunning(pid)) rmSync(join(folder, name), { force: true })
  }
}

async function renamePatiently(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      const held = ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '')
      if (process.platform !== 'win32' || !held || tries >= RENAME_TRIES) throw error
      await sleep(RENAME_WAIT_MS)
    }
  }
}

/** Makes the new name itself durable. Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    await promisify(fsync)(fd)
  } catch (error) {
    // Some network volumes refuse to sync a folder; the file itself is safe.
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    closeSync(fd)
  }
}

/** The name a target goes by in messages. */
export function targetName(path: string): string {
  return basename(path)
}

/** Whether there is a file at the path, and it is the one with this identity. */
export function isSameFile(path: string, { deviceAndInode }: { readonly deviceAndInode: string }): boolean {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stats !== undefined && `${stats.dev}:${stats.ino}` === deviceAndInode
}

/** Whether both paths lead to one file that is there. */
export function areSameFile(path: string, otherPath: string): boolean {
  const file = statIfThere(path)
  const other = statIfThere(otherPath)
  return file !== null && other !== null && file.dev === other.dev && file.ino === other.ino
}

/** Refuses a target that is one of the sources. */
export function requireNotSource(path: string, sourcePath: string): void {
  if (areSameFile(path, sourcePath))
    throw new Problem({
      kind: 'usage',
      code: 'target-is-source',
      message: `‘${path}’ is the file it would be made from.`,
      kept: 'It was left as it is.',
      advice: 'Choose another name for the output.',
    })
}
