/**
 * What is being written is noted in a folder of Isomer's own while it is, one note for each process at work: when that
 * process is killed, the next start of Isomer finds what it left half-written, wherever that lies, and removes it.
 */
import {
  type BigIntStats,
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { isRunning } from './running-process.ts'
import { stateFolder } from './state-folder.ts'
import { temporaryOwner } from './temporary-name.ts'

const NOTE_NAME = /^(\d+)\.json$/
/** A path and four numbers. */
const MAX_NOTE_BYTES = 64 * 1024

interface Note {
  readonly path: string
  /** Which file it was: another one of that name is not ours to remove. Numbers as text, they may be large. */
  readonly device: string
  readonly inode: string
  readonly bornNs: string
}

export const journalFolder = (): string => join(stateFolder(), 'outputs')

/** The note of this process. It never fails: work that can't be noted goes on all the same. */
export class OutputJournal {
  readonly #folder: string
  #fd: number | null = null
  #isUsable = true

  constructor(folder = journalFolder()) {
    this.#folder = folder
  }

  /** Notes the file that is being written; null when it is whole or gone. */
  note(path: string | null): void {
    if (!this.#isUsable || (path === null && this.#fd === null)) return
    try {
      this.#fd ??= this.#open()
      ftruncateSync(this.#fd)
      if (path !== null) writeSync(this.#fd, JSON.stringify(noteOf(path)), 0)
    } catch {
      this.#isUsable = false
    }
  }

  /** To be called when the work is over. */
  end(): void {
    if (this.#fd === null) return
    closeSync(this.#fd)
    this.#fd = null
    rmSync(this.#path, { force: true })
  }

  get #path(): string {
    return join(this.#folder, `${process.pid}.json`)
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    return openSync(this.#path, 'w', 0o600)
  }
}

export interface Swept {
  /** Files that were removed. */
  readonly removed: readonly string[]
  /** Processes that are still at work, or still ending. */
  readonly atWork: readonly number[]
}

/** Removes what processes that were killed left half-written. */
export function sweepOutputs(folder = journalFolder()): Swept {
  const removed: string[] = []
  const atWork: number[] = []
  for (const name of namesIn(folder)) {
    const pid = Number(NOTE_NAME.exec(name)?.[1])
    if (!Number.isSafeInteger(pid)) continue
    if (isRunning(pid)) {
      atWork.push(pid)
      continue
    }
    const note = readNote(join(folder, name))
    if (note !== null && isOursToRemove(note, pid)) {
      rmSync(note.path, { force: true })
      removed.push(note.path)
    }
    rmSync(join(folder, name), { force: true })
  }
  return { removed, atWork }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // nothing was ever noted
  }
}

function noteOf(path: string): Note {
  const stats = lstatSync(path, { bigint: true })
  return { path, device: `${stats.dev}`, inode: `${stats.ino}`, bornNs: `${stats.birthtimeNs}` }
}

function readNote(path: string): Note | null {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.length > MAX_NOTE_BYTES) return null
    const note = JSON.parse(text) as Partial<Record<keyof Note, unknown>>
    const isWhole = (['path', 'device', 'inode', 'bornNs'] as const).every((member) => typeof note[member] === 'string')
    return isWhole ? (note as Note) : null
  } catch {
    return null // empty: nothing was being written
  }
}

/** A hidden file that carries the process' number; or, under a name of its own, the very file that was made then. */
function isOursToRemove({ path, device, inode, bornNs }: Note, pid: number): boolean {
  const stats: BigIntStats | undefined = lstatSync(path, { throwIfNoEntry: false, bigint: true })
  if (!stats?.isFile() || `${stats.dev}` !== device || `${stats.ino}` !== inode) return false
  if (temporaryOwner(basename(path)) === pid) return true
  return stats.birthtimeNs > 0n && `${stats.birthtimeNs}` === bornNs
}
