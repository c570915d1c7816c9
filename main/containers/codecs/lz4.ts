/** Expands one block of LZ4 (lz4_Block_format.md): literals and copies of what came before, in turn. */

/** Thrown for bytes that are no block of that length; whoever asked says what it means. */
export class Lz4Fault extends Error {}

/** Gives exactly `lengthBytes`; what stands behind them, as padding does, is left alone. */
export function expandLz4(packed: Uint8Array, lengthBytes: number): Uint8Array {
  const out = new Uint8Array(lengthBytes)
  let from = 0
  let to = 0
  /** A length of 15 is continued in further bytes, of which each 255 asks for one more. */
  const longLength = (nibble: number): number => {
    let length = nibble
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; length += byte) {
      if (from >= packed.length) throw new Lz4Fault('a length is cut off')
      byte = packed[from++] as number
    }
    return length
  }
  while (to < lengthBytes) {
    if (from >= packed.length) throw new Lz4Fault('the block is too short')
    const token = packed[from++] as number
    const literals = longLength(token >>> 4)
    if (literals > packed.length - from || literals > lengthBytes - to) throw new Lz4Fault('literals lead out of the block')
    out.set(packed.subarray(from, from + literals), to)
    from += literals
    to += literals
    if (to === lengthBytes) break
    if (packed.length - from < 2) throw new Lz4Fault('a distance is cut off')
    const distance = (packed[from] as number) | ((packed[from + 1] as number) << 8)
    from += 2
    const matched = longLength(token & 15) + 4
    if (distance === 0 || distance > to || matched > lengthBytes - to) throw new Lz4Fault('a copy leads out of the block')
    if (distance >= matched) out.copyWithin(to, to - distance, to - distance + matched)
    else for (let i = 0; i < matched; i++) out[to + i] = out[to + i - distance] as number
    to += matched
  }
  return out
}
