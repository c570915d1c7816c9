/**
 * One tree of an ISO 9660 image: plain, Joliet or Rock Ridge. Directories are read when looked at, in parts, and
 * whatever is wrong in them becomes a finding; path tables are not used.
 */
import type { Extent } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import { DIRECTORY_PART_BYTES, MAX_DIRECTORY_BYTES, MAX_FILE_SECTIONS, MAX_INTERLEAVED_UNITS } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { MetadataCache } from '../bytes/metadata-cache.ts'
import { RunSource } from '../bytes/run-source.ts'
import { fileFlags } from './directory-record.ts'
import { type Interleave, interleavedRuns, interleavedSpanBytes } from './interleave.ts'
import { IsoEntry } from './iso-entry.ts'
import { asPathPart, nameOfBytes, nameOfUnits } from './name-text.ts'
import { type EntryDetails, RecordDetailsReader } from './record-details.ts'
import {
  extendedAttributeBlocks,
  extentLba,
  findRecord,
  flagsOf,
  IDENTIFIER_AT,
  identifierBytes,
  interleaveOf,
  isOwnRecord,
  isParentRecord,
  isSelfRecord,
  lengthBytes,
  ownLengthBytes,
  recordEnd,
  recordedMs,
  sameIdentifier,
  systemUseStart,
} from './record-walk.ts'
import { RockRidgeReader } from './rock-ridge-reader.ts'
import { entryTypeOf, isKnownType, modeOf } from './rock-ridge-type.ts'
import { SECTOR_BYTES } from './volume-descriptor.ts'
import type { Volume } from './volume-descriptor-set.ts'
import { xaSectorKind } from './xa-attributes.ts'
import { ZisofsSource } from './zisofs.ts'

const RELOCATION_FOLDERS = ['rr_moved', '.rr_moved', 'RR_MOVED']
/** Names longer than mkisofs' 103 units exist nowhere but in damaged records. */
const MAX_JOLIET_NAME_BYTES = 206

export interface IsoViewParts {
  readonly kind: FileSystemKind
  readonly source: ByteSource
  readonly cache: MetadataCache
  readonly volume: Volume
  readonly findings: FindingLog
  /** Of Rock Ridge: bytes before the entries in each system use area (SP's LEN_SKP). */
  readonly skippedBytes: number
  /** Whether entries are to have all that is recorded of them, for taking them over into another image. */
  readonly wantsDetails?: boolean
}

export class IsoView {
  readonly kind: FileSystemKind
  readonly label: string
  readonly blockBytes: number
  readonly root: IsoEntry
  readonly #source: ByteSource
  readonly #cache: MetadataCache
  readonly #findings: FindingLog
  readonly #skippedBytes: number
  readonly #hasXa: boolean
  readonly #rockRidge: RockRidgeReader
  readonly #details: RecordDetailsReader | null
  /** The last folder that was looked at for being one of moved folders. */
  #relocation = { lba: -1, is: false }

  constructor(parts: IsoViewParts) {
    const { volume } = parts
    this.kind = parts.kind
    this.label = volume.label
    this.blockBytes = volume.blockBytes
    this.#source = parts.source
    this.#cache = parts.cache
    this.#findings = parts.findings
    this.#skippedBytes = parts.skippedBytes
    this.#hasXa = volume.hasXa
    this.#details = parts.wantsDetails ? new RecordDetailsReader() : null
    this.#rockRidge = new RockRidgeReader(parts.cache, volume.blockBytes, parts.findings, this.#details)
    this.root = new IsoEntry('', 'directory', null, volume.rootLba, volume.rootLengthBytes)
    this.root.modifiedMs = volume.rootRecordedMs
    if (parts.kind === 'rockridge') this.#adoptSelfRecord(this.root)
  }

  /** Entries of a directory in recorded order; nothing for anything else. */
  *children(directory: IsoEntry): Generator<IsoEntry, void, undefined> {
    for (const part of this.childParts(directory)) yield* part
  }

  /** The same, as many at a time as were read together. */
  childParts(directory: IsoEntry): Generator<IsoEntry[], void, undefined> {
    return this.#entries(directory, false)
  }

