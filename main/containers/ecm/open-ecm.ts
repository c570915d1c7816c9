/**
 * ECM: raw sectors without what can be made again. Records follow one another: so many bytes as they are, or so many
 * sectors of mode 1, form 1 or form 2 without sync, EDC and ECC. Where each record begins is found once, by going from
 * head to head; then any byte is at hand.
 */
import { MAX_ECM_RECORDS } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { MetadataCache } from '../../bytes/metadata-cache.ts'
import type { Candidate, Unwrapped } from '../container-format.ts'
import { putCodes } from '../sector-codes.ts'
import { DATA_BYTES, FORM_2_BYTES, HEADER_BYTES, MODE_2_BYTES, RAW_SECTOR_BYTES, SYNC } from '../sector-layout.ts'

const MAGIC_BYTES = 4
const END_COUNT = 0xffffffff
const MAX_HEAD_BYTES = 5
const AS_THEY_ARE = 0
const MODE_1 = 1
const FORM_1 = 2
/** By kind: bytes stored of a sector, and bytes it has. */
const STORED = [1, 3 + DATA_BYTES, 4 + DATA_BYTES, 4 + FORM_2_BYTES] as const
const WHOLE = [1, RAW_SECTOR_BYTES, MODE_2_BYTES, MODE_2_BYTES] as const

type Kind = 0 | 1 | 2 | 3

/** Throws an `image` Problem when the records make no sense from the first on. */
export function openEcm(candidate: Candidate): Unwrapped {
  const source = new EcmSource(candidate)
  return { source, name: candidate.name.replace(/\.ecm$/i, '') }
}

class EcmSource implements ByteSource {
  sizeBytes = 0
  readonly #packed: ByteSource
  readonly #kinds: Kind[] = []
  /** Where each record's bytes begin, unpacked and packed. */
  readonly #starts: number[] = []
  readonly #places: number[] = []
  readonly #sector = Buffer.alloc(RAW_SECTOR_BYTES)
  #made = -1

  constructor({ source, log, path }: Candidate) {
    this.#packed = source
    const heads = new MetadataCache(source)
    let at = MAGIC_BYTES
    for (;;) {
      const head = recordHead(heads.view(at, MAX_HEAD_BYTES))
      if (head === null || this.#kinds.length === MAX_ECM_RECORDS) {
        if (this.#kinds.length === 0 || head !== null) throw damaged(path)
        log.add('ecm-cut-off', 'damaged', 'The file breaks off; what is missing at its end can not be made again.')
        return
      }
      if (head.count === 0) return
      const { kind, count, headBytes } = head
      this.#kinds.push(kind)
      this.#starts.push(this.sizeBytes)
      this.#places.push(at + headBytes)
      const there = Math.floor(Math.max(0, source.sizeBytes - at - headBytes) / STORED[kind])
      this.sizeBytes += Math.min(count, there) * WHOLE[kind]
      at += headBytes + count * STORED[kind]
    }
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    let done = 0
    let record = this.#recordAt(offsetBytes)
    while (done < wanted) {
      const end = this.#starts[record + 1] ?? this.sizeBytes
      const part = target.subarray(done, done + Math.min(wanted - done, end - offsetBytes - done))
      const got = this.#readRecord(record, offsetBytes + done - (this.#starts[record] as number), part)
      done += got
      if (got < part.length) return done
      record++
    }
    return done
  }

  close(): void {}

  #recordAt(offsetBytes: number): number {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] as number) <= offsetBytes) low = middle
      else high = middle - 1
    }
    return low
  }

  /** A part of what one record unpacks to. */
  #readRecord(record: number, from: number, target: Uint8Array): number {
    const kind = this.#kinds[record] as Kind
    const place = this.#places[record] as number
    if (kind === AS_THEY_ARE) return this.#packed.read(place + from, target)
    const whole = WHOLE[kind]
    let done = 0
    while (done < target.length) {
      const index = Math.floor((from + done) / whole)
      const within = (from + done) % whole
      if (!this.#make(kind, place + index * STORED[kind])) return done
      const start = RAW_SECTOR_BYTES - whole + within
      const part = this.#sector.subarray(start, Math.min(RAW_SECTOR_BYTES, start + target.length - done))
      target.set(part, done)
      done += part.length
    }
    return done
  }

  /** Makes the sector that is stored at a place; false where it breaks off. */
  #make(kind: Exclude<Kind, 0>, at: number): boolean {
    if (at === this.#made) return true
    this.#made = -1
    const sector = this.#sector
    sector.fill(0)
    SYNC.copy(sector)
    if (kind === MODE_1) {
      const got =
        this.#packed.read(at, sector.subarray(12, 15)) + this.#packed.read(at + 3, sector.subarray(HEADER_BYTES, HEADER_BYTES + DATA_BYTES))
      if (got < STORED[kind]) return false
      sector[15] = 1
      putCodes(sector, 'mode1')
    } else {
      sector[15] = 2
      // The sub-header is stored once and stands twice.
      if (this.#packed.read(at, sector.subarray(20, 20 + STORED[kind])) < STORED[kind]) return false
      sector.copy(sector, HEADER_BYTES, 20, 24)
      putCodes(sector, kind === FORM_1 ? 'form1' : 'form2')
    }
    this.#made = at
    return true
  }
}

interface RecordHead {
  readonly kind: Kind
  /** 0 at the end of the records. */
  readonly count: number
  readonly headBytes: number
}

/** Two bits for the kind, then the count less one, seven bits a byte but five in the first; null for none. */
function recordHead(bytes: Buffer): RecordHead | null {
  let byte = bytes[0]
  if (byte === undefined) return null
  const kind = (byte & 3) as Kind
  let value = (byte >> 2) & 0x1f
  let headBytes = 1
  for (let scale = 2 ** 5; (byte & 0x80) !== 0; scale *= 2 ** 7) {
    byte = bytes[headBytes++]
    if (byte === undefined) return null
    value += (byte & 0x7f) * scale
  }
  if (value === END_COUNT) return { kind, count: 0, headBytes }
  return value > END_COUNT ? null : { kind, count: value + 1, headBytes }
}

function damaged(path: string): Problem {
  return new Problem({
    kind: 'image',
    code: 'container-damaged',
    message: `${path} begins like an ECM file, but what follows makes no sense.`,
    advice: 'Get it again, and compare its size with the one that its maker gives.',
  })
}
