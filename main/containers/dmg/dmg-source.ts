/** The disk in a .dmg: runs that are stored or packed in one of five ways, with zeros between them. */
import { MAX_HELD_BLOCK_BYTES } from '../../../shared/limits.ts'
import { type ByteSource, MemoryByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { type BlockPlace, BlockSource, type BlockTable, lastStartBefore } from '../blocks/block-source.ts'
import { expandAdc } from '../codecs/adc.ts'
import { bzip2Pieces } from '../codecs/bzip2.ts'
import { expandDeflate } from '../codecs/deflate.ts'
import { expandLzfse } from '../codecs/lzfse.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'
import { xzPieces } from '../xz/xz-pieces.ts'
import { type DmgFacts, type DmgRun, readDmgFacts } from './dmg-runs.ts'
import { ADC, BZIP2, LZFSE, SECTOR_BYTES, STORED, UNUSED, XZ, ZEROS, ZLIB } from './dmg-structures.ts'

/** Runs that are not packed may be of any length, and are taken in such parts. */
const PART_BYTES = 256 * 1024

/** Throws an `image` Problem when the tables are damaged. */
export function openDmg(stored: ByteSource): BlockSource {
  return new BlockSource(new RunTable(stored, readDmgFacts(stored)))
}

class RunTable implements BlockTable {
  readonly sizeBytes: number
  readonly #stored: ByteSource
  readonly #runs: readonly DmgRun[]
  readonly #starts: Float64Array

  constructor(stored: ByteSource, { sizeBytes, runs }: DmgFacts) {
    this.sizeBytes = sizeBytes
    this.#stored = stored
    this.#runs = runs
    this.#starts = Float64Array.from(runs, ({ startBytes }) => startBytes)
  }

  find(offsetBytes: number): BlockPlace {
    const index = lastStartBefore(this.#starts, offsetBytes)
    const run = this.#runs[index]
    if (run === undefined || offsetBytes < run.startBytes) return this.#part(0, this.#starts[0] ?? this.sizeBytes, offsetBytes)
    const end = run.startBytes + run.lengthBytes
    if (offsetBytes >= end) return this.#part(end, this.#starts[index + 1] ?? this.sizeBytes, offsetBytes)
    if (!isPacked(run)) return this.#part(run.startBytes, end, offsetBytes)
    return { index: run.startBytes / SECTOR_BYTES, startBytes: run.startBytes, lengthBytes: run.lengthBytes }
  }

  /** Named by its first sector, as whole runs are. */
  #part(from: number, to: number, offsetBytes: number): BlockPlace {
    const startBytes = from + Math.floor((offsetBytes - from) / PART_BYTES) * PART_BYTES
    return { index: startBytes / SECTOR_BYTES, startBytes, lengthBytes: Math.min(PART_BYTES, to - startBytes) }
  }

  expand({ startBytes, lengthBytes }: BlockPlace): Uint8Array {
    const run = this.#runs[lastStartBefore(this.#starts, startBytes)]
    const within = startBytes - (run?.startBytes ?? 0)
    const isZero = run === undefined || within < 0 || within >= run.lengthBytes || run.kind === ZEROS || run.kind === UNUSED
    if (isZero) return new Uint8Array(lengthBytes)
    if (isPacked(run)) return expandRun(this.#stored, run)
    const bytes = readUpTo(this.#stored, run.storedAt + within, lengthBytes)
    if (bytes.length < lengthBytes) throw packedDamage('it is cut off')
    return bytes
  }
}

const isPacked = ({ kind }: DmgRun): boolean => kind !== ZEROS && kind !== STORED && kind !== UNUSED

function expandRun(stored: ByteSource, { kind, storedAt, storedBytes, lengthBytes }: DmgRun): Uint8Array {
  if (lengthBytes > MAX_HELD_BLOCK_BYTES || storedBytes > MAX_HELD_BLOCK_BYTES) throw packedDamage('a block is longer than can be')
  const packed = readUpTo(stored, storedAt, storedBytes)
  if (packed.length < storedBytes) throw packedDamage('it is cut off')
  switch (kind) {
    case ADC:
      return expandAdc(packed, lengthBytes)
    case ZLIB:
      return expandDeflate(packed, lengthBytes, 'zlib')
    case LZFSE:
      return expandLzfse(packed, lengthBytes)
    case BZIP2:
      return gathered(bzip2Pieces(new MemoryByteSource(packed)), lengthBytes)
    case XZ:
      return gathered(xzPieces(new MemoryByteSource(packed)), lengthBytes)
    default:
      throw packedRefusal(
        'packed-version',
        `The Mac disk image is packed in a way that Isomer does not know (0x${kind.toString(16)}).`,
        'Convert it with “hdiutil convert” on a Mac.',
      )
  }
}

function gathered(pieces: Iterable<Uint8Array>, lengthBytes: number): Uint8Array {
  const out = new Uint8Array(lengthBytes)
  let done = 0
  for (const piece of pieces) {
    if (piece.length > lengthBytes - done) throw packedDamage('a block is longer than its table says')
    out.set(piece, done)
    done += piece.length
  }
  if (done < lengthBytes) throw packedDamage('a block is shorter than its table says')
  return out
}
