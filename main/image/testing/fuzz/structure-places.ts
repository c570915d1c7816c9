/** Finds the declared structures in an image, so that mutations can aim at their fields. */
import { ApplePartitionEntry } from '../../../boot/apple-partition-map.ts'
import {
  CATALOG_ENTRY_BYTES,
  DefaultEntry,
  ExtensionEntry,
  entryIndicators,
  SectionEntry,
  SectionHeader,
  ValidationEntry,
} from '../../../boot/boot-catalog-entries.ts'
import { BOOT_INFO_OFFSET, BootInfoTable } from '../../../boot/boot-info-table.ts'
import { BootRecordDescriptor, isElToritoRecord } from '../../../boot/boot-record.ts'
import { GPT_SIGNATURE, GptEntry, GptHeader } from '../../../boot/guid-partition-table.ts'
import { MasterBootRecord, MBR_PARTITIONS, MBR_SIGNATURE, MbrPartitionEntry } from '../../../boot/master-boot-record.ts'
import { readU32Le } from '../../../bytes/field-types.ts'
import { DirectoryRecord, fileFlags, recordBaseBytes } from '../../../iso9660/directory-record.ts'
import { pathTableRecordBytes, TypeLPathTableRecord, TypeMPathTableRecord } from '../../../iso9660/path-table-record.ts'
import {
  CeEntry,
  ErEntry,
  FlaggedEntry,
  LinkEntry,
  PnEntry,
  PxEntry,
  SpEntry,
  SystemUseHeader,
  TfEntry,
  ZfEntry,
} from '../../../iso9660/system-use.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  SetTerminator,
} from '../../../iso9660/volume-descriptor.ts'
import { ZisofsHeader } from '../../../iso9660/zisofs.ts'
import { AllocationExtent } from '../../../udf/allocation-descriptors.ts'
import { DescriptorTag, judgeTag, tagIdentifier, tagIds } from '../../../udf/descriptor-tag.ts'
import { FileIdentifier } from '../../../udf/file-identifier.ts'
import { FileSetDescriptor } from '../../../udf/file-set.ts'
import { ExtendedFileEntry, FileEntry, IndirectEntry } from '../../../udf/information-control-block.ts'
import { SparingTable } from '../../../udf/sparing-table.ts'
import {
  AnchorVolumeDescriptorPointer,
  LogicalVolumeDescriptor,
  PartitionDescriptor,
  PrimaryVolumeDescriptor as UdfPrimaryVolumeDescriptor,
} from '../../../udf/volume-descriptors.ts'
import { LogicalVolumeIntegrity } from '../../../udf/volume-integrity.ts'
import { recognitionIds, VolumeStructureDescriptor } from '../../../udf/volume-recognition.ts'

export interface AnyStructure {
  readonly name: string
  readonly sizeBytes: number
  readonly fields: Readonly<Record<string, { readonly offset: number; readonly sizeBytes: number }>>
}

/** A structure and where it begins. */
export interface StructurePlace {
  readonly structure: AnyStructure
  readonly at: number
  /** With what follows the declared part. */
  readonly lengthBytes: number
}

const SYSTEM_USE = new Map<string, AnyStructure>([
  ['SP', SpEntry],
  ['CE', CeEntry],
  ['ER', ErEntry],
  ['PX', PxEntry],
  ['PN', PnEntry],
  ['NM', FlaggedEntry],
  ['SL', FlaggedEntry],
  ['CL', LinkEntry],
  ['PL', LinkEntry],
  ['TF', TfEntry],
  ['ZF', ZfEntry],
])

const TAGGED = new Map<number, AnyStructure>([
  [tagIds.sparingTable, SparingTable],
  [tagIds.primaryVolume, UdfPrimaryVolumeDescriptor],
  [tagIds.anchor, AnchorVolumeDescriptorPointer],
  [tagIds.partition, PartitionDescriptor],
  [tagIds.logicalVolume, LogicalVolumeDescriptor],
  [tagIds.logicalVolumeIntegrity, LogicalVolumeIntegrity],
  [tagIds.fileSet, FileSetDescriptor],
  [tagIds.fileIdentifier, FileIdentifier],
  [tagIds.allocationExtent, AllocationExtent],
  [tagIds.indirectEntry, IndirectEntry],
  [tagIds.fileEntry, FileEntry],
  [tagIds.extendedFileEntry, ExtendedFileEntry],
])

