/**
 * A directory of the ISO 9660 tree as bytes: its records, with Rock Ridge in their system use areas, and behind them
 * the continuation blocks for what the records have no room for. Measuring and writing run the same code.
 */
import { fileFlags, MAX_RECORD_BYTES, recordBaseBytes } from '../../iso9660/directory-record.ts'
import {
  DirectoryMeasure,
  DirectoryWriter,
  PARENT_IDENTIFIER,
  type RecordFacts,
  recordBytes,
  SELF_IDENTIFIER,
} from '../../iso9660/directory-writer.ts'
import { compareIdentifiers } from '../../iso9660/iso-names.ts'
import { CeEntry } from '../../iso9660/system-use.ts'
import { plainSystemUseBytes, SystemUseComposer, writeContinuation } from '../../iso9660/system-use-composer.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { fileSections } from './file-sections.ts'
import type { ImagePlan, PlannedDirectory, PlannedEntry } from './planned-tree.ts'
import { isShownIn } from './presence.ts'
import type { SourceNode } from './source-tree.ts'

/** What a record stands for, where that isn't plain from its entry. */
type Role =
  | 'plain'
  /** A relocated directory at the place where people see it: a CL entry leads to it. */
  | 'placeholder'
  /** The same directory where the ISO 9660 tree has it: an RE entry hides it there. */
  | 'relocated'

interface IsoRecord {
  readonly entry: PlannedEntry
  readonly role: Role
  /** Without version, for sorting. */
  readonly name: string
}

/** Takes measured or written records; continuation areas get their places in the order they come. */
interface Sink {
  record(identifier: Uint8Array, facts: RecordFacts, systemUse: SystemUseComposer): void
}

export class IsoDirectoryComposer {
  private readonly plan: ImagePlan
  private readonly composer = new SystemUseComposer()

  constructor(plan: ImagePlan) {
    this.plan = plan
  }

  /** Sets the directory's size and that of its continuation blocks. */
  measure(directory: PlannedDirectory): void {
    const records = new DirectoryMeasure()
    const areas = new ContinuationAreas(0)
    const sink: Sink = {
      record: (identifier, _facts, systemUse) => {
        const base = recordBaseBytes(identifier.length)
        const split = systemUse.split(base)
        records.add(recordBytes(identifier.length, split === null ? systemUse.lengthBytes : split.inRecordBytes + CeEntry.sizeBytes))
        for (const { lengthBytes } of split?.areas ?? []) areas.place(lengthBytes)
      },
    }
    this.selfAndParent(directory, sink)
    for (const record of this.records(directory)) {
      const plainBytes = this.plainRecordBytes(record)
      if (plainBytes !== null) for (let i = 0; i < sectionCount(record); i++) records.add(plainBytes)
      else this.entryRecords(record, sink)
    }
    directory.iso.sizeBytes = records.sizeBytes
    directory.iso.continuationBytes = areas.sizeBytes
  }

  /** Writes records and continuation blocks into `bytes`, which must be zeroed and of the measured size. */
  write(directory: PlannedDirectory, bytes: Uint8Array): void {
    const { sizeBytes, extentLba } = directory.iso
    const records = new DirectoryWriter(bytes.subarray(0, sizeBytes))
    const areas = new ContinuationAreas(extentLba + sizeBytes / SECTOR_BYTES)
    const sink: Sink = {
      record: (identifier, facts, systemUse) => {
        const split = systemUse.split(recordBaseBytes(identifier.length))
        const inRecord = split?.inRecordBytes ?? systemUse.lengthBytes
        let at = records.record(identifier, facts, inRecord + (split === null ? 0 : CeEntry.sizeBytes))
        bytes.set(systemUse.bytes.subarray(0, inRecord), at)
        at += inRecord
        let from = inRecord
        for (const { entriesBytes, lengthBytes } of split?.areas ?? []) {
          const area = areas.place(lengthBytes)
          writeContinuation(bytes, at, area.lba, area.offsetBytes, lengthBytes)
          at = sizeBytes + area.positionBytes
          bytes.set(systemUse.bytes.subarray(from, from + entriesBytes), at)
          at += entriesBytes
          from += entriesBytes
        }
      },
    }
    this.selfAndParent(directory, sink)
    for (const record of this.records(directory)) this.entryRecords(record, sink)
  }

  /** The directory's records in order, besides the first two. */
  private records(directory: PlannedDirectory): IsoRecord[] {
    const { rockRidge } = this.plan.policy
    const records: IsoRecord[] = []
    for (const entry of directory.children) {
      if (!isShownIn('iso9660', entry.source)) continue
      if (entry.directory?.isRelocated) {
        if (rockRidge) records.push({ entry, role: 'placeholder', name: entry.isoName })
      } else if (entry.directory !== null || entry.content !== null || rockRidge) {
        records.push({ entry, role: 'plain', name: entry.isoName })
      }
    }
    for (const [moved, name] of directory.relocatedHere ?? []) records.push({ entry: moved.entry, role: 'relocated', name })
    if (directory === this.plan.root && this.plan.relocation !== null)
      records.push({ entry: this.plan.relocation.entry, role: 'relocated', name: this.plan.relocation.entry.isoName })
    return records.sort((a, b) => compareIdentifiers(a.name, b.name))
  }

