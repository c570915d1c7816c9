/**
 * Reads the system use area of one directory record at a time (SUSP 1.12) and what Rock Ridge says in it (RRIP 1.12).
 * Results stand in the reader's own fields until the next record, so that a million records cost no objects.
 */

import {
  MAX_CONTINUATION_HOPS,
  MAX_ROCK_RIDGE_NAME_BYTES,
  MAX_SYSTEM_USE_BYTES,
  MAX_ZISOFS_BYTES,
  ZISOFS_BLOCK_LOG2,
} from '../../shared/limits.ts'
import { readU32Le } from '../bytes/field-types.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { MetadataCache } from '../bytes/metadata-cache.ts'
import { descriptorDate, recordDate } from './date-time.ts'
import type { RareFacts, ZisofsFacts } from './iso-entry.ts'
import { LinkTarget } from './link-target.ts'
import { nameOfBytes } from './name-text.ts'
import type { RecordDetailsReader } from './record-details.ts'
import {
  CeEntry,
  FlaggedEntry,
  LinkEntry,
  nameFlags,
  PnEntry,
  PX_WITHOUT_SERIAL_BYTES,
  PxEntry,
  SystemUseHeader,
  TfEntry,
  timeFlags,
  ZfEntry,
} from './system-use.ts'

/** A signature as the number that its two bytes make. */
const code = (signature: string): number => signature.charCodeAt(0) * 0x100 + signature.charCodeAt(1)
const PX = code('PX')
const TF = code('TF')
const NM = code('NM')
const CE = code('CE')
const ZF = code('ZF')
/** The same, so called that old kernels leave it alone. */
const Z2 = code('Z2')
const SF = code('SF')
const SL = code('SL')
const PN = code('PN')
const RE = code('RE')
const CL = code('CL')
const ST = code('ST')

const HEADER_BYTES = SystemUseHeader.sizeBytes
const LENGTH_AT = SystemUseHeader.fields.lengthBytes.offset
const FLAGS_AT = FlaggedEntry.fields.flags.offset
const MODE_AT = PxEntry.fields.mode.offset
const LINKS_AT = PxEntry.fields.linkCount.offset
const UID_AT = PxEntry.fields.uid.offset
const GID_AT = PxEntry.fields.gid.offset
const SERIAL_AT = PxEntry.fields.serialNumber.offset

/** By the algorithm that a ZF entry names: zlib in both versions. */
const zisofsVersions: Readonly<Record<string, 1 | 2>> = { pz: 1, PZ: 2 }

/** A stretch of system use entries still to be read. */
interface Continuation {
  readonly lba: number
  readonly offsetBytes: number
  readonly lengthBytes: number
}

export class RockRidgeReader {
  /** Whether the record had any Rock Ridge entry. */
  found = false
  /** Null when there is none, or it is no name. */
  name: string | null = null
  mode: number | null = null
  links = 0
  uid = 0
  gid = 0
  serial = 0
  modifiedMs: number | null = null
  readonly link = new LinkTarget()
  /** Directory that this record stands for (CL); null when it is no such record. */
  childLba: number | null = null
  relocated = false
  sparse = false
  zisofs: ZisofsFacts | null = null
  device: NonNullable<RareFacts['device']> | null = null
  /** Whether the content is compressed in a way that can't be undone. */
  unknownCompression = false

  readonly #cache: MetadataCache
  readonly #blockBytes: number
  readonly #findings: FindingLog
  /** Takes what listings do without; null where nobody wants it. */
  readonly #details: RecordDetailsReader | null
  #nameParts: Buffer[] | null = null
  #nameEnded = false
  #continuation: Continuation | null = null
  #recordOffsetBytes = 0

  constructor(cache: MetadataCache, blockBytes: number, findings: FindingLog, details: RecordDetailsReader | null = null) {
    this.#cache = cache
    this.#blockBytes = blockBytes
    this.#findings = findings
    this.#details = details
  }

