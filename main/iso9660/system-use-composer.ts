/**
 * Writes system use entries (SUSP 1.12, RRIP 1.12) one behind the other into a scratch area and splits them between a
 * record and its continuation areas. One composer serves a whole image; `begin` starts the next record.
 */
import { writeU32Be, writeU32Le } from '../bytes/field-types.ts'
import { InternalProblem } from '../bytes/internal-problem.ts'
import { DirectoryRecord, MAX_RECORD_BYTES } from './directory-record.ts'
import type { ZisofsFacts } from './iso-entry.ts'
import {
  CeEntry,
  componentFlags,
  ErEntry,
  FlaggedEntry,
  LinkEntry,
  nameFlags,
  PnEntry,
  PxEntry,
  rockRidgeIdentifiers,
  SpEntry,
  SystemUseHeader,
  TfEntry,
  timeFlags,
  ZfEntry,
} from './system-use.ts'
import { SECTOR_BYTES } from './volume-descriptor.ts'

/** An entry's length is one byte. */
const MAX_ENTRY_BYTES = 255
const MAX_UTF8_BYTES_PER_UNIT = 3
const RECORD_DATE = DirectoryRecord.fields.recordedAt
const STAMPS = timeFlags.modify | timeFlags.access | timeFlags.attributes
const STAMP_COUNT = 3
const TF_BYTES = TfEntry.sizeBytes + STAMP_COUNT * RECORD_DATE.sizeBytes

const ROCK_RIDGE_DESCRIPTOR = 'THE IEEE 1282 PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS'
const ROCK_RIDGE_SOURCE = 'PLEASE CONTACT THE IEEE STANDARDS DEPARTMENT, PISCATAWAY, NJ, USA FOR THE 1282 SPECIFICATION.'

/** Where a record's entries end and go on: the part in the record, and one part for each continuation area. */
export interface SystemUseSplit {
  /** Entries kept in the record, without the CE entry. */
  readonly inRecordBytes: number
  readonly areas: readonly ContinuationArea[]
}

export interface ContinuationArea {
  /** Entries in it, without its own CE entry. */
  readonly entriesBytes: number
  /** The whole area, with the CE entry that leads to the next one. */
  readonly lengthBytes: number
}

/** The usual entries of a file or folder: PX, TF and a name that fits one NM. */
export function plainSystemUseBytes(nameBytes: number): number {
  return PxEntry.sizeBytes + TF_BYTES + FlaggedEntry.sizeBytes + nameBytes
}

export class SystemUseComposer {
  readonly bytes = Buffer.alloc(64 * 1024)
  private readonly ends: number[] = []
  private at = 0

  get lengthBytes(): number {
    return this.at
  }

  begin(): void {
    this.at = 0
    this.ends.length = 0
  }

  /** SP: marks the tree as using system use entries; first in the root's own record. */
  sharingProtocol(): void {
    this.header(SpEntry.sizeBytes, 'SP')
    SpEntry.fields.checkByte1.set(this.bytes, this.at, 0xbe)
    SpEntry.fields.checkByte2.set(this.bytes, this.at, 0xef)
    SpEntry.fields.skippedBytes.set(this.bytes, this.at, 0)
    this.end(SpEntry.sizeBytes)
  }

  /** ER: names Rock Ridge 1.12. */
  extensionReference(): void {
    const texts = [rockRidgeIdentifiers.ieee1282, ROCK_RIDGE_DESCRIPTOR, ROCK_RIDGE_SOURCE] as const
    const lengthBytes = ErEntry.sizeBytes + texts.join('').length
    this.header(lengthBytes, 'ER')
    ErEntry.fields.identifierLengthBytes.set(this.bytes, this.at, texts[0].length)
    ErEntry.fields.descriptorLengthBytes.set(this.bytes, this.at, texts[1].length)
    ErEntry.fields.sourceLengthBytes.set(this.bytes, this.at, texts[2].length)
    ErEntry.fields.extensionVersion.set(this.bytes, this.at, 1)
    this.bytes.write(texts.join(''), this.at + ErEntry.sizeBytes, 'latin1')
    this.end(lengthBytes)
  }

  /** PX: mode, links, owner, serial number. */
  posixAttributes(mode: number, linkCount: number, uid: number, gid: number, serialNumber: number): void {
    const { fields } = PxEntry
    this.header(PxEntry.sizeBytes, 'PX')
    fields.mode.set(this.bytes, this.at, mode)
    fields.linkCount.set(this.bytes, this.at, linkCount)
    fields.uid.set(this.bytes, this.at, uid)
    fields.gid.set(this.bytes, this.at, gid)
    fields.serialNumber.set(this.bytes, this.at, serialNumber)
    this.end(PxEntry.sizeBytes)
  }