  /** Length of a record that surely needs no continuation, without composing it; null when it must be composed. */
  private plainRecordBytes({ entry, role, name }: IsoRecord): number | null {
    const base = recordBaseBytes(name.length + (entry.directory === null ? this.plan.policy.fileVersion.length : 0))
    if (!this.plan.policy.rockRidge) return base
    if (role !== 'plain' || (entry.content === null && entry.directory === null) || entry.source.extra?.zisofs) return null
    const nameBytes = entry.source.extra?.nameBytes?.length ?? Buffer.byteLength(entry.source.name)
    const systemUse = plainSystemUseBytes(nameBytes)
    return base + systemUse <= MAX_RECORD_BYTES ? base + systemUse + (systemUse % 2) : null
  }

  private selfAndParent(directory: PlannedDirectory, sink: Sink): void {
    const { composer } = this
    const isRoot = directory === this.plan.root
    const parent = directory.isoParent ?? directory
    const { rockRidge } = this.plan.policy
    composer.begin()
    if (rockRidge) {
      if (isRoot) composer.sharingProtocol()
      this.attributes(directory.entry)
      if (isRoot) composer.extensionReference()
    }
    sink.record(SELF_IDENTIFIER, this.directoryFacts(directory), composer)
    composer.begin()
    if (rockRidge) {
      this.attributes((directory.parent ?? directory).entry)
      if (directory.isRelocated) composer.directoryLink('PL', (directory.parent as PlannedDirectory).iso.extentLba)
    }
    sink.record(PARENT_IDENTIFIER, this.directoryFacts(parent), composer)
  }

  private entryRecords(record: IsoRecord, sink: Sink): void {
    const { entry, role, name } = record
    this.composer.begin()
    if (this.plan.policy.rockRidge) this.systemUse(entry, role)
    if (entry.directory !== null && role !== 'placeholder') {
      sink.record(Buffer.from(name, 'latin1'), this.directoryFacts(entry.directory), this.composer)
      return
    }
    const identifier = Buffer.from(name + this.plan.policy.fileVersion, 'latin1')
    const recordedAtMs = this.timeOf(entry.source.modifiedS) * 1000
    for (const section of fileSections(entry.content?.extentLba ?? 0, entry.content?.source.sizeBytes ?? 0)) {
      const { extentLba, dataLengthBytes, isLast } = section
      const flags = (isLast ? 0 : fileFlags.multiExtent) | hiddenFlag(entry.source)
      sink.record(identifier, { extentLba, dataLengthBytes, recordedAtMs, flags }, this.composer)
    }
  }

  private systemUse(entry: PlannedEntry, role: Role): void {
    const { composer } = this
    this.attributes(entry)
    composer.name(entry.source.extra?.nameBytes ?? entry.source.name)
    if (entry.source.extra?.linkTarget) composer.symbolicLink(entry.source.extra.linkTarget)
    if (entry.source.extra?.device) composer.deviceNumber(entry.source.extra.device.major, entry.source.extra.device.minor)
    if (entry.source.extra?.zisofs) composer.compression(entry.source.extra.zisofs)
    if (role === 'placeholder') composer.directoryLink('CL', (entry.directory as PlannedDirectory).iso.extentLba)
    if (role === 'relocated') composer.relocated()
  }

  private attributes(entry: PlannedEntry): void {
    const { fixedOwner } = this.plan.policy
    const { source, content, directory } = entry
    const links = content?.linkCount ?? (directory === null ? 1 : 2 + directory.subdirectoryCount)
    const serial = content?.serialNumber ?? entry.serialNumber
    this.composer.posixAttributes(source.mode, links, fixedOwner ? 0 : source.uid, fixedOwner ? 0 : source.gid, serial)
    this.composer.timeStamps(this.timeOf(source.modifiedS), this.timeOf(source.accessedS), this.timeOf(source.changedS))
  }

  private directoryFacts(directory: PlannedDirectory): RecordFacts {
    return directoryFacts(directory.entry.source, directory.iso, this.plan.policy.fixedTimeS)
  }

  private timeOf(seconds: number): number {
    return this.plan.policy.fixedTimeS ?? seconds
  }
}

/** What a record says of a directory. */
export function directoryFacts(
  source: SourceNode,
  place: { readonly extentLba: number; readonly sizeBytes: number },
  fixedTimeS: number | null,
): RecordFacts {
  return {
    extentLba: place.extentLba,
    dataLengthBytes: place.sizeBytes,
    recordedAtMs: (fixedTimeS ?? source.modifiedS) * 1000,
    flags: fileFlags.directory | hiddenFlag(source),
  }
}

/** What a file's or folder's record says of who should see it. */
export function hiddenFlag({ extra }: SourceNode): number {
  return extra?.isHidden ? fileFlags.hidden : 0
}

function sectionCount({ entry }: IsoRecord): number {
  return fileSections(0, entry.content?.source.sizeBytes ?? 0).length
}

/** Places continuation areas one behind the other, none across a block border. */
class ContinuationAreas {
  private at = 0
  private readonly firstLba: number

  constructor(firstLba: number) {
    this.firstLba = firstLba
  }

  place(lengthBytes: number): { lba: number; offsetBytes: number; positionBytes: number } {
    const left = SECTOR_BYTES - (this.at % SECTOR_BYTES)
    const positionBytes = lengthBytes <= left ? this.at : this.at + left
    this.at = positionBytes + lengthBytes
    return { lba: this.firstLba + Math.floor(positionBytes / SECTOR_BYTES), offsetBytes: positionBytes % SECTOR_BYTES, positionBytes }
  }

  get sizeBytes(): number {
    return Math.ceil(this.at / SECTOR_BYTES) * SECTOR_BYTES
  }
}
