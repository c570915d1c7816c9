/** One pass of bytes into a file or pipe: gathered in large slots, written in order, hashed on the way. */
import { readSync, writeSync } from 'node:fs'
import { SlotPipeline } from './slot-pipeline.ts'

/** A pipe takes bytes in order; a file takes them at any position, so a second thread can help. */
export type ByteSink =
  | { readonly kind: 'file'; readonly fd: number }
  | { readonly kind: 'stream'; readonly write: (bytes: Uint8Array) => void }

export class SequentialWriter {
  private readonly sink: ByteSink
  private readonly digest: boolean
  private readonly pipeline: SlotPipeline
  private slot: Buffer
  private used = 0
  private flushedBytes = 0

  constructor(sink: ByteSink, digest: boolean) {
    this.sink = sink
    this.digest = digest
    this.pipeline = new SlotPipeline(sink.kind === 'file' ? sink.fd : null, digest)
    this.slot = this.pipeline.nextSlot()
  }

  /** How many bytes have been taken so far. */
  get positionBytes(): number {
    return this.flushedBytes + this.used
  }

  /** Room left in the current slot. */
  get roomBytes(): number {
    return this.slot.length - this.used
  }

  append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const length = Math.min(bytes.length - from, this.roomBytes)
      this.slot.set(bytes.subarray(from, from + length), this.used)
      this.advance(length)
      from += length
    }
  }

  zeros(count: number): void {
    for (let left = count; left > 0; ) {
      const length = Math.min(left, this.roomBytes)
      this.slot.fill(0, this.used, this.used + length)
      this.advance(length)
      left -= length
    }
  }

  /**
   * Reads from the file's current position straight into the stream: one call, at most `maxBytes` and what the slot has
   * room for. Gives the bytes read, 0 at the file's end. `probeBytes` more are asked for and dropped, to see in the same
   * call that the file doesn't go on; then the result is larger than `maxBytes`.
   */
  appendFrom(fd: number, maxBytes: number, probeBytes: number): number {
    const asked = Math.min(maxBytes + probeBytes, this.roomBytes)
    const got = readSync(fd, this.slot, this.used, asked, null)
    this.advance(Math.min(got, maxBytes))
    return got
  }

  /** Writes what is left and gives the SHA-256 of all, or null when none was asked for. */
  async finish(): Promise<string | null> {
    if (this.used > 0) this.flush()
    return this.pipeline.finish()
  }

  /** Gives the stream up; to be called on failure, before a file is closed. */
  async abandon(): Promise<void> {
    await this.pipeline.abandon()
  }

  private advance(lengthBytes: number): void {
    this.used += lengthBytes
    if (this.used === this.slot.length) this.flush()
  }

  private flush(): void {
    const { sink, pipeline } = this
    const workerWrites = sink.kind === 'file' && pipeline.isIdle
    if (!workerWrites) this.writeHere()
    // Without a digest a slot that is written already needs nobody any more and is filled again.
    if (workerWrites || this.digest) {
      pipeline.publish(this.used, workerWrites ? this.flushedBytes : null)
      this.slot = pipeline.nextSlot()
    }
    this.flushedBytes += this.used
    this.used = 0
  }

  private writeHere(): void {
    const bytes = this.slot.subarray(0, this.used)
    if (this.sink.kind === 'stream') this.sink.write(bytes)
    else writeFully(this.sink.fd, bytes, this.flushedBytes)
  }
}

/** Writes all of `bytes`, however many calls it takes; without a position it waits for a pipe's reader. */
export function writeFully(fd: number, bytes: Uint8Array, positionBytes: number | null): void {
  for (let from = 0; from < bytes.length; ) {
    try {
      from += writeSync(fd, bytes, from, bytes.length - from, positionBytes === null ? null : positionBytes + from)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