  /** TF: modification, access and attribute change, in seconds since 1970. */
  timeStamps(modifiedS: number, accessedS: number, changedS: number): void {
    this.header(TF_BYTES, 'TF')
    TfEntry.fields.flags.set(this.bytes, this.at, STAMPS)
    let at = this.at + TfEntry.sizeBytes - RECORD_DATE.offset
    for (const seconds of [modifiedS, accessedS, changedS]) {
      RECORD_DATE.set(this.bytes, at, seconds * 1000)
      at += RECORD_DATE.sizeBytes
    }
    this.end(TF_BYTES)
  }

  /** NM: the name, in as many entries as it takes. */
  name(name: string | Uint8Array): void {
    const room = MAX_ENTRY_BYTES - FlaggedEntry.sizeBytes
    const at = this.at + FlaggedEntry.sizeBytes
    if (typeof name === 'string' && name.length * MAX_UTF8_BYTES_PER_UNIT <= room) {
      // Nearly every name: encoded in place, then the entry is put around it.
      const lengthBytes = FlaggedEntry.sizeBytes + this.bytes.write(name, at, 'utf8')
      this.header(lengthBytes, 'NM')
      FlaggedEntry.fields.flags.set(this.bytes, this.at, 0)
      this.end(lengthBytes)
      return
    }
    const bytes = typeof name === 'string' ? Buffer.from(name) : name
    let from = 0
    do {
      const part = bytes.subarray(from, from + room)
      from += part.length
      this.flagged('NM', from < bytes.length ? nameFlags.continues : 0, part)
    } while (from < bytes.length)
  }

  /** SL: where a symbolic link leads, as components (RRIP 4.1.3.1). */
  symbolicLink(target: Uint8Array): void {
    const room = MAX_ENTRY_BYTES - FlaggedEntry.sizeBytes
    const entries = packComponents(linkComponents(target), room)
    for (const [i, content] of entries.entries()) this.flagged('SL', i < entries.length - 1 ? nameFlags.continues : 0, content)
  }

  /**
   * PN: a device's numbers. Most readers join both fields to one dev_t, Linux takes them for major and minor unless the
   * first is zero: small numbers are written so that all agree, larger ones for Linux.
   */
  deviceNumber(major: number, minor: number): void {
    const isSmall = major < 0x1000 && minor < 0x100
    this.header(PnEntry.sizeBytes, 'PN')
    PnEntry.fields.deviceHigh.set(this.bytes, this.at, isSmall ? 0 : major)
    PnEntry.fields.deviceLow.set(this.bytes, this.at, isSmall ? major * 0x100 + minor : minor)
    this.end(PnEntry.sizeBytes)
  }

  /** ZF: how the content is compressed. */
  compression({ version, headerBytes, blockLog2, contentBytes }: ZisofsFacts): void {
    const { fields } = ZfEntry
    this.header(ZfEntry.sizeBytes, 'ZF')
    this.bytes[this.at + SystemUseHeader.fields.version.offset] = version
    fields.algorithm.set(this.bytes, this.at, version === 1 ? 'pz' : 'PZ')
    fields.headerWords.set(this.bytes, this.at, headerBytes / 4)
    fields.blockLog2.set(this.bytes, this.at, blockLog2)
    const sizeAt = this.at + fields.contentBytes.offset
    writeU32Le(this.bytes, sizeAt, contentBytes % 0x1_0000_0000)
    if (version === 1) writeU32Be(this.bytes, sizeAt + 4, contentBytes)
    else writeU32Le(this.bytes, sizeAt + 4, Math.floor(contentBytes / 0x1_0000_0000))
    this.end(ZfEntry.sizeBytes)
  }

  /** CL: the place of a relocated child. PL: that of a relocated directory's parent. */
  directoryLink(signature: 'CL' | 'PL', directoryLba: number): void {
    this.header(LinkEntry.sizeBytes, signature)
    LinkEntry.fields.directoryLba.set(this.bytes, this.at, directoryLba)
    this.end(LinkEntry.sizeBytes)
  }

  /** RE: this directory is shown elsewhere. */
  relocated(): void {
    this.header(SystemUseHeader.sizeBytes, 'RE')
    this.end(SystemUseHeader.sizeBytes)
  }

