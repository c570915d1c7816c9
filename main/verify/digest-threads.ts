/**
 * Several digests of one stream, each in a thread of its own over the same shared slots: the stream is read once, and
 * no digest waits for another longer than the ring is deep.
 */
import type { Worker } from 'node:worker_threads'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { alignedSharedMemory } from '../bytes/aligned-buffer.ts'
import { InternalProblem } from '../bytes/internal-problem.ts'
import { workerOf } from '../bytes/source-worker.ts'

const SLOTS = 32
/** A thread that takes this long for one slot is gone. */
const STUCK_MS = 60_000
/** Place in the shared counters of the number of slots published; each thread's number of slots done follows. */
const PUBLISHED = 0
/** A slot's length that ends the stream. */
const END = -1

/** A digest by its name in node:crypto: of the stream alone, and of the stream with each of these bytes behind it. */
export interface DigestRequest {
  readonly algorithm: string
  readonly suffixes: readonly Uint8Array[]
}

interface Shared extends DigestRequest {
  readonly data: SharedArrayBuffer
  readonly counters: SharedArrayBuffer
  readonly lengths: SharedArrayBuffer
  readonly slotBytes: number
  readonly slots: number
  /** Place of this thread's counter. */
  readonly done: number
}

/** A thread's whole program; it runs from its source text, so it may use nothing from outside. */
function digestSlots(): void {
  const { workerData, parentPort } = process.getBuiltinModule('node:worker_threads')
  const { createHash } = process.getBuiltinModule('node:crypto')
  const shared = workerData as Shared
  const counters = new Int32Array(shared.counters)
  const lengths = new Int32Array(shared.lengths)
  const hash = createHash(shared.algorithm)
  for (let done = 0; ; done++) {
    while (Atomics.load(counters, 0) === done) Atomics.wait(counters, 0, done)
    const slot = done % shared.slots
    const length = lengths[slot] as number
    if (length < 0) break
    hash.update(new Uint8Array(shared.data, slot * shared.slotBytes, length))
    Atomics.store(counters, shared.done, done + 1)
    Atomics.notify(counters, shared.done)
  }
  const suffixed = shared.suffixes.map((suffix) => hash.copy().update(suffix).digest('hex'))
  parentPort?.postMessage([hash.digest('hex'), ...suffixed])
}

/** A ring of slots that every thread takes in the order they are published. */
export class DigestThreads {
  private readonly data = alignedSharedMemory(SLOTS * TRANSFER_BYTES)
  private readonly slots = Array.from({ length: SLOTS }, (_, i) => Buffer.from(this.data, i * TRANSFER_BYTES, TRANSFER_BYTES))
  private readonly counters: Int32Array
  private readonly lengths = new Int32Array(new SharedArrayBuffer(SLOTS * 4))
  private readonly workers: readonly Worker[]
  private readonly results: readonly Promise<string[]>[]
  private published = 0

  constructor(requests: readonly DigestRequest[]) {
    this.counters = new Int32Array(new SharedArrayBuffer((1 + requests.length) * 4))
    this.workers = requests.map((request, index) => {
      const shared: Shared = {
        ...request,
        data: this.data,
        counters: this.counters.buffer as SharedArrayBuffer,
        lengths: this.lengths.buffer as SharedArrayBuffer,
        slotBytes: TRANSFER_BYTES,
        slots: SLOTS,
        done: PUBLISHED + 1 + index,
      }
      return workerOf(digestSlots, shared)
    })
    this.results = this.workers.map(resultOf)
  }

  /** Memory of TRANSFER_BYTES for the next part of the stream; what it held before has been taken by every thread. */
  nextSlot(): Buffer {
    for (const index of this.results.keys()) this.waitFor(PUBLISHED + 1 + index)
    return this.slots[this.published % SLOTS] as Buffer
  }

  /** Hands the slot that `nextSlot` gave to the threads; it must not be written to any more. */
  publish(lengthBytes: number): void {
    this.lengths[this.published % SLOTS] = lengthBytes
    this.published++
    Atomics.store(this.counters, PUBLISHED, this.published)
    Atomics.notify(this.counters, PUBLISHED)
  }

  /** In the order of the requests: the digest of the stream, then one for each suffix, in hexadecimal. */
  async finish(): Promise<string[][]> {
    this.nextSlot()
    this.publish(END)
    return Promise.all(this.results)
  }

  /** Stops the threads; to be called on failure. */
  async abandon(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()))
  }

  private waitFor(counter: number): void {
    for (let done = this.doneOf(counter); this.published - done >= SLOTS; done = this.doneOf(counter))
      if (Atomics.wait(this.counters, counter, done, STUCK_MS) === 'timed-out') throw new InternalProblem('a digest thread is stuck')
  }

  private doneOf(counter: number): number {
    return Atomics.load(this.counters, counter)
  }
}

/** Comes when the thread is gone, so that nothing of it is left behind. */
function resultOf(worker: Worker): Promise<string[]> {
  const result = new Promise<string[]>((resolve, reject) => {
    let digests: string[] | null = null
    worker.once('message', (message: string[]) => {
      digests = message
    })
    worker.once('error', reject)
    worker.once('exit', () => (digests === null ? reject(new InternalProblem('a digest thread ended early')) : resolve(digests)))
  })
  result.catch(() => {
    // A stream that is given up never asks for the result.
  })
  return result
}
