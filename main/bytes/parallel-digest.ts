/**
 * SHA-256 beside the work: a second thread hashes copies in shared slots while the first goes on, so that hashing costs
 * little time of its own where there is a second processor. The copies pay: reading files straight into memory that the
 * other processor has just used took the kernel almost twice as long. While little waits to be hashed the thread writes
 * the copies to the file as well: with many small files it is the first thread that has most to do.
 */
import { getSystemErrorName } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { InternalProblem } from './internal-problem.ts'
import { workerOf } from './source-worker.ts'

const SLOTS = 16
/** So much may wait for the second thread without its having enough to do. */
const LIGHT_LOAD_SLOTS = 8
/** A worker that takes this long for one slot is gone. */
const STUCK_MS = 30_000
/** Places in the shared counters: slots published, slots done, what the worker's writing failed with, the file it writes to. */
const PUBLISHED = 0
const DONE = 1
const ERRNO = 2
const FD = 3
const NO_FILE = -1
/** A slot's position when it needs no writing. */
const WRITTEN = -1
/** A slot's length that ends the stream. */
const END = -1

interface Shared {
  readonly data: SharedArrayBuffer
  readonly counters: SharedArrayBuffer
  readonly lengths: SharedArrayBuffer
  readonly positions: SharedArrayBuffer
  readonly slotBytes: number
  readonly slots: number
}

/** The worker's whole program; it runs from its source text, so it may use nothing from outside. */
function hashSlots(): void {
  const { workerData, parentPort } = process.getBuiltinModule('node:worker_threads')
  const { createHash } = process.getBuiltinModule('node:crypto')
  const { writeSync } = process.getBuiltinModule('node:fs')
  const shared = workerData as Shared
  const counters = new Int32Array(shared.counters)
  const lengths = new Int32Array(shared.lengths)
  const positions = new Float64Array(shared.positions)
  const hash = createHash('sha256')
  for (let done = 0; ; done++) {
    while (Atomics.load(counters, 0) === done) Atomics.wait(counters, 0, done)
    const slot = done % shared.slots
    const length = lengths[slot] as number
    if (length < 0) break
    const bytes = new Uint8Array(shared.data, slot * shared.slotBytes, length)
    const position = positions[slot] as number
    try {
      for (let from = 0; position >= 0 && from < length; )
        from += writeSync(counters[3] as number, bytes, from, length - from, position + from)
    } catch (error) {
      Atomics.store(counters, 2, (error as { errno?: number }).errno ?? 1)
    }
    hash.update(bytes)
    Atomics.store(counters, 1, done + 1)
    Atomics.notify(counters, 1)
  }
  parentPort?.postMessage(hash.digest('hex'))
}

/** A ring of slots that are hashed in the order they are published. */
export class ParallelDigest {
  private readonly data = new SharedArrayBuffer(SLOTS * TRANSFER_BYTES)
  private readonly slots = Array.from({ length: SLOTS }, (_, i) => Buffer.from(this.data, i * TRANSFER_BYTES, TRANSFER_BYTES))
  private readonly counters = new Int32Array(new SharedArrayBuffer(16))
  private readonly lengths = new Int32Array(new SharedArrayBuffer(SLOTS * 4))
  private readonly positions = new Float64Array(new SharedArrayBuffer(SLOTS * 8))
  private readonly worker: Worker
  private readonly result: Promise<string>
  private published = 0

  /** Starts the second thread, which takes a moment: best while there is nothing to hash yet. To be finished or abandoned. */
  constructor() {
    this.counters[FD] = NO_FILE
    const shared: Shared = {
      data: this.data,
      counters: this.counters.buffer as SharedArrayBuffer,
      lengths: this.lengths.buffer as SharedArrayBuffer,
      positions: this.positions.buffer as SharedArrayBuffer,
      slotBytes: TRANSFER_BYTES,
      slots: SLOTS,
    }
    this.worker = workerOf(hashSlots, shared)
    this.result = new Promise((resolve, reject) => {
      this.worker.once('message', resolve)
      this.worker.once('error', reject)
      this.worker.once('exit', () => reject(new InternalProblem('the hashing thread ended early')))
    })
    // A stream that is given up never asks for the result.
    this.result.catch(() => {})
  }

  /** The file that the second thread may write to; to be told before the first bytes. */
  writeTo(fd: number): void {
    this.counters[FD] = fd
  }

  /** Whether the second thread can do more than hash. */
  get canWrite(): boolean {
    return this.counters[FD] !== NO_FILE && this.published - this.done < LIGHT_LOAD_SLOTS
  }

  /**
   * Takes the next bytes, at most TRANSFER_BYTES; they are free again when it returns. With a position they are written
   * to the file there. Throws what earlier writing failed with.
   */
  update(bytes: Uint8Array, positionBytes: number | null): void {
    this.freeSlot().set(bytes)
    this.publish(bytes.length, positionBytes)
  }

  /** The digest of all that was taken, in hexadecimal. */
  async finish(): Promise<string> {
    this.freeSlot()
    this.publish(END, null)
    const digest = await this.result
    this.throwFailure()
    return digest
  }

  /** Stops the worker, unless it has ended. */
  async abandon(): Promise<void> {
    await this.worker.terminate()
  }

  /** Waits until the slot has been hashed if the ring is full. */
  private freeSlot(): Buffer {
    this.throwFailure()
    for (let done = this.done; this.published - done >= SLOTS; done = this.done)
      if (Atomics.wait(this.counters, DONE, done, STUCK_MS) === 'timed-out') throw new InternalProblem('the hashing thread is stuck')
    return this.slots[this.published % SLOTS] as Buffer
  }

  private publish(lengthBytes: number, positionBytes: number | null): void {
    this.lengths[this.published % SLOTS] = lengthBytes
    this.positions[this.published % SLOTS] = positionBytes ?? WRITTEN
    this.published++
    Atomics.store(this.counters, PUBLISHED, this.published)
    Atomics.notify(this.counters, PUBLISHED)
  }

  private get done(): number {
    return Atomics.load(this.counters, DONE)
  }

  private throwFailure(): void {
    const errno = Atomics.load(this.counters, ERRNO)
    if (errno === 0) return
    const code = errno < 0 ? getSystemErrorName(errno) : 'UNKNOWN'
    throw Object.assign(new Error(`${code}: write`), { code, errno, syscall: 'write' })
  }
}
