/**
 * A second thread beside the one that gathers the bytes: it hashes shared slots in order and, when it has nothing
 * else to do, writes them to the file as well. So reading, writing and hashing overlap wherever there is a second
 * processor, and whichever side is free does the writing.
 */
import { getSystemErrorName } from 'node:util'
import { Worker } from 'node:worker_threads'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { InternalProblem } from './internal-problem.ts'

const SLOTS = 16
/** A worker that takes this long for one slot is gone, or its disk is. */
const STUCK_MS = 120_000
/** Places in the shared counters. */
const PUBLISHED = 0
const DONE = 1
const ERRNO = 2
/** A slot's length that ends the stream. */
const END = -1
/** A slot's position when it needs no writing. */
const WRITTEN = -1

interface Shared {
  readonly data: SharedArrayBuffer
  readonly counters: SharedArrayBuffer
  readonly lengths: SharedArrayBuffer
  readonly positions: SharedArrayBuffer
  readonly slotBytes: number
  readonly slots: number
  readonly fd: number
  readonly digest: boolean
}

/** The worker's whole program; it runs from its source text, so it may use nothing from outside. */
function workOnSlots(): void {
  const { workerData, parentPort } = process.getBuiltinModule('node:worker_threads')
  const { createHash } = process.getBuiltinModule('node:crypto')
  const { writeSync } = process.getBuiltinModule('node:fs')
  const shared = workerData as Shared
  const counters = new Int32Array(shared.counters)
  const lengths = new Int32Array(shared.lengths)
  const positions = new Float64Array(shared.positions)
  const hash = shared.digest ? createHash('sha256') : null
  for (let done = 0; ; done++) {
    while (Atomics.load(counters, 0) === done) Atomics.wait(counters, 0, done)
    const slot = done % shared.slots
    const length = lengths[slot] as number
    if (length < 0) break
    const bytes = new Uint8Array(shared.data, slot * shared.slotBytes, length)
    const position = positions[slot] as number
    try {
      for (let from = 0; position >= 0 && from < length; ) from += writeSync(shared.fd, bytes, from, length - from, position + from)
    } catch (error) {
      Atomics.store(counters, 2, (error as { errno?: number }).errno ?? 1)
    }
    hash?.update(bytes)
    Atomics.store(counters, 1, done + 1)
    Atomics.notify(counters, 1)
  }
  parentPort?.postMessage(hash?.digest('hex') ?? null)
}

export class SlotPipeline {
  private readonly data = new SharedArrayBuffer(SLOTS * TRANSFER_BYTES)
  private readonly counters = new Int32Array(new SharedArrayBuffer(12))
  private readonly lengths = new Int32Array(new SharedArrayBuffer(SLOTS * 4))
  private readonly positions = new Float64Array(new SharedArrayBuffer(SLOTS * 8))
  private readonly worker: Worker
  private readonly result: Promise<string | null>
  private published = 0

  /** `fd` is a file the worker may write to at any position; null when the caller writes everything itself. */
  constructor(fd: number | null, digest: boolean) {
    const shared: Shared = {
      data: this.data,
      counters: this.counters.buffer as SharedArrayBuffer,
      lengths: this.lengths.buffer as SharedArrayBuffer,
      positions: this.positions.buffer as SharedArrayBuffer,
      slotBytes: TRANSFER_BYTES,
      slots: SLOTS,
      fd: fd ?? -1,
      digest,
    }
    this.worker = new Worker(`(${workOnSlots.toString()})()`, { eval: true, workerData: shared })
    this.result = new Promise((resolve, reject) => {
      this.worker.once('message', resolve)
      this.worker.once('error', reject)
      this.worker.once('exit', () => reject(new InternalProblem('the writing thread ended early')))
    })
    // A stream that is given up never asks for the result.
    this.result.catch(() => {})
  }

  /** Whether the worker waits for something to do. */
  get isIdle(): boolean {
    return Atomics.load(this.counters, DONE) === this.published
  }

  /** The slot to fill next; waits for the worker when all are taken. Throws what the worker's writing failed with. */
  nextSlot(): Buffer {
    this.waitUntil((done) => this.published - done < SLOTS)
    return Buffer.from(this.data, (this.published % SLOTS) * TRANSFER_BYTES, TRANSFER_BYTES)
  }

  /**
   * Hands the first `lengthBytes` of the slot over; they must not change until the slot comes again. The worker writes
   * them at `positionBytes`, or not at all when that is null.
   */
  publish(lengthBytes: number, positionBytes: number | null): void {
    const slot = this.published % SLOTS
    this.lengths[slot] = lengthBytes
    this.positions[slot] = positionBytes ?? WRITTEN
    this.published++
    Atomics.store(this.counters, PUBLISHED, this.published)
    Atomics.notify(this.counters, PUBLISHED)
  }

  /** Ends the stream when all is written; gives the SHA-256 in hexadecimal, or null when none was asked for. */
  async finish(): Promise<string | null> {
    this.nextSlot()
    this.publish(END, null)
    const digest = await this.result
    this.throwFailure()
    return digest
  }

  /** Stops the worker; to be called on failure, before the file is closed. */
  async abandon(): Promise<void> {
    await this.worker.terminate()
  }

  private waitUntil(ready: (done: number) => boolean): void {
    for (let done = Atomics.load(this.counters, DONE); !ready(done); done = Atomics.load(this.counters, DONE))
      if (Atomics.wait(this.counters, DONE, done, STUCK_MS) === 'timed-out') throw new InternalProblem('the writing thread is stuck')
    this.throwFailure()
  }

  private throwFailure(): void {
    const errno = Atomics.load(this.counters, ERRNO)
    if (errno === 0) return
    const code = errno < 0 ? getSystemErrorName(errno) : 'UNKNOWN'
    throw Object.assign(new Error(`${code}: write`), { code, errno, syscall: 'write' })
  }
}
