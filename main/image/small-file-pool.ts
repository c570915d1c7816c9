/**
 * A second thread for an extraction of many small files: creating files costs far more than reading them, and two
 * threads create nearly twice as many. It takes only the plain case, new files in new folders, and leaves everything
 * that goes otherwise to the caller.
 */
import { constants } from 'node:fs'
import type { Worker } from 'node:worker_threads'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { alignedSharedMemory } from '../bytes/aligned-buffer.ts'
import { InternalProblem } from '../bytes/internal-problem.ts'
import { workerOf } from '../bytes/source-worker.ts'
import { fileMode, type OutputFolder } from '../output/output-tree.ts'
import type { PlannedFolder } from './planned-file.ts'
import type { SmallPlannedFiles } from './small-planned-files.ts'

/** Files taken at a time by either side: enough to be read together, few enough for both to end together. */
const BATCH_FILES = 128
/** Places in the shared counters. */
const NEXT = 0
const STOP = 1
const DONE_FILES = 2

/** What the thread is given: the files' numbers in memory that is shared, in the order in which they lie in the image. */
interface SharedFiles {
  /** Number of each file in the plan. */
  readonly numbers: Uint32Array
  /** All names as UTF-8, a byte behind each, and where each begins. */
  readonly names: Uint8Array
  readonly nameStarts: Uint32Array
  readonly nameEnds: Uint32Array
  /** Index of each file's folder. */
  readonly folders: Int32Array
  readonly offsetsBytes: Float64Array
  readonly sizesBytes: Uint32Array
  readonly modes: Int32Array
  /** Seconds since 1970; NaN when there is no date. */
  readonly modifiedS: Float64Array
  readonly folderPaths: string[]
  /** Device and inode of each folder, to know it again. */
  readonly folderDevices: number[]
  readonly folderInodes: number[]
}

interface WorkerInput extends SharedFiles {
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
  const names = Buffer.from(input.names.buffer)
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
    const path = `${input.folderPaths[folder]}/${names.toString('utf8', input.nameStarts[file], input.nameEnds[file])}`
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
    if (from >= input.numbers.length) break
    const to = Math.min(from + input.batchFiles, input.numbers.length)
    for (let file = from; file < to; file++) {
      if (Atomics.load(counters, 1) === 1) break
      if (extract(file)) Atomics.add(counters, 2, 1)
      else left.push(input.numbers[file] as number)
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

  /** Starts the thread on the files of these numbers. `imageFd` must stay open until `finish` or `stop` is over. */
  constructor(files: SmallPlannedFiles, order: Uint32Array, folderOf: (planned: PlannedFolder | null) => OutputFolder, imageFd: number) {
    this.#count = order.length
    const input: WorkerInput = {
      ...sharedFiles(files, order, folderOf),
      counters: this.#counters.buffer as SharedArrayBuffer,
      doneBytes: this.#doneBytes.buffer as SharedArrayBuffer,
      imageFd,
      createFlags: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0),
      batchFiles: BATCH_FILES,
      buffer: alignedSharedMemory(TRANSFER_BYTES),
    }
    this.#worker = workerOf(extractBatches, input)
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

  /** Waits for the thread; gives the numbers of the files that it left to the caller. */
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

type Numbers = Int32Array | Uint32Array | Float64Array

/** An array of that many numbers which threads share. */
const shared = <T extends Numbers>(kind: { new (memory: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number }, count: number): T =>
  new kind(new SharedArrayBuffer(count * kind.BYTES_PER_ELEMENT))

function sharedFiles(files: SmallPlannedFiles, order: Uint32Array, folderOf: (planned: PlannedFolder | null) => OutputFolder): SharedFiles {
  const names = new Uint8Array(new SharedArrayBuffer(files.names.bytes.length))
  names.set(files.names.bytes)
  const all: SharedFiles = {
    numbers: shared(Uint32Array, order.length),
    names,
    nameStarts: shared(Uint32Array, order.length),
    nameEnds: shared(Uint32Array, order.length),
    folders: shared(Int32Array, order.length),
    offsetsBytes: shared(Float64Array, order.length),
    sizesBytes: shared(Uint32Array, order.length),
    modes: shared(Int32Array, order.length),
    modifiedS: shared(Float64Array, order.length),
    folderPaths: [],
    folderDevices: [],
    folderInodes: [],
  }
  all.numbers.set(order)
  const indices = new Map<OutputFolder, number>()
  for (const [i, number] of order.entries()) {
    const folder = folderOf(files.folder(number))
    let index = indices.get(folder)
    if (index === undefined) {
      index = all.folderPaths.push(folder.path) - 1
      all.folderDevices.push(folder.device)
      all.folderInodes.push(folder.inode)
      indices.set(folder, index)
    }
    all.folders[i] = index
    ;[all.nameStarts[i], all.nameEnds[i]] = files.names.range(number)
    all.offsetsBytes[i] = files.startBytes(number)
    all.sizesBytes[i] = files.sizeBytes(number)
    all.modes[i] = fileMode(files.mode(number))
    all.modifiedS[i] = (files.modifiedMs(number) ?? Number.NaN) / 1000
  }
  return all
}