  /** How the composed entries divide for a record with `baseBytes` before its system use area; null when all fit. */
  split(baseBytes: number): SystemUseSplit | null {
    const room = MAX_RECORD_BYTES - baseBytes
    if (this.at <= room) return null
    const inRecordBytes = this.lastEndWithin(0, room - CeEntry.sizeBytes)
    const areas: ContinuationArea[] = []
    for (let from = inRecordBytes; from < this.at; ) {
      // A continuation area lies within one block: Linux refuses one that crosses.
      const isLast = this.at - from <= SECTOR_BYTES
      const to = isLast ? this.at : this.lastEndWithin(from, SECTOR_BYTES - CeEntry.sizeBytes)
      areas.push({ entriesBytes: to - from, lengthBytes: to - from + (isLast ? 0 : CeEntry.sizeBytes) })
      from = to
    }
    return { inRecordBytes, areas }
  }

  private lastEndWithin(from: number, roomBytes: number): number {
    let best = from
    for (const end of this.ends) if (end > from && end - from <= roomBytes) best = end
    if (best === from && from > 0) throw new InternalProblem('a system use entry fits nowhere')
    return best
  }

  private flagged(signature: 'NM' | 'SL', flags: number, content: Uint8Array): void {
    this.header(FlaggedEntry.sizeBytes + content.length, signature)
    FlaggedEntry.fields.flags.set(this.bytes, this.at, flags)
    this.bytes.set(content, this.at + FlaggedEntry.sizeBytes)
    this.end(FlaggedEntry.sizeBytes + content.length)
  }

  private header(lengthBytes: number, signature: string): void {
    if (this.at + lengthBytes > this.bytes.length) throw new InternalProblem('system use entries exceed the scratch area')
    SystemUseHeader.fields.signature.set(this.bytes, this.at, signature)
    SystemUseHeader.fields.lengthBytes.set(this.bytes, this.at, lengthBytes)
    SystemUseHeader.fields.version.set(this.bytes, this.at, 1)
  }

  private end(lengthBytes: number): void {
    this.at += lengthBytes
    this.ends.push(this.at)
  }
}

/** Writes a CE entry. */
export function writeContinuation(bytes: Uint8Array, at: number, areaLba: number, areaOffsetBytes: number, areaLengthBytes: number): void {
  CeEntry.serialise({ signature: 'CE', lengthBytes: CeEntry.sizeBytes, version: 1, areaLba, areaOffsetBytes, areaLengthBytes }, bytes, at)
}

interface Component {
  readonly flags: number
  readonly content: Uint8Array
}

const NOTHING = new Uint8Array(0)

/** A link target's parts; empty ones between double slashes mean nothing and are dropped. */
function linkComponents(target: Uint8Array): Component[] {
  const components: Component[] = []
  const parts = splitBytes(target, 0x2f)
  if (target[0] === 0x2f) components.push({ flags: componentFlags.root, content: NOTHING })
  for (const part of parts) {
    if (part.length === 0) continue
    const dots = part.every((byte) => byte === 0x2e) ? part.length : 0
    if (dots === 1) components.push({ flags: componentFlags.current, content: NOTHING })
    else if (dots === 2) components.push({ flags: componentFlags.parent, content: NOTHING })
    else components.push({ flags: 0, content: part })
  }
  return components
}

function splitBytes(bytes: Uint8Array, separator: number): Uint8Array[] {
  const parts: Uint8Array[] = []
  let from = 0
  for (let at = bytes.indexOf(separator); at >= 0; at = bytes.indexOf(separator, from)) {
    parts.push(bytes.subarray(from, at))
    from = at + 1
  }
  parts.push(bytes.subarray(from))
  return parts
}

/** Components as component records, filled into entries of at most `roomBytes`; long ones go on in the next. */
function packComponents(components: readonly Component[], roomBytes: number): Uint8Array[] {
  const entries: Buffer[] = []
  let entry: number[] = []
  const flush = () => {
    entries.push(Buffer.from(entry))
    entry = []
  }
  for (const { flags, content } of components) {
    let from = 0
    do {
      if (roomBytes - entry.length < 2 + Math.min(1, content.length)) flush()
      const part = content.subarray(from, from + roomBytes - entry.length - 2)
      from += part.length
      entry.push(flags | (from < content.length ? componentFlags.continues : 0), part.length, ...part)
    } while (from < content.length)
  }
  flush()
  return entries
}
