import { describe, expect, it } from 'vitest'
import { DirectoryRecord } from './directory-record.ts'
import { TypeLPathTableRecord, TypeMPathTableRecord } from './path-table-record.ts'
import { CeEntry, LinkEntry, PnEntry, PxEntry, SpEntry } from './system-use.ts'
import { EnhancedVolumeDescriptor, JolietVolumeDescriptor, PrimaryVolumeDescriptor, SetTerminator } from './volume-descriptor.ts'

describe('declared structures have the size and offsets that the standards give', () => {
  it.each([
    [PrimaryVolumeDescriptor, 2048],
    [JolietVolumeDescriptor, 2048],
    [EnhancedVolumeDescriptor, 2048],
    [SetTerminator, 2048],
    [DirectoryRecord, 33],
    [TypeLPathTableRecord, 8],
    [TypeMPathTableRecord, 8],
    [SpEntry, 7],
    [CeEntry, 28],
    [PxEntry, 44],
    [PnEntry, 20],
    [LinkEntry, 12],
  ])('%o', (declared, sizeBytes) => {
    expect(declared.sizeBytes).toBe(sizeBytes)
  })

  it.each([
    ['volumeIdentifier', 40],
    ['volumeSpaceSizeBlocks', 80],
    ['escapeSequences', 88],
    ['logicalBlockSizeBytes', 128],
    ['typeLPathTableLba', 140],
    ['typeMPathTableLba', 148],
    ['rootDirectoryRecord', 156],
    ['volumeSetIdentifier', 190],
    ['applicationIdentifier', 574],
    ['creationDate', 813],
    ['fileStructureVersion', 881],
    ['applicationUse', 883],
  ] as const)('%s at byte %i', (field, offset) => {
    expect(PrimaryVolumeDescriptor.fields[field].offset).toBe(offset)
  })
})
