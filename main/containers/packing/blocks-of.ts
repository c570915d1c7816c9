/** Cuts what comes in pieces of any length into blocks of one length. */
import type { Pieces } from './packed-output.ts'

/** Each block is a copy; the last may be shorter. */
export async function* blocksOf(pieces: Pieces, blockBytes: number): AsyncGenerator<Buffer> {
  let block = Buffer.allocUnsafe(blockBytes)
  let used = 0
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + blockBytes - used)
      block.set(part, used)
      used += part.length
      from += part.length
      if (used < blockBytes) continue
      yield block
      block = Buffer.allocUnsafe(blockBytes)
      used = 0
    }
  }
  if (used > 0) yield block.subarray(0, used)
}
