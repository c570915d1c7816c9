/** The content of a CHD, hunk by hunk, each with its sum checked. */
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { type BlockPlace, BlockSource, type BlockTable, evenBlock } from '../blocks/block-source.ts'
import { packedDamage } from '../packed-problem.ts'
import { expandHunk, requireCodec } from './chd-codecs.ts'
import type { ChdFacts } from './chd-header.ts'
import { type ChdMap, PARENT, readChdMap, SELF, STORED, ZEROS } from './chd-map.ts'
import { Crc16 } from './crc16.ts'

/** Hunks followed that are each the same as another. */
const MAX_SAME_HOPS = 64
/** Packing never makes a hunk this much longer: it is stored then. */
const MOST_GROWTH = 2

/** Throws an `image` Problem when the map is damaged, or a codec unknown. */
export function openChdContent(stored: ByteSource, facts: ChdFacts): BlockSource {
  for (const codec of facts.codecs) requireCodec(codec)
  return new BlockSource(new HunkTable(stored, facts))
}

class HunkTable implements BlockTable {
  readonly #stored: ByteSource
  readonly #facts: ChdFacts
  readonly #map: ChdMap

  constructor(stored: ByteSource, facts: ChdFacts) {
    this.#stored = stored
    this.#facts = facts
    this.#map = readChdMap(stored, facts)
  }

  get sizeBytes(): number {
    return this.#facts.sizeBytes
  }

  find(offsetBytes: number): BlockPlace {
    return evenBlock(offsetBytes, this.#facts.hunkBytes, this.sizeBytes)
  }

  expand({ index, lengthBytes }: BlockPlace): Uint8Array {
    const { kinds, places, lengths, crcs } = this.#map
    const hunk = this.#followed(index)
    const kind = kinds[hunk] as number
    const out = new Uint8Array(this.#facts.hunkBytes)
    if (kind === ZEROS) return out.subarray(0, lengthBytes)
    const storedBytes = lengths[hunk] as number
    if (storedBytes > out.length * MOST_GROWTH) throw packedDamage('its map is wrong')
    const packed = readUpTo(this.#stored, places[hunk] as number, storedBytes)
    if (packed.length < storedBytes) throw packedDamage('it is cut off')
    if (kind === STORED) out.set(packed.subarray(0, out.length))
    else expandHunk(this.#facts.codecs[kind] ?? '', packed, out)
    if (crcs !== null && new Crc16().update(out).value !== crcs[hunk]) {
      throw packedDamage('a hunk does not have the checksum that it should have')
    }
    return out.subarray(0, lengthBytes)
  }

  #followed(index: number): number {
    let hunk = index
    for (let hops = 0; this.#map.kinds[hunk] === SELF; hops++) {
      hunk = this.#map.places[hunk] as number
      if (hunk >= this.#facts.hunks || hops === MAX_SAME_HOPS) throw packedDamage('its map leads in a circle')
    }
    if (this.#map.kinds[hunk] === PARENT) throw packedDamage('a hunk lies in a parent, and none is named')
    return hunk
  }
}
