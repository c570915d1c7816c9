/** A source whose bytes are stored in blocks that are expanded one at a time: what all compressed images have in common. */
import type { ByteSource } from '../../bytes/byte-source.ts'

/** One block, in bytes of the expanded image. */
export interface BlockPlace {
  readonly index: number
  readonly startBytes: number
  readonly lengthBytes: number
}

/** What a format knows of its blocks. */
export interface BlockTable {
  readonly sizeBytes: number
  /** The block that holds a byte within the image. */
  find(offsetBytes: number): BlockPlace
  /** The block's bytes, exactly as many as its place says. Throws an `image` Problem when it is damaged. */
  expand(place: BlockPlace): Uint8Array
}

/** Expanded blocks that are kept, so that directories and their files don't drive each other out. */
const HELD_BYTES = 16 * 1024 * 1024

export class BlockSource implements ByteSource {
  readonly sizeBytes: number
  readonly #table: BlockTable
  /** By index; the one used last stands last. */
  readonly #held = new Map<number, Uint8Array>()
  readonly #mostHeldBytes: number
  #heldBytes = 0

  /** What the blocks are stored in stays open when it is closed. */
  constructor(table: BlockTable, mostHeldBytes = HELD_BYTES) {
    this.#mostHeldBytes = mostHeldBytes
    this.#table = table
    this.sizeBytes = table.sizeBytes
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    for (let done = 0; done < wanted; ) {
      const at = offsetBytes + done
      const place = this.#table.find(at)
      const piece = this.#block(place)
        .subarray(at - place.startBytes)
        .subarray(0, wanted - done)
      target.set(piece, done)
      done += piece.length
    }
    return wanted
  }

  close(): void {
    this.#held.clear()
  }

  #block(place: BlockPlace): Uint8Array {
    const known = this.#held.get(place.index)
    if (known !== undefined) {
      this.#held.delete(place.index)
      this.#held.set(place.index, known)
      return known
    }
    const bytes = this.#table.expand(place)
    this.#held.set(place.index, bytes)
    this.#heldBytes += bytes.length
    for (const [index, old] of this.#held) {
      if (this.#heldBytes <= this.#mostHeldBytes || index === place.index) break
      this.#held.delete(index)
      this.#heldBytes -= old.length
    }
    return bytes
  }
}

/** Where a byte lies when all blocks but the last are equally long. */
export function evenBlock(offsetBytes: number, blockBytes: number, sizeBytes: number): BlockPlace {
  const index = Math.floor(offsetBytes / blockBytes)
  const startBytes = index * blockBytes
  return { index, startBytes, lengthBytes: Math.min(blockBytes, sizeBytes - startBytes) }
}

/** The last of the rising `starts` that is not behind the byte. */
export function lastStartBefore(starts: ArrayLike<number>, offsetBytes: number): number {
  let low = 0
  for (let high = starts.length - 1; low < high; ) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] as number) <= offsetBytes) low = middle
    else high = middle - 1
  }
  return low
}