  /** Reads the area of one record; `recordOffsetBytes` is where the record lies, for findings. */
  read(bytes: Buffer, start: number, end: number, recordOffsetBytes: number): void {
    this.#reset(recordOffsetBytes)
    let visited: string[] | null = null
    let joinedBytes = end - start
    let stopped = this.#readArea(bytes, start, end)
    while (!stopped && this.#continuation !== null) {
      const next: Continuation = this.#continuation
      this.#continuation = null
      visited ??= []
      const key = `${next.lba}:${next.offsetBytes}`
      joinedBytes += next.lengthBytes
      if (visited.includes(key) || visited.length >= MAX_CONTINUATION_HOPS || joinedBytes > MAX_SYSTEM_USE_BYTES) {
        this.#note('continuation-loop', 'Continued attributes lead in a circle or on for ever; they were read up to there.', 'SUSP 5.1')
        break
      }
      visited.push(key)
      const area = this.#cache.view(next.lba * this.#blockBytes + next.offsetBytes, next.lengthBytes)
      if (area.length < next.lengthBytes) {
        this.#note('continuation-outside', 'Continued attributes lie outside the image or are cut off.', 'SUSP 5.1')
      }
      stopped = this.#readArea(area, 0, area.length)
    }
    this.#finishName()
    if (this.link.found && !this.link.finish()) {
      this.#note('link-malformed', 'The target of a symbolic link is damaged and was left out.', 'RRIP 4.1.3')
    }
  }

