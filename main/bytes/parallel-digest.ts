/**
 * SHA-256 beside the work: a second thread hashes copies in shared slots while the first goes on, so that hashing costs
 * little time of its own where there is a second processor. The copies pay: reading files straight into memory that the
 * other processor has just used took the kernel almost twice as long.
 */
import { Worker } from 'node:worker_threads'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { InternalProblem } from './internal-problem.ts'

const SLOTS = 16
/** A worker that takes this long for one slot is gone. */
const STUCK_MS = 30_000
/** Places in the shared counters: slots published, slots hashed. */
const PUBLISHED = 0
const HASHED = 1
/** A slot's length that ends the stream. */
const END = -1

interface Shared {
  readonly data: SharedArrayBuffer
  readonly counters: SharedArrayBuffer
  readonly lengths: SharedArrayBuffer
  readonly slotBytes: number
  readonly slots: number
}

/** The worker's whole program; it runs from its source text, so it may use nothing from outside. */
function hashSlots(): void {
  const { workerData, parentPort } = process.getBuiltinModule('node:worker_threads')
  const { createHash } = process.getBuiltinModule('node:crypto')
  const shared = workerData as Shared
  const counters = new Int32Array(shared.counters)
  const lengths = new Int32Array(shared.lengths)
  const hash = createHash('sha256')
  for (let done = 0; ; done++) {
    while (Atomics.load(counters, 0) === done) Atomics.wait(counters, 0, done)
    const slot = done % shared.slots
    const length = lengths[slot] as number
    if (length < 0) break
    hash.update(new Uint8Array(shared.data, slot * shared.slotBytes, length))
    Atomics.store(counters, 1, done + 1)
    Atomics.notify(counters, 1)
  }
  parentPort?.postMessage(hash.digest('hex'))
}

/** A ring of slots that are hashed in the order they are published. */
export class ParallelDigest {
  private readonly data = new SharedArrayBuffer(SLOTS * TRANSFER_BYTES)
  private readonly slots = Array.from({ length: SLOTS }, (_, i) => Buffer.from(this.data, i * TRANSFER_BYTES, TRANSFER_BYTES))
  private readonly counters = new Int32Array(new SharedArrayBuffer(8))
  private readonly lengths = new Int32Array(new SharedArrayBuffer(SLOTS * 4))
  private readonly worker: Worker
  private readonly result: Promise<string>
  private published = 0

  constructor() {
    const shared: Shared = {
      data: this.data,
      counters: this.counters.buffer as SharedArrayBuffer,
      lengths: this.lengths.buffer as SharedArrayBuffer,
      slotBytes: TRANSFER_BYTES,
      slots: SLOTS,
    }
    this.worker = new Worker(`(${hashSlots.toString()})()`, { eval: true, workerData: shared })
    this.result = new Promise((resolve, reject) => {
      this.worker.once('message', resolve)
      this.worker.once('error', reject)
      this.worker.once('exit', () => reject(new InternalProblem('the hashing thread ended early')))
    })
    // A stream that is given up never asks for the result.
    this.result.catch(() => {})
  }

  /** Takes the next bytes, at most TRANSFER_BYTES; they are free again when it returns. */
  update(bytes: Uint8Array): void {
    this.freeSlot().set(bytes)
    this.publish(bytes.length)
  }

  /** The digest of all that was taken, in hexadecimal. */
  async finish(): Promise<string> {
    this.freeSlot()
    this.publish(END)
    return this.result
  }

  /** Stops the worker; to be called on failure. */
  async abandon(): Promise<void> {
    await this.worker.terminate()
  }

  /** Waits until the slot has been hashed if the ring is full. */
  private freeSlot(): Buffer {
    for (let hashed = this.hashed; this.published - hashed >= SLOTS; hashed = this.hashed)
      if (Atomics.wait(this.counters, HASHED, hashed, STUCK_MS) === 'timed-out') throw new InternalProblem('the hashing thread is stuck')
    return this.slots[this.published % SLOTS] as Buffer
  }

  private publish(lengthBytes: number): void {
    this.lengths[this.published % SLOTS] = lengthBytes
    this.published++
    Atomics.store(this.counters, PUBLISHED, this.published)
    Atomics.notify(this.counters, PUBLISHED)
  }

  private get hashed(): number {
    return Atomics.load(this.counters, HASHED)
  }
}