  /** The entry at a path such as `/docs/readme.txt`; null when there is none. Case counts only in Rock Ridge. */
  lookup(path: string): IsoEntry | null {
    let found: IsoEntry = this.root
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue
      const next = this.#child(found, part)
      if (next === null) return null
      found = next
    }
    return found
  }

  /** Byte offset in the image of an extent. */
  offsetBytes(extent: Extent): number {
    return extent.lba * this.blockBytes
  }

  /** The content of a file, expanded when it is stored compressed. */
  contentSource(file: IsoEntry): ByteSource {
    const interleaved = file.rare?.interleaved
    const runs =
      interleaved === undefined
        ? file.extents.map((extent) => ({ offsetBytes: this.offsetBytes(extent), lengthBytes: extent.lengthBytes }))
        : interleavedRuns(file.lba * this.blockBytes, file.firstBytes, interleaved, this.blockBytes)
    const stored = new RunSource(this.#source, runs)
    return file.zisofs === null ? stored : new ZisofsSource(stored, file.zisofs)
  }

  #child(directory: IsoEntry, name: string): IsoEntry | null {
    const folded = this.kind === 'rockridge' ? null : name.toUpperCase()
    let near: IsoEntry | null = null
    for (const entry of this.children(directory)) {
      if (entry.name === name) return entry
      if (folded !== null && near === null && entry.name.toUpperCase() === folded) near = entry
    }
    return near
  }

  /** Entries, several records of one file joined; with `relocated` also those that the tree shows elsewhere. */
  *#entries(directory: IsoEntry, relocated: boolean): Generator<IsoEntry[], void, undefined> {
    if (directory.type !== 'directory') return
    const sizeBytes = this.#directoryBytes(directory)
    const startBytes = directory.lba * this.blockBytes
    /** A file whose next section must be the next record. */
    let open: { entry: IsoEntry; bytes: Buffer; at: number } | null = null
    for (let partBytes = 0; partBytes < sizeBytes; partBytes += DIRECTORY_PART_BYTES) {
      const offsetBytes = startBytes + partBytes
      const bytes = this.#cache.view(offsetBytes, Math.min(DIRECTORY_PART_BYTES, sizeBytes - partBytes))
      const entries: IsoEntry[] = []
      if (partBytes === 0) this.#checkDotRecords(directory, bytes, offsetBytes)
      let at = findRecord(bytes, 0, offsetBytes, this.#findings)
      for (; at >= 0; at = findRecord(bytes, recordEnd(bytes, at), offsetBytes, this.#findings)) {
        const flags = flagsOf(bytes, at)
        if (open !== null) {
          const continued = sameIdentifier(open.bytes, open.at, bytes, at) && (flags & fileFlags.directory) === 0
          if (continued) this.#addSection(open.entry, bytes, at)
          if (continued && (flags & fileFlags.multiExtent) !== 0) continue
          this.#checkSections(open.entry)
          entries.push(continued ? open.entry : this.#unfinished(open.entry))
          open = null
          if (continued) continue
        }
        const entry = this.#readRecord(directory, bytes, at, offsetBytes + at)
        if (entry === null) continue
        if ((flags & fileFlags.multiExtent) !== 0 && entry.type === 'file') open = { entry, bytes, at }
        else if (relocated || !this.#isShownElsewhere(directory, entry)) entries.push(entry)
      }
      yield entries
    }
    if (open !== null) yield [this.#unfinished(open.entry)]
  }

  /** They are not needed to find anything; old systems go up by them. */
  #checkDotRecords(directory: IsoEntry, bytes: Buffer, offsetBytes: number): void {
    // A moved directory's parent is another in Rock Ridge than the one that its record names.
    const parentLba = this.kind === 'rockridge' ? null : (directory.parent ?? directory).lba
    // libisofs lets every folder of Joliet's tree and of that of ISO 9660:1999 be its own parent.
    const isOwnParent = isParentRecord(bytes, bytes[0] as number, directory.lba)
    if (isOwnRecord(bytes, directory.lba) && (isOwnParent || isParentRecord(bytes, bytes[0] as number, parentLba))) {
      if (ownLengthBytes(bytes) === directory.firstBytes) return
      const message = "A folder's record of itself gives another length than the record that leads to it, which was believed."
      this.#findings.add('directory-size-differs', 'note', message, { path: pathOf(directory), offsetBytes, clause: 'ECMA-119 10.1.4' })
      return
    }
    const message = "A folder's records of itself and its parent are missing or lead elsewhere; they were not needed."
    this.#findings.add('dot-records', 'note', message, { path: pathOf(directory), offsetBytes, clause: 'ECMA-119 6.8.2.2' })
  }

  #isShownElsewhere(directory: IsoEntry, entry: IsoEntry): boolean {
    if (entry.rare?.relocated) {
      if (isOfRoot(directory) && RELOCATION_FOLDERS.includes(directory.name)) return true
      if (this.#holdsOnlyMoved(directory.parent === null ? entry : directory)) return true
      const message = 'A folder says that it was moved here from elsewhere, but this is no place for moved folders; it is shown here.'
      this.#findings.add('relocation-elsewhere', 'note', message, { path: pathOf(entry), clause: 'RRIP 4.1.5' })
      return false
    }
    return directory.parent === null && RELOCATION_FOLDERS.includes(entry.name) && this.#holdsOnlyMoved(entry)
  }

  #readRecord(directory: IsoEntry, bytes: Buffer, at: number, offsetBytes: number): IsoEntry | null {
    const flags = flagsOf(bytes, at)
    if ((flags & fileFlags.associated) !== 0) {
      const message = 'A file has an associated file (a resource fork, say); that one is left out.'
      this.#findings.add('associated-file', 'note', message, { offsetBytes, clause: 'ECMA-119 10.1.6' })
      return null
    }
    const isDirectory = (flags & fileFlags.directory) !== 0
    const lba = extentLba(bytes, at, this.#source.sizeBytes / this.blockBytes, this.#findings, offsetBytes)
    const entry = new IsoEntry(
      '',
      isDirectory ? 'directory' : 'file',
      directory,
      lba + extendedAttributeBlocks(bytes, at),
      lengthBytes(bytes, at, this.#source.sizeBytes, this.#findings, offsetBytes),
    )
    if ((flags & fileFlags.hidden) !== 0) entry.rareFacts.hidden = true
    const interleave = interleaveOf(bytes, at)
    if (interleave !== null && !isDirectory) this.#takeInterleave(entry, interleave, extendedAttributeBlocks(bytes, at))
    if (this.kind !== 'rockridge' || !this.#applyRockRidge(entry, bytes, at, offsetBytes)) {
      entry.name = this.#recordedName(bytes, at, offsetBytes)
    }
    if (this.#details !== null) entry.rareFacts.details = this.#detailsOf(this.#details, bytes, at)
    entry.modifiedMs ??= recordedMs(bytes, at)
    this.#checkName(entry, offsetBytes)
    if (this.#hasXa && !isDirectory) this.#noteXa(entry, xaSectorKind(bytes, systemUseStart(bytes, at), recordEnd(bytes, at)), offsetBytes)
    if (entry.type !== 'directory') {
      this.#checkExtent(entry, entry.lba, entry.rare?.interleaved?.spanBytes ?? entry.firstBytes, offsetBytes)
    }
    return entry
  }

  #detailsOf(reader: RecordDetailsReader, bytes: Buffer, at: number): EntryDetails {
    if (this.kind !== 'rockridge') reader.reset()
    const start = at + IDENTIFIER_AT
    const identifier = bytes.toString('latin1', start, start + identifierBytes(bytes, at))
    return {
      accessedMs: reader.accessedMs,
      changedMs: reader.changedMs,
      identifier: identifier.replace(/;1$/, ''),
      hasVersion: identifier.endsWith(';1'),
      nameBytes: reader.nameBytes,
      linkBytes: this.#rockRidge.link.bytes,
      isHidden: (flagsOf(bytes, at) & fileFlags.hidden) !== 0,
    }
  }

  /** An extended attribute record takes the first unit (ECMA-119 6.4.3). */
  #takeInterleave(entry: IsoEntry, interleave: Interleave, attributeBlocks: number): void {
    const { unitBlocks, gapBlocks } = interleave
    if (attributeBlocks > 0) entry.lba += unitBlocks + gapBlocks - attributeBlocks
    const spanBytes = interleavedSpanBytes(entry.firstBytes, interleave, this.blockBytes)
    const units = entry.firstBytes / (unitBlocks * this.blockBytes)
    if (units > MAX_INTERLEAVED_UNITS) entry.rareFacts.unreadable = 'It is interleaved in more parts than any file has.'
    else entry.rareFacts.interleaved = { ...interleave, spanBytes }
  }

  #noteXa(entry: IsoEntry, kind: ReturnType<typeof xaSectorKind>, offsetBytes: number): void {
    if (kind === null) return
    const place = { path: pathOf(entry), offsetBytes, clause: 'CD-ROM XA II.2.7' }
    if (kind === 'audio') this.#findings.add('xa-audio', 'note', 'A file stands for an audio track, which is not in the image.', place)
    else {
      const message = 'A film or sound was recorded in sectors of 2,324 bytes, of which this image holds only 2,048: it will not play.'
      this.#findings.add('xa-form-2', 'suspicious', message, place)
    }
  }

  /** The identifier as name: Joliet's units, or plain characters without `;1` and the dot of an empty extension. */
  #recordedName(bytes: Buffer, at: number, offsetBytes: number): string {
    const start = at + IDENTIFIER_AT
    const count = identifierBytes(bytes, at)
    if (this.kind === 'joliet') {
      if (count % 2 === 1) this.#noteName('joliet-name-odd', 'A Joliet name has half a character at its end.', offsetBytes)
      if (count > MAX_JOLIET_NAME_BYTES) this.#noteName('joliet-name-long', 'A Joliet name is longer than any system allows.', offsetBytes)
      const name = nameOfUnits(bytes, start, start + Math.min(count, MAX_JOLIET_NAME_BYTES))
      return name.endsWith(';1') ? name.slice(0, -2) : name
    }
    const name = nameOfBytes(bytes, start, start + count)
    const unversioned = name.endsWith(';1') ? name.slice(0, -2) : name
    return unversioned.length > 1 && unversioned.endsWith('.') ? unversioned.slice(0, -1) : unversioned
  }

  #noteName(code: string, message: string, offsetBytes: number): void {
    this.#findings.add(code, 'note', message, { offsetBytes, clause: 'Joliet, directory records' })
  }

  /** Takes attributes, and gives true when the record also had a Rock Ridge name. */
  #applyRockRidge(entry: IsoEntry, bytes: Buffer, at: number, offsetBytes: number): boolean {
    const rr = this.#rockRidge
    rr.read(bytes, systemUseStart(bytes, at) + this.#skippedBytes, at + (bytes[at] as number), offsetBytes)
    if (!rr.found) {
      this.#findings.add('rockridge-missing', 'note', 'Some entries have no Rock Ridge attributes; their plain names were used.')
      return false
    }
    const name = rr.name
    this.#takeAttributes(entry, offsetBytes)
    if (rr.childLba !== null) this.#followChildLink(entry, rr.childLba, offsetBytes)
    entry.name = name ?? ''
    return name !== null
  }

  /** Copies what the Rock Ridge reader holds. */
  #takeAttributes(entry: IsoEntry, offsetBytes: number): void {
    const rr = this.#rockRidge
    if (rr.mode !== null) {
      entry.mode = modeOf(rr.mode, entry.type === 'directory')
      entry.links = rr.links
      entry.uid = rr.uid
      entry.gid = rr.gid
      entry.serial = rr.serial
      entry.type = entryTypeOf(rr.mode, entry.type === 'directory')
      if (!isKnownType(rr.mode)) {
        const message = 'An entry is of a type that does not exist; it is shown as a file.'
        this.#findings.add('mode-type-unknown', 'note', message, { offsetBytes, clause: 'RRIP 4.1.1' })
      }
    }
    if (rr.modifiedMs !== null) entry.modifiedMs = rr.modifiedMs
    if (rr.link.found && rr.mode === null) entry.type = 'symlink'
    if (entry.type === 'symlink' && rr.link.text !== null) entry.rareFacts.target = rr.link.text
    if (entry.type !== 'file' && entry.type !== 'directory') {
      entry.firstBytes = 0
      entry.sizeBytes = 0
    }
    if (rr.device !== null) entry.rareFacts.device = rr.device
    if (rr.relocated) entry.rareFacts.relocated = true
    if (rr.zisofs !== null && entry.type === 'file' && entry.sizeBytes > 0) {
      entry.rareFacts.zisofs = rr.zisofs
      entry.sizeBytes = rr.zisofs.contentBytes
    }
    if (rr.unknownCompression && entry.type === 'file') entry.rareFacts.unreadable = 'It is compressed in a way that Isomer does not read.'
    if (rr.sparse) {
      entry.rareFacts.unreadable = 'It is stored as a sparse file, which Isomer does not read.'
      this.#findings.add('sparse-file', 'note', 'A file is stored in the sparse form, which Isomer does not read.', { offsetBytes })
    }
  }

  /** Shows a relocated directory where it belongs (RRIP 4.1.5). */
  #followChildLink(entry: IsoEntry, childLba: number, offsetBytes: number): void {
    const directory = new IsoEntry('', 'directory', entry.parent, childLba, 0)
    const isSelfOrParent = childLba === entry.parent?.lba
    if (isSelfOrParent || !this.#adoptSelfRecord(directory)) {
      const message = 'A relocated folder leads to no folder; it is shown empty.'
      this.#findings.add('relocation-invalid', 'damaged', message, { offsetBytes, clause: 'RRIP 4.1.5' })
      entry.type = 'directory'
      entry.firstBytes = 0
      entry.sizeBytes = 0
      return
    }
    entry.type = 'directory'
    entry.lba = childLba
    entry.firstBytes = directory.firstBytes
    entry.sizeBytes = directory.sizeBytes
    entry.mode = directory.mode
    entry.links = directory.links
    entry.uid = directory.uid
    entry.gid = directory.gid
    entry.serial = directory.serial
    entry.modifiedMs = directory.modifiedMs
  }

  /** Takes length and attributes from the directory's record of itself; false when there is none. */
  #adoptSelfRecord(directory: IsoEntry): boolean {
    const offsetBytes = directory.lba * this.blockBytes
    const bytes = this.#cache.view(offsetBytes, SECTOR_BYTES)
    if (!isSelfRecord(bytes)) return false
    directory.firstBytes = lengthBytes(bytes, 0, this.#source.sizeBytes, this.#findings, offsetBytes)
    directory.sizeBytes = directory.firstBytes
    if (this.kind !== 'rockridge') return true
    // The root's own record holds SP itself, so nothing is skipped in it.
    const skippedBytes = directory.parent === null ? 0 : this.#skippedBytes
    this.#rockRidge.read(bytes, systemUseStart(bytes, 0) + skippedBytes, bytes[0] as number, offsetBytes)
    if (this.#rockRidge.found) this.#takeAttributes(directory, offsetBytes)
    return true
  }

  /** Whether it is a folder of the root with nothing in it but directories that were moved there. */
  #holdsOnlyMoved(entry: IsoEntry): boolean {
    if (entry.type !== 'directory' || !isOfRoot(entry)) return false
    if (entry.lba === this.#relocation.lba) return this.#relocation.is
    let count = 0
    let is = true
    for (const children of this.#entries(entry, true)) {
      is &&= children.every((child) => child.type === 'directory' && child.rare?.relocated === true)
      count += children.length
    }
    this.#relocation = { lba: entry.lba, is: is && count > 0 }
    return this.#relocation.is
  }

  /** Length to read, held to what the image and the limits allow. */
  #directoryBytes(directory: IsoEntry): number {
    const offsetBytes = directory.lba * this.blockBytes
    const place = { offsetBytes, path: pathOf(directory), clause: 'ECMA-119 10.1.3' }
    const availableBytes = this.#source.sizeBytes - offsetBytes
    if (availableBytes <= 0) {
      if (directory.firstBytes > 0) {
        this.#findings.add('directory-outside-image', 'damaged', 'A folder lies beyond the end of the image; its content is lost.', place)
      }
      return 0
    }
    const limitBytes = Math.min(availableBytes, MAX_DIRECTORY_BYTES)
    const claimedBytes = directory.firstBytes
    if (claimedBytes > 0 && claimedBytes <= limitBytes) return claimedBytes
    const self = this.#cache.view(offsetBytes, SECTOR_BYTES)
    // Without its own record there, a folder without size is an empty one.
    if (claimedBytes === 0 && directory.parent !== null && !isOwnRecord(self, directory.lba)) return 0
    const code = claimedBytes === 0 ? 'directory-size-zero' : 'directory-cut-off'
    const message = `A folder claims ${claimedBytes} bytes of records, which can't be; it was read as far as it goes.`
    this.#findings.add(code, 'damaged', message, place)
    const ownBytes = isSelfRecord(self) ? lengthBytes(self, 0, limitBytes, this.#findings, offsetBytes) : 0
    return ownBytes > 0 ? Math.min(ownBytes, limitBytes) : Math.min(claimedBytes, limitBytes)
  }

  #addSection(entry: IsoEntry, bytes: Buffer, at: number): void {
    const lba = extentLba(bytes, at, this.#source.sizeBytes / this.blockBytes, this.#findings, 0) + extendedAttributeBlocks(bytes, at)
    const sectionBytes = lengthBytes(bytes, at, Number.MAX_SAFE_INTEGER, this.#findings, 0)
    if (sectionBytes === 0) return
    const { rareFacts } = entry
    if (rareFacts.interleaved !== undefined || interleaveOf(bytes, at) !== null) {
      rareFacts.unreadable = 'It is interleaved and in several parts too, which Isomer does not read.'
    }
    rareFacts.moreExtents ??= []
    if (rareFacts.moreExtents.length >= MAX_FILE_SECTIONS) {
      const message = `A file has more than ${MAX_FILE_SECTIONS} parts, more than any has; it can't be read.`
      this.#findings.add('multi-extent-endless', 'damaged', message, { path: pathOf(entry), clause: 'ECMA-119 6.5.1' })
      rareFacts.unreadable = 'It has more parts than any file has.'
      return
    }
    rareFacts.moreExtents.push({ lba, lengthBytes: sectionBytes })
    entry.sizeBytes += sectionBytes
    this.#checkExtent(entry, lba, sectionBytes, null)
  }

  /** Parts of one file may lie anywhere, but not over each other. */
  #checkSections(entry: IsoEntry): void {
    const sections = entry.extents.sort((a, b) => a.lba - b.lba)
    const isOverlapping = sections.some((section, i) => {
      const next = sections[i + 1]
      return next !== undefined && this.offsetBytes(section) + section.lengthBytes > this.offsetBytes(next)
    })
    if (!isOverlapping) return
    const message = 'Parts of a file lie over each other.'
    this.#findings.add('multi-extent-overlap', 'suspicious', message, { path: pathOf(entry), clause: 'ECMA-119 6.5.1' })
  }

  #unfinished(entry: IsoEntry): IsoEntry {
    const message = 'A file of several parts has no last part; it is shown with those that are there.'
    const details = { path: pathOf(entry), clause: 'ECMA-119 10.1.6' }
    this.#findings.add('multi-extent-unfinished', 'damaged', message, details)
    return entry
  }

  #checkExtent(entry: IsoEntry, lba: number, sectionBytes: number, offsetBytes: number | null): void {
    if (sectionBytes === 0 || lba * this.blockBytes + sectionBytes <= this.#source.sizeBytes) return
    this.#findings.add('extent-outside-image', 'damaged', 'A file reaches beyond the end of the image; its end is lost.', {
      path: pathOf(entry),
      offsetBytes: offsetBytes ?? undefined,
      clause: 'ECMA-119 10.1.3',
    })
  }

  #checkName(entry: IsoEntry, offsetBytes: number): void {
    const name = entry.name === '' ? `unnamed-${entry.lba}` : asPathPart(entry.name)
    if (name === entry.name) return
    const code = entry.name === '' ? 'name-empty' : 'name-unsafe'
    const message =
      entry.name === '' ? 'An entry has no name; it was given one.' : 'A name could lead elsewhere as a path; it is shown escaped.'
    entry.name = name
    this.#findings.add(code, 'damaged', message, { offsetBytes, path: pathOf(entry), clause: 'ECMA-119 7.5' })
  }
}

/** Whether something lies right in the root. */
const isOfRoot = (entry: IsoEntry): boolean => entry.parent !== null && entry.parent.parent === null

/** Path in the tree, such as `/docs/readme.txt`. */
export function pathOf(entry: IsoEntry): string {
  const parts: string[] = []
  for (let at: IsoEntry | null = entry; at?.parent; at = at.parent) parts.push(at.name)
  return `/${parts.reverse().join('/')}`
}
