/** One pass of bytes into a file or pipe: gathered in large pieces, written in order, hashed on the way. */
import { readSync, writeSync } from 'node:fs'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { alignedBuffer } from './aligned-buffer.ts'
import type { ParallelDigest } from './parallel-digest.ts'

export interface ByteSink {
  /** Takes each piece; must have used the bytes when it returns. */
  readonly write: (bytes: Uint8Array, positionBytes: number) => void
  /** A file that takes bytes at any position, so that a second thread can help; null for a pipe. */
  readonly fd: number | null
}

/** Sees each piece before it is written; must have used the bytes when it returns. */
export type PieceListener = (bytes: Uint8Array, positionBytes: number) => void

/** A file as a sink. */
export function fileSink(fd: number): ByteSink {
  return { fd, write: (bytes, positionBytes) => writeFully(fd, bytes, positionBytes) }
}

export class SequentialWriter {
  private readonly sink: ByteSink
  private readonly digest: ParallelDigest | null
  private readonly piece = alignedBuffer(TRANSFER_BYTES)
  private used = 0
  private flushedBytes = 0

  private readonly onPiece: PieceListener | null

  /** `digest` takes all that is written, and `onPiece` sees it. */
  constructor(sink: ByteSink, digest: ParallelDigest | null, onPiece: PieceListener | null = null) {
    this.sink = sink
    this.onPiece = onPiece
    this.digest = digest
    if (sink.fd !== null) digest?.writeTo(sink.fd)
  }

  /** How many bytes have been taken so far. */
  get positionBytes(): number {
    return this.flushedBytes + this.used
  }

  /** Room left in the current piece. */
  get roomBytes(): number {
    return this.piece.length - this.used
  }

  append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const length = Math.min(bytes.length - from, this.roomBytes)
      this.piece.set(bytes.subarray(from, from + length), this.used)
      this.advance(length)
      from += length
    }
  }

  zeros(count: number): void {
    for (let left = count; left > 0; ) {
      const length = Math.min(left, this.roomBytes)
      this.piece.fill(0, this.used, this.used + length)
      this.advance(length)
      left -= length
    }
  }

  /**
   * Reads from the file's current position straight into the stream: one call, at most `maxBytes` and what the piece has
   * room for. Gives the bytes read, 0 at the file's end. `probeBytes` more are asked for and dropped, to see in the same
   * call that the file doesn't go on; then the result is larger than `maxBytes`.
   */
  appendFrom(fd: number, maxBytes: number, probeBytes: number): number {
    const asked = Math.min(maxBytes + probeBytes, this.roomBytes)
    const got = readSync(fd, this.piece, this.used, asked, null)
    this.advance(Math.min(got, maxBytes))
    return got
  }

  /** Writes what is left and gives the SHA-256 of all, or null when none was asked for. */
  async finish(): Promise<string | null> {
    if (this.used > 0) this.flush()
    return (await this.digest?.finish()) ?? null
  }

  /** Gives the stream up; to be called on failure. */
  async abandon(): Promise<void> {
    await this.digest?.abandon()
  }

  private advance(lengthBytes: number): void {
    this.used += lengthBytes
    if (this.used === this.piece.length) this.flush()
  }

  private flush(): void {
    const bytes = this.piece.subarray(0, this.used)
    this.onPiece?.(bytes, this.flushedBytes)
    const isLeftToDigest = this.digest?.canWrite ?? false
    this.digest?.update(bytes, isLeftToDigest ? this.flushedBytes : null)
    if (!isLeftToDigest) this.sink.write(bytes, this.flushedBytes)
    this.flushedBytes += this.used
    this.used = 0
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
