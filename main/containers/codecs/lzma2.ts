/** Expands LZMA2 (xz-file-format 5.3.1): chunks of at most 2 MiB, each LZMA or stored, with their own resets. */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU16Be } from '../../bytes/field-types.ts'
import { LzmaDecoder, LzmaFault, lzmaProperties } from './lzma.ts'

const LONGEST_HEADER = 6

interface Chunk {
  readonly control: number
  readonly headerBytes: number
  readonly packedBytes: number
  readonly expandedBytes: number
  readonly propertiesByte: number
}

export class Lzma2Stream {
  readonly #decoder = new LzmaDecoder()
  readonly #packed: ByteSource
  readonly #dictionaryBytes: number
  #needsDictionary = true
  #needsState = true
  #needsProperties = true
  /** Where the next chunk begins; after the end, where what follows begins. */
  offsetBytes: number

  constructor(packed: ByteSource, offsetBytes: number, dictionaryBytes: number) {
    this.#packed = packed
    this.offsetBytes = offsetBytes
    this.#dictionaryBytes = dictionaryBytes
  }

  /** What is expanded, piece by piece; each is good until the next is asked for. Throws an LzmaFault when it is damaged. */
  *pieces(): Generator<Uint8Array> {
    let window = new Uint8Array(0)
    let used = 0
    for (let chunk = this.#next(); chunk !== null; chunk = this.#next()) {
      if (window.length - used < chunk.expandedBytes) {
        const kept = Math.min(used, this.#dictionaryBytes)
        const needed = kept + chunk.expandedBytes
        // Grows with what is really there, up to twice the dictionary: a small file needs no large window.
        const grown =
          needed > window.length ? new Uint8Array(Math.max(needed, Math.min(window.length * 2, this.#dictionaryBytes * 2))) : window
        grown.set(window.subarray(used - kept, used))
        window = grown
        used = kept
      }
      this.#expand(chunk, window, used)
      used += chunk.expandedBytes
      yield window.subarray(used - chunk.expandedBytes, used)
    }
  }

  #next(): Chunk | null {
    const header = readUpTo(this.#packed, this.offsetBytes, LONGEST_HEADER)
    const control = header[0]
    if (control === undefined) throw new LzmaFault('the stream is cut off')
    if (control === 0) {
      this.offsetBytes++
      return null
    }
    if (control > 2 && control < 0x80) throw new LzmaFault('a chunk is of no known kind')
    const isPacked = control >= 0x80
    const headerBytes = isPacked ? (control >= 0xc0 ? 6 : 5) : 3
    if (header.length < headerBytes) throw new LzmaFault('the stream is cut off')
    const low = readU16Be(header, 1) + 1
    return {
      control,
      headerBytes,
      packedBytes: isPacked ? readU16Be(header, 3) + 1 : low,
      expandedBytes: isPacked ? low + ((control & 0x1f) << 16) : low,
      propertiesByte: header[5] as number,
    }
  }

  #expand({ control, headerBytes, packedBytes, expandedBytes, propertiesByte }: Chunk, window: Uint8Array, at: number): void {
    const packed = readUpTo(this.#packed, this.offsetBytes + headerBytes, packedBytes)
    if (packed.length < packedBytes) throw new LzmaFault('the stream is cut off')
    this.offsetBytes += headerBytes + packedBytes
    if (control >= 0xe0 || control === 1) {
      this.#needsDictionary = false
      this.#decoder.resetDictionary()
    } else if (this.#needsDictionary) throw new LzmaFault('the first chunk does not begin a dictionary')
    if (control < 0x80) {
      window.set(packed, at)
      this.#decoder.skip(expandedBytes)
      return
    }
    this.#reset(control, propertiesByte)
    this.#decoder.expand(packed, window, at, at + expandedBytes)
  }

  #lastProperties = 0

  #reset(control: number, propertiesByte: number): void {
    if (control >= 0xc0) {
      this.#lastProperties = propertiesByte
      this.#needsProperties = false
    } else if (this.#needsProperties) throw new LzmaFault('a chunk has no properties')
    if (control >= 0xa0) {
      const properties = lzmaProperties(this.#lastProperties)
      if (properties === null || properties.literalContextBits + properties.literalPositionBits > 4) {
        throw new LzmaFault('a chunk has properties that can’t be')
      }
      this.#decoder.resetState(properties)
      this.#needsState = false
    } else if (this.#needsState) throw new LzmaFault('a chunk builds on one that is not there')
  }
}