  #reset(recordOffsetBytes: number): void {
    this.found = false
    this.name = null
    this.mode = null
    this.links = 0
    this.uid = 0
    this.gid = 0
    this.serial = 0
    this.modifiedMs = null
    this.link.reset()
    this.childLba = null
    this.relocated = false
    this.sparse = false
    this.zisofs = null
    this.device = null
    this.#details?.reset()
    this.unknownCompression = false
    this.#nameParts = null
    this.#nameEnded = false
    this.#continuation = null
    this.#recordOffsetBytes = recordOffsetBytes
  }

  /** Reads one stretch of entries; true when a terminator (ST) or nonsense ended everything. */
  #readArea(bytes: Buffer, start: number, end: number): boolean {
    let at = start
    while (at + HEADER_BYTES <= end) {
      const signature = (bytes[at] as number) * 0x100 + (bytes[at + 1] as number)
      // Zero padding at the end of an area is normal.
      if (signature === 0) return false
      const lengthBytes = bytes[at + LENGTH_AT] as number
      if (lengthBytes < HEADER_BYTES || at + lengthBytes > end) {
        this.#note('system-use-malformed', 'Attributes of an entry are cut off or no attributes at all; the rest was left out.', 'SUSP 4')
        return false
      }
      if (signature === ST) return true
      this.#readEntry(signature, bytes, at, lengthBytes)
      at += lengthBytes
    }
    return false
  }

  #readEntry(signature: number, bytes: Buffer, at: number, lengthBytes: number): void {
    if (signature === PX) this.#readPosixAttributes(bytes, at, lengthBytes)
    else if (signature === TF) this.#readTimes(bytes, at, lengthBytes)
    else if (signature === NM) this.#readName(bytes, at, lengthBytes)
    else if (signature === PN) this.#readDevice(bytes, at, lengthBytes)
    else if (signature === CE) this.#readContinuation(bytes, at, lengthBytes)
    else if (signature === ZF || signature === Z2) this.#readCompression(bytes, at, lengthBytes)
    else if (signature === SF) this.sparse = true
    else if (signature === SL) {
      this.found = true
      this.link.add(bytes, at + FLAGS_AT, at + lengthBytes)
    } else if (signature === RE) {
      this.found = true
      this.relocated = true
    } else if (signature === CL && lengthBytes >= LinkEntry.sizeBytes) {
      this.found = true
      this.childLba = readU32Le(bytes, at + LinkEntry.fields.directoryLba.offset)
    }
  }

  #readPosixAttributes(bytes: Buffer, at: number, lengthBytes: number): void {
    if (lengthBytes < PX_WITHOUT_SERIAL_BYTES) {
      this.#note('attributes-cut-short', 'Mode and owner of an entry are cut off and were left out.', 'RRIP 4.1.1')
      return
    }
    this.found = true
    this.mode = readU32Le(bytes, at + MODE_AT)
    this.links = readU32Le(bytes, at + LINKS_AT)
    this.uid = readU32Le(bytes, at + UID_AT)
    this.gid = readU32Le(bytes, at + GID_AT)
    this.serial = lengthBytes >= PxEntry.sizeBytes ? readU32Le(bytes, at + SERIAL_AT) : 0
  }

  #readName(bytes: Buffer, at: number, lengthBytes: number): void {
    if (this.#nameEnded || lengthBytes <= FLAGS_AT) return
    this.found = true
    this.#details?.name(bytes, at, lengthBytes)
    const flags = bytes[at + FLAGS_AT] as number
    if ((flags & (nameFlags.current | nameFlags.parent)) !== 0) {
      this.#nameEnded = true
      return
    }
    const start = at + FLAGS_AT + 1
    const end = at + lengthBytes
    if ((flags & nameFlags.continues) === 0 && this.#nameParts === null) {
      this.name = nameOfBytes(bytes, start, end)
      this.#nameEnded = true
      return
    }
    this.#nameParts ??= []
    this.#nameParts.push(bytes.subarray(start, end))
    if ((flags & nameFlags.continues) === 0) this.#nameEnded = true
  }

  #finishName(): void {
    if (this.#nameParts === null) return
    const joined = Buffer.concat(this.#nameParts)
    if (joined.length > MAX_ROCK_RIDGE_NAME_BYTES) {
      this.#note('name-too-long', `A Rock Ridge name has ${joined.length} bytes; the plain name was used.`, 'RRIP 4.1.4')
      return
    }
    this.name = nameOfBytes(joined, 0, joined.length)
  }

  /** Stamps stand in the order of the flag bits; only that of the last change is wanted. */
  #readTimes(bytes: Buffer, at: number, lengthBytes: number): void {
    if (lengthBytes < TfEntry.sizeBytes) return
    this.found = true
    this.#details?.times(bytes, at, lengthBytes)
    const flags = bytes[at + FLAGS_AT] as number
    if ((flags & timeFlags.modify) === 0) return
    const stamp = (flags & timeFlags.longForm) === 0 ? recordDate : descriptorDate
    const from = at + TfEntry.sizeBytes + ((flags & timeFlags.creation) === 0 ? 0 : stamp.sizeBytes)
    if (from + stamp.sizeBytes <= at + lengthBytes) this.modifiedMs = stamp.get(bytes, from)
    else this.#note('times-cut-short', 'Time stamps of an entry are cut off.', 'RRIP 4.1.6')
  }

  /** Both fields are one dev_t, packed as Linux packs it, or major and minor where the first is used (RRIP 4.1.2). */
  #readDevice(bytes: Buffer, at: number, lengthBytes: number): void {
    if (lengthBytes < PnEntry.sizeBytes) return
    this.found = true
    const high = PnEntry.fields.deviceHigh.get(bytes, at)
    const low = PnEntry.fields.deviceLow.get(bytes, at)
    this.device = high > 0 ? { major: high, minor: low } : { major: (low >>> 8) & 0xfff, minor: (low & 0xff) + ((low >>> 12) & 0xfff00) }
  }

  #readContinuation(bytes: Buffer, at: number, lengthBytes: number): void {
    if (lengthBytes < CeEntry.sizeBytes) return
    if (this.#continuation !== null) {
      this.#note('several-continuations', 'Attributes of an entry are continued in two places; the last was followed.', 'SUSP 5.1')
    }
    const lba = readU32Le(bytes, at + CeEntry.fields.areaLba.offset)
    const offsetBytes = readU32Le(bytes, at + CeEntry.fields.areaOffsetBytes.offset)
    const claimedBytes = readU32Le(bytes, at + CeEntry.fields.areaLengthBytes.offset)
    if (claimedBytes > MAX_SYSTEM_USE_BYTES) {
      this.#note('continuation-outside', 'Continued attributes claim more room than any have; they were left out.', 'SUSP 5.1')
      return
    }
    this.#continuation = { lba, offsetBytes, lengthBytes: claimedBytes }
  }

  #readCompression(bytes: Buffer, at: number, lengthBytes: number): void {
    const { fields } = ZfEntry
    const version = lengthBytes < ZfEntry.sizeBytes ? undefined : zisofsVersions[fields.algorithm.get(bytes, at)]
    if (version === undefined) {
      this.unknownCompression = true
      this.#note('compression-unknown', 'A file is compressed in a way that Isomer does not read.', 'zisofs ZF')
      return
    }
    const blockLog2 = fields.blockLog2.get(bytes, at)
    const sizeAt = at + fields.contentBytes.offset
    const contentBytes = readU32Le(bytes, sizeAt) + (version === 1 ? 0 : readU32Le(bytes, sizeAt + 4) * 0x1_0000_0000)
    if (blockLog2 < ZISOFS_BLOCK_LOG2.least || blockLog2 > ZISOFS_BLOCK_LOG2.most[version] || contentBytes > MAX_ZISOFS_BYTES) {
      this.unknownCompression = true
      this.#note('compression-malformed', 'A compressed file gives a block size or length that does not exist.', 'zisofs ZF')
      return
    }
    this.zisofs = { version, headerBytes: fields.headerWords.get(bytes, at) * 4, blockLog2, contentBytes }
  }

  #note(findingCode: string, message: string, clause: string): void {
    const severity = findingCode === 'several-continuations' ? 'note' : 'suspicious'
    this.#findings.add(findingCode, severity, message, { offsetBytes: this.#recordOffsetBytes, clause })
  }
}