const BOOT_ENTRIES = new Map<number, AnyStructure>([
  [entryIndicators.validation, ValidationEntry],
  [entryIndicators.header, SectionHeader],
  [entryIndicators.lastHeader, SectionHeader],
  [entryIndicators.bootable, SectionEntry],
  [entryIndicators.extension, ExtensionEntry],
])

const RECOGNITION: readonly string[] = Object.values(recognitionIds)

const MAX_DIRECTORIES = 500
const MAX_PATH_TABLE_BYTES = 64 * 1024
const TAG_IDS: readonly number[] = Object.values(tagIds)
const MAX_GPT_PLACES = 4
const ELTORITO_ENTRIES = 16

/** Of a sound image all structures; of a damaged one those that can still be found. */
export function structurePlaces(image: Buffer): StructurePlace[] {
  const finder = new PlaceFinder(image)
  finder.volumeDescriptors()
  finder.tagged()
  finder.partitionTables()
  return finder.places
}

class PlaceFinder {
  readonly places: StructurePlace[] = []
  readonly #image: Buffer
  readonly #directories = new Set<number>()

  constructor(image: Buffer) {
    this.#image = image
  }

  volumeDescriptors(): void {
    for (let lba = FIRST_DESCRIPTOR_LBA; lba < FIRST_DESCRIPTOR_LBA + 16; lba++) {
      const at = lba * SECTOR_BYTES
      const identifier = this.#image.toString('latin1', at + 1, at + 6)
      if (RECOGNITION.includes(identifier)) this.#add(VolumeStructureDescriptor, at)
      if (identifier !== 'CD001') continue
      const type = DescriptorHeader.fields.type.get(this.#image, at)
      if (type === descriptorTypes.primary || type === descriptorTypes.supplementary) this.#volume(at)
      else if (type === descriptorTypes.terminator) this.#add(SetTerminator, at)
      else if (isElToritoRecord(this.#image.subarray(at, at + SECTOR_BYTES))) this.#bootCatalog(at)
    }
  }

  tagged(): void {
    for (let at = 0; at + 16 <= this.#image.length; at += 4) {
      if (tagIdentifier(this.#image, at) === 0 || judgeTag(this.#image, at, null) !== 'sound') continue
      const identifier = tagIdentifier(this.#image, at)
      const version = DescriptorTag.fields.version.get(this.#image, at)
      if (!TAG_IDS.includes(identifier) || (version !== 2 && version !== 3)) continue
      const structure = TAGGED.get(identifier) ?? DescriptorTag
      this.#add(structure, at, DescriptorTag.sizeBytes + DescriptorTag.fields.crcLengthBytes.get(this.#image, at))
    }
  }

  partitionTables(): void {
    const image = this.#image
    if (image.length >= 512 && MasterBootRecord.fields.signature.get(image, 0) === MBR_SIGNATURE) {
      this.#add(MasterBootRecord, 0)
      for (let i = 0; i < MBR_PARTITIONS; i++)
        this.#add(MbrPartitionEntry, MasterBootRecord.fields.partitions.offset + i * MbrPartitionEntry.sizeBytes)
    }
    for (const at of [512, image.length - 512]) {
      if (at < 0 || image.toString('latin1', at, at + 8) !== GPT_SIGNATURE) continue
      this.#add(GptHeader, at)
      const entries = image.readUInt32LE(at + GptHeader.fields.entriesSector.offset) * 512
      for (let i = 0; i < MAX_GPT_PLACES; i++) this.#add(GptEntry, entries + i * GptEntry.sizeBytes)
    }
    if (image.toString('latin1', 512, 514) === 'PM') this.#add(ApplePartitionEntry, 512)
  }

  #add(structure: AnyStructure, at: number, lengthBytes: number = structure.sizeBytes): void {
    if (at >= 0 && at + structure.sizeBytes <= this.#image.length) this.places.push({ structure, at, lengthBytes })
  }

  #volume(at: number): void {
    const image = this.#image
    this.#add(PrimaryVolumeDescriptor, at)
    const { fields } = PrimaryVolumeDescriptor
    const blockBytes = fields.logicalBlockSizeBytes.get(image, at) || SECTOR_BYTES
    const root = at + fields.rootDirectoryRecord.offset
    this.#add(DirectoryRecord, root)
    const tableBytes = Math.min(fields.pathTableSizeBytes.get(image, at), MAX_PATH_TABLE_BYTES)
    this.#pathTable(TypeLPathTableRecord, fields.typeLPathTableLba.get(image, at) * blockBytes, tableBytes)
    this.#pathTable(TypeMPathTableRecord, fields.typeMPathTableLba.get(image, at) * blockBytes, tableBytes)
    this.#directory(readU32Le(image, root + 2), readU32Le(image, root + 10), blockBytes)
  }

  #pathTable(structure: typeof TypeLPathTableRecord | typeof TypeMPathTableRecord, start: number, sizeBytes: number): void {
    for (let at = start; at < start + sizeBytes && at + structure.sizeBytes <= this.#image.length; ) {
      const lengthBytes = pathTableRecordBytes(this.#image[at] as number)
      this.#add(structure, at, lengthBytes)
      at += lengthBytes
    }
  }

  #directory(lba: number, sizeBytes: number, blockBytes: number): void {
    const start = lba * blockBytes
    if (this.#directories.has(lba) || this.#directories.size >= MAX_DIRECTORIES || start >= this.#image.length) return
    this.#directories.add(lba)
    const end = Math.min(start + sizeBytes, this.#image.length - DirectoryRecord.sizeBytes)
    for (let at = start; at < end; ) {
      const lengthBytes = this.#image[at] as number
      if (lengthBytes <= DirectoryRecord.sizeBytes) {
        at += SECTOR_BYTES - (at % SECTOR_BYTES)
        continue
      }
      this.#record(at, lengthBytes, blockBytes)
      at += lengthBytes
    }
  }

  #record(at: number, lengthBytes: number, blockBytes: number): void {
    const image = this.#image
    this.#add(DirectoryRecord, at, lengthBytes)
    const areaAt = at + recordBaseBytes(DirectoryRecord.fields.identifierLengthBytes.get(image, at))
    this.#systemUse(areaAt, Math.min(at + lengthBytes, image.length), blockBytes, 0)
    const lba = DirectoryRecord.fields.extentLba.get(image, at)
    const isDirectory = (DirectoryRecord.fields.fileFlags.get(image, at) & fileFlags.directory) !== 0
    if (isDirectory) this.#directory(lba, DirectoryRecord.fields.dataLengthBytes.get(image, at), blockBytes)
    else if (image.readUInt32LE(Math.min(lba * blockBytes, image.length - 4)) === 0x9653e437) this.#add(ZisofsHeader, lba * blockBytes)
  }

  #systemUse(start: number, end: number, blockBytes: number, hops: number): void {
    for (let at = start; at + SystemUseHeader.sizeBytes <= end; ) {
      const { signature, lengthBytes } = SystemUseHeader.parse(this.#image, at)
      if (lengthBytes < SystemUseHeader.sizeBytes || at + lengthBytes > end) return
      const structure = SYSTEM_USE.get(signature)
      this.#add(structure ?? SystemUseHeader, at, lengthBytes)
      if (structure === CeEntry && lengthBytes >= CeEntry.sizeBytes && hops < 4) {
        const { areaLba, areaOffsetBytes, areaLengthBytes } = CeEntry.parse(this.#image, at)
        const areaAt = areaLba * blockBytes + areaOffsetBytes
        this.#systemUse(areaAt, Math.min(areaAt + areaLengthBytes, this.#image.length), blockBytes, hops + 1)
      }
      at += lengthBytes
    }
  }

  #bootCatalog(recordAt: number): void {
    this.#add(BootRecordDescriptor, recordAt)
    const catalogAt = BootRecordDescriptor.fields.catalogLba.get(this.#image, recordAt) * SECTOR_BYTES
    for (let slot = 0; slot < ELTORITO_ENTRIES; slot++) {
      const at = catalogAt + slot * CATALOG_ENTRY_BYTES
      if (at + CATALOG_ENTRY_BYTES > this.#image.length) return
      const structure = slot === 1 ? DefaultEntry : BOOT_ENTRIES.get(this.#image[at] as number)
      if (structure === undefined) continue
      this.#add(structure, at)
      if (structure === DefaultEntry || structure === SectionEntry)
        this.#add(BootInfoTable, DefaultEntry.fields.extentLba.get(this.#image, at) * SECTOR_BYTES + BOOT_INFO_OFFSET)
    }
  }
}
