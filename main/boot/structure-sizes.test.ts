import { describe, expect, it } from 'vitest'
import { ApplePartitionEntry, DriverDescriptor } from './apple-partition-map.ts'
import { DefaultEntry, ExtensionEntry, SectionEntry, SectionHeader, ValidationEntry } from './boot-catalog-entries.ts'
import { BOOT_INFO_END, BOOT_INFO_OFFSET, BootInfoTable } from './boot-info-table.ts'
import { BootRecordDescriptor } from './boot-record.ts'
import { GptEntry, GptHeader } from './guid-partition-table.ts'
import { MasterBootRecord, MbrPartitionEntry } from './master-boot-record.ts'

describe('declared structures have the size that their standards give', () => {
  it.each([
    [BootRecordDescriptor, 2048],
    [ValidationEntry, 32],
    [DefaultEntry, 32],
    [SectionHeader, 32],
    [SectionEntry, 32],
    [ExtensionEntry, 32],
    [BootInfoTable, BOOT_INFO_END - BOOT_INFO_OFFSET],
    [MasterBootRecord, 512],
    [MbrPartitionEntry, 16],
    [GptHeader, 92],
    [GptEntry, 128],
    [DriverDescriptor, 512],
    [ApplePartitionEntry, 512],
  ])('%o', (declared, sizeBytes) => {
    expect(declared.sizeBytes).toBe(sizeBytes)
  })
})

describe('fields stand where their standards put them', () => {
  const offsets = (fields: Record<string, { readonly offset: number }>, ...names: string[]) =>
    names.map((name) => [name, fields[name]?.offset])

  it.each([
    [BootRecordDescriptor, { bootSystemIdentifier: 7, catalogLba: 71 }],
    [ValidationEntry, { platformId: 1, idString: 4, checksum: 28, key55: 30, keyAa: 31 }],
    [DefaultEntry, { mediaType: 1, loadSegment: 2, systemType: 4, sectorCount: 6, extentLba: 8 }],
    [SectionHeader, { platformId: 1, entryCount: 2, idString: 4 }],
    [SectionEntry, { mediaType: 1, loadSegment: 2, systemType: 4, sectorCount: 6, extentLba: 8, selectionCriteriaType: 12 }],
    [ExtensionEntry, { flags: 1, selectionCriteria: 2 }],
    [BootInfoTable, { primaryDescriptorLba: 0, fileLba: 4, fileSizeBytes: 8, checksum: 12 }],
    [MasterBootRecord, { bootImageSector: 432, diskId: 440, partitions: 446, signature: 510 }],
    [MbrPartitionEntry, { firstChs: 1, type: 4, lastChs: 5, firstSector: 8, sectorCount: 12 }],
    [GptHeader, { headerCrc32: 16, mySector: 24, alternateSector: 32, firstUsableSector: 40, lastUsableSector: 48, diskGuid: 56 }],
    [GptHeader, { entriesSector: 72, entryCount: 80, entrySizeBytes: 84, entriesCrc32: 88 }],
    [GptEntry, { partitionGuid: 16, firstSector: 32, lastSector: 40, attributes: 48, typeAttributes: 52, name: 56 }],
    [DriverDescriptor, { blockBytes: 2, blockCount: 4, driverCount: 16 }],
    [ApplePartitionEntry, { mapEntryCount: 4, firstBlock: 8, blockCount: 12, name: 16, type: 48, status: 88, processor: 120 }],
  ])('%o', (declared, expected) => {
    expect(offsets(declared.fields, ...Object.keys(expected))).toEqual(Object.entries(expected))
  })
})
