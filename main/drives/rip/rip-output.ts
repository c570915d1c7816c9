/**
 * The files of a rip: the image under a name that says it is unfinished, and the map beside it. The map is only ever
 * written after the data it speaks of is on the disk, so a power cut costs the last seconds and nothing else.
 */
import { closeSync, existsSync, fdatasync, fsyncSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { MAX_MAPFILE_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { FileByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { writeFully } from '../../bytes/sequential-writer.ts'
import { noSpaceFor, outputProblem, targetExists, tooLargeForFat } from '../../output/output-problems.ts'
import { volumeFacts } from '../../output/volume-facts.ts'
import { formatMapfile, type Mapfile, parseMapfile } from './mapfile.ts'
import type { RescueTarget } from './rescue-reader.ts'

/** At most this much reading is lost when the power fails. */
const SAVE_EVERY_MS = 10_000

export interface RipFiles {
  readonly outPath: string
  /** Null for the usual place, beside the image; then it goes away when nothing is missing. */
  readonly mapPath: string | null
  /** Whether to go on with what an earlier rip left. */
  readonly resume: boolean
  /** Whether files of these names may be replaced. */
  readonly overwrite: boolean
}

export const partialPathOf = (outPath: string): string => `${outPath}.partial`
export const mapPathOf = ({ outPath, mapPath }: Pick<RipFiles, 'outPath' | 'mapPath'>): string => mapPath ?? `${outPath}.map`

export class RipOutput implements RescueTarget {
  readonly fd: number
  /** Where the data is until it is finished. */
  readonly dataPath: string
  readonly mapPath: string
  /** What the map said; null for a new rip. */
  readonly resumed: Mapfile | null
  readonly #files: RipFiles
  readonly #startedMs = Date.now()
  #savedMs = performance.now()
  #isOpen = true

  private constructor(files: RipFiles, dataPath: string, fd: number, resumed: Mapfile | null) {
    this.#files = files
    this.dataPath = dataPath
    this.fd = fd
    this.resumed = resumed
    this.mapPath = mapPathOf(files)
  }

  /** Throws a `usage` Problem when something is in the way or nothing is there to go on with, `io` when it can't be opened. */
  static open(files: RipFiles): RipOutput {
    return files.resume ? RipOutput.#reopen(files) : RipOutput.#create(files)
  }

  static #create(files: RipFiles): RipOutput {
    const dataPath = partialPathOf(files.outPath)
    if (!files.overwrite) {
      if (existsSync(files.outPath)) throw targetExists(files.outPath)
      for (const path of [dataPath, mapPathOf(files)]) if (existsSync(path)) throw unfinishedRip(path)
    }
    rmSync(mapPathOf(files), { force: true })
    return new RipOutput(files, dataPath, openOutput(dataPath, 'w+'), null)
  }

  static #reopen(files: RipFiles): RipOutput {
    const mapPath = mapPathOf(files)
    const partialPath = partialPathOf(files.outPath)
    // Other programs, and a rip that ended with sectors missing, have the data under its own name.
    const dataPath = existsSync(partialPath) ? partialPath : files.outPath
    if (!existsSync(mapPath) || !existsSync(dataPath)) throw nothingToResume(existsSync(mapPath) ? dataPath : mapPath)
    return new RipOutput(files, dataPath, openOutput(dataPath, 'r+'), readMapfile(mapPath))
  }

  /** Throws an `io` Problem unless there is room for `needBytes` more in a file of `sizeBytes`. */
  requireRoom(needBytes: number, sizeBytes: number): void {
    const folder = dirname(this.dataPath)
    const facts = volumeFacts(folder)
    if (facts === null) return
    if (facts.maxFileBytes !== null && sizeBytes > facts.maxFileBytes) throw tooLargeForFat(folder, sizeBytes)
    if (needBytes > facts.freeBytes) throw noSpaceFor(folder, needBytes, facts.freeBytes)
  }

  write(offsetBytes: number, bytes: Uint8Array): void {
    try {
      writeFully(this.fd, bytes, offsetBytes)
    } catch (error) {
      throw outputProblem(this.dataPath, error)
    }
  }

  async saveWhenDue(mapfile: Mapfile): Promise<void> {
    if (performance.now() - this.#savedMs >= SAVE_EVERY_MS) await this.save(mapfile)
  }

  /** Puts data and map on the disk, in this order. */
  async save(mapfile: Mapfile): Promise<void> {
    try {
      await promisify(fdatasync)(this.fd)
      replaceFile(this.mapPath, formatMapfile(mapfile, 'Isomer', this.#startedMs, Date.now()))
    } catch (error) {
      throw outputProblem(this.mapPath, error)
    }
    this.#savedMs = performance.now()
  }

  /** Cuts the image to its length and gives it its name; `isWhole` says that the map is of no use any more. */
  async finish(lengthBytes: number, isWhole: boolean): Promise<void> {
    const { outPath, mapPath } = this.#files
    try {
      ftruncateSync(this.fd, lengthBytes)
      await promisify(fdatasync)(this.fd)
      this.close()
      if (this.dataPath !== outPath) {
        if (existsSync(outPath) && !this.#files.overwrite) throw targetExists(outPath)
        renameSync(this.dataPath, outPath)
      }
      if (isWhole && mapPath === null) rmSync(this.mapPath, { force: true })
    } catch (error) {
      throw outputProblem(outPath, error)
    }
  }

  /** Removes everything of a rip that has nothing yet. */
  discard(): void {
    this.close()
    if (this.resumed !== null) return
    rmSync(this.dataPath, { force: true })
    rmSync(this.mapPath, { force: true })
  }

  close(): void {
    if (this.#isOpen) closeSync(this.fd)
    this.#isOpen = false
  }
}

function openOutput(path: string, flags: 'w+' | 'r+'): number {
  try {
    return openSync(path, flags)
  } catch (error) {
    throw outputProblem(path, error)
  }
}

function readMapfile(path: string): Mapfile {
  const source = FileByteSource.open(path)
  try {
    // One byte more than allowed: a text that is cut off there is no map.
    return parseMapfile(readUpTo(source, 0, MAX_MAPFILE_BYTES + 1).toString('latin1'))
  } finally {
    source.close()
  }
}

/** The old map stays until the new one is on the disk. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.new`
  const fd = openSync(temporary, 'w')
  try {
    writeSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(temporary, path)
}

function unfinishedRip(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'unfinished-rip',
    message: `‘${path}’ is there from a rip that was not finished.`,
    kept: 'It was left as it is.',
    advice: 'Go on with it (--resume), or say that it may be replaced (--force).',
  })
}

function nothingToResume(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'nothing-to-resume',
    message: `There is nothing to go on with: ‘${path}’ is not there.`,
    advice: 'Start without --resume, or name the map (--map).',
  })
}
