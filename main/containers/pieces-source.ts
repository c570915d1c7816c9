/** Parts of several sources, and zeros between them, put together as one source. */
import type { ByteSource } from '../bytes/byte-source.ts'

export interface Piece {
  readonly lengthBytes: number
  /** Null for zeros. */
  readonly source: ByteSource | null
  /** Where it begins in its source. */
  readonly offsetBytes: number
}

export class PiecesSource implements ByteSource {
  readonly sizeBytes: number
  readonly #pieces: readonly Piece[]
  /** Where each piece begins in the whole. */
  readonly #starts: readonly number[]

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
    const starts: number[] = []
    let sizeBytes = 0
    for (const { lengthBytes } of pieces) {
      starts.push(sizeBytes)
      sizeBytes += lengthBytes
    }
    this.#starts = starts
    this.sizeBytes = sizeBytes
  }

  read(offsetBytes: number, target: Uint8Array): number {
    let done = 0
    for (const [i, { lengthBytes, source, offsetBytes: startBytes }] of this.#pieces.entries()) {
      const within = offsetBytes + done - (this.#starts[i] as number)
      if (within < 0 || within >= lengthBytes || done === target.length) continue
      const part = target.subarray(done, done + Math.min(target.length - done, lengthBytes - within))
      const got = source === null ? zeros(part) : source.read(startBytes + within, part)
      done += got
      if (got < part.length) return done
    }
    return done
  }

  close(): void {}
}

function zeros(part: Uint8Array): number {
  part.fill(0)
  return part.length
}
