/**
 * A second thread for an extraction of many small files: creating files costs far more than reading them, and two
 * threads create nearly twice as many. It takes only the plain case, new files in new folders, and leaves everything
 * that goes otherwise to the caller.
 */
import { constants } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { alignedSharedMemory } from '../bytes/aligned-buffer.ts'
import { InternalProblem } from '../bytes/internal-problem.ts'

/** Files taken at a time by either side: enough to be read together, few enough for both to end together. */
const BATCH_FILES = 128
/** Places in the shared counters. */
const NEXT = 0
const STOP = 1
const DONE_FILES = 2

/** Plain data of the files, in the order in which they lie in the image. */
export interface SmallFiles {
  readonly names: string[]
  /** Index of each file's folder. */
  readonly folders: Int32Array
  readonly offsetsBytes: Float64Array
  readonly sizesBytes: Float64Array
  readonly modes: Int32Array
  /** Seconds since 1970; NaN when there is no date. */
  readonly modifiedS: Float64Array
  readonly folderPaths: string[]
  /** Device and inode of each folder, to know it again. */
  readonly folderDevices: number[]
  readonly folderInodes: number[]
}

interface WorkerInput extends SmallFiles {
  readonly counters: SharedArrayBuffer
  readonly doneBytes: SharedArrayBuffer
  readonly imageFd: number
  readonly createFlags: number
  readonly batchFiles: number
  readonly buffer: SharedArrayBuffer
}

/** The worker's whole program; it runs from its source text, so it may use nothing from outside. */
function extractBatches(): void {
  const { workerData, parentPort } = process.getBuiltinModule('node:worker_threads')
  const { openSync, readSync, writeSync, futimesSync, closeSync, lstatSync, rmSync } = process.getBuiltinModule('node:fs')
  const input = workerData as WorkerInput
  const counters = new Int32Array(input.counters)
  const doneBytes = new Float64Array(input.doneBytes)
  const buffer = Buffer.from(input.buffer)
  const left: number[] = []
  let heldFrom = 0
  let heldBytes = 0
  let knownFolder = -1

  const folderIsOurs = (folder: number): boolean => {
    if (folder === knownFolder) return true
    const stat = lstatSync(input.folderPaths[folder] as string, { throwIfNoEntry: false })
    if (!stat?.isDirectory() || stat.ino !== input.folderInodes[folder] || stat.dev !== input.folderDevices[folder]) return false
    knownFolder = folder
    return true
  }
  const bytesOf = (file: number): Buffer | null => {
    const from = input.offsetsBytes[file] as number
    const sizeBytes = input.sizesBytes[file] as number
    if (from < heldFrom || from + sizeBytes > heldFrom + heldBytes) {
      heldFrom = from
      heldBytes = readSync(input.imageFd, buffer, 0, buffer.length, from)
    }
    return sizeBytes > heldBytes ? null : buffer.subarray(from - heldFrom, from - heldFrom + sizeBytes)
  }
  const extract = (file: number): boolean => {
    const folder = input.folders[file] as number
    const path = `${input.folderPaths[folder]}/${input.names[file]}`
    let fd = -1
    try {
      const bytes = bytesOf(file)
      if (bytes === null || !folderIsOurs(folder)) return false
      fd = openSync(path, input.createFlags, input.modes[file] as number)
      if (writeSync(fd, bytes, 0, bytes.length) !== bytes.length) throw new Error('short write')
      const modifiedS = input.modifiedS[file] as number
      if (!Number.isNaN(modifiedS)) futimesSync(fd, modifiedS, modifiedS)
      closeSync(fd)
      doneBytes[0] = (doneBytes[0] as number) + bytes.length
      return true
    } catch {
      if (fd === -1) return false
      closeSync(fd)
      rmSync(path, { force: true })
      return false
    }
  }

  for (;;) {
    const from = Atomics.add(counters, 0, input.batchFiles)
    if (from >= input.names.length) break
    const to = Math.min(from + input.batchFiles, input.names.length)
    for (let file = from; file < to; file++) {
      if (Atomics.load(counters, 1) === 1) break
      if (extract(file)) Atomics.add(counters, 2, 1)
      else left.push(file)
    }
  }
  parentPort?.postMessage(left)
}

export class SmallFilePool {
  readonly #count: number
  readonly #counters = new Int32Array(new SharedArrayBuffer(12))
  readonly #doneBytes = new Float64Array(new SharedArrayBuffer(8))
  readonly #worker: Worker
  readonly #left: Promise<number[]>

  /** Starts the thread. `imageFd` must stay open until `finish` or `stop` is over. */
  constructor(files: SmallFiles, imageFd: number) {
    this.#count = files.names.length
    const input: WorkerInput = {
      ...files,
      counters: this.#counters.buffer as SharedArrayBuffer,
      doneBytes: this.#doneBytes.buffer as SharedArrayBuffer,
      imageFd,
      createFlags: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0),
      batchFiles: BATCH_FILES,
      buffer: alignedSharedMemory(TRANSFER_BYTES),
    }
    this.#worker = new Worker(`(${extractBatches.toString()})()`, { eval: true, workerData: input })
    this.#left = new Promise((resolve, reject) => {
      this.#worker.once('message', resolve)
      this.#worker.once('error', reject)
      this.#worker.once('exit', () => reject(new InternalProblem('the extracting thread ended early')))
    })
    this.#left.catch(() => {}) // an extraction that is given up never asks for the result
  }

  /** The next files for the caller; null when all are taken. */
  nextBatch(): { from: number; to: number } | null {
    const from = Atomics.add(this.#counters, NEXT, BATCH_FILES)
    return from >= this.#count ? null : { from, to: Math.min(from + BATCH_FILES, this.#count) }
  }

  /** What the thread has done so far. */
  get doneFiles(): number {
    return Atomics.load(this.#counters, DONE_FILES)
  }

  get doneBytes(): number {
    return this.#doneBytes[0] as number
  }

  /** Waits for the thread; gives the files that it left to the caller. */
  finish(): Promise<number[]> {
    return this.#left
  }

  /** Lets the thread finish the file it is at, and no more. */
  async stop(): Promise<void> {
    Atomics.store(this.#counters, STOP, 1)
    Atomics.store(this.#counters, NEXT, this.#count)
    await this.#left.catch(() => {}) // given up already; how the thread ended no longer matters
  }
}
