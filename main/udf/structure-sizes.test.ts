import { describe, expect, it } from 'vitest'
import { AllocationExtent, ExtendedAd, ExtentAd, LogicalBlockAddress, LongAd, ShortAd } from './allocation-descriptors.ts'
import { CharacterSet } from './character-set.ts'
import { DescriptorTag } from './descriptor-tag.ts'
import { DomainSuffix, EntityIdentifier, ImplementationSuffix, UdfSuffix } from './entity-identifier.ts'
import { AttributeHeader, DeviceSpecification, ExtendedAttributeHeader, ImplementationUseAttribute } from './extended-attributes.ts'
import { FileIdentifier } from './file-identifier.ts'
import { FileSetDescriptor } from './file-set.ts'
import { ExtendedFileEntry, FileEntry, IcbTag, IndirectEntry, TerminalEntry } from './information-control-block.ts'
import { MetadataMapUse, SparableMapUse, Type1PartitionMap, Type2PartitionMap } from './partition-maps.ts'
import { PathComponent } from './path-component.ts'
import { SpaceBitmap } from './space-bitmap.ts'
import { SparingEntry, SparingTable } from './sparing-table.ts'
import { VirtualAllocationHeader, VirtualAllocationTrailer } from './virtual-allocation-table.ts'
import {
  AnchorVolumeDescriptorPointer,
  ImplementationUseVolumeDescriptor,
  LogicalVolumeDescriptor,
  PartitionDescriptor,
  PartitionHeader,
  PrimaryVolumeDescriptor,
  TerminatingDescriptor,
  UnallocatedSpaceDescriptor,
  VolumeDescriptorPointer,
} from './volume-descriptors.ts'
import { IntegrityImplementationUse, LogicalVolumeIntegrity } from './volume-integrity.ts'
import { VolumeStructureDescriptor } from './volume-recognition.ts'

/** Sizes and byte positions as ECMA-167 3rd edition and UDF 2.60 print them. */
describe('declared structures have the size that the standards give', () => {
  it.each([
    [DescriptorTag, 16],
    [ExtentAd, 8],
    [LogicalBlockAddress, 6],
    [ShortAd, 8],
    [LongAd, 16],
    [ExtendedAd, 20],
    [AllocationExtent, 24],
    [CharacterSet, 64],
    [EntityIdentifier, 32],
    [DomainSuffix, 8],
    [UdfSuffix, 8],
    [ImplementationSuffix, 8],
    [VolumeStructureDescriptor, 2048],
    [PrimaryVolumeDescriptor, 512],
    [AnchorVolumeDescriptorPointer, 512],
    [VolumeDescriptorPointer, 512],
    [ImplementationUseVolumeDescriptor, 512],
    [PartitionHeader, 128],
    [PartitionDescriptor, 512],
    [LogicalVolumeDescriptor, 440],
    [UnallocatedSpaceDescriptor, 24],
    [TerminatingDescriptor, 512],
    [LogicalVolumeIntegrity, 80],
    [IntegrityImplementationUse, 46],
    [Type1PartitionMap, 6],
    [Type2PartitionMap, 64],
    [SparableMapUse, 24],
    [MetadataMapUse, 24],
    [FileSetDescriptor, 512],
    [FileIdentifier, 38],
    [IcbTag, 20],
    [FileEntry, 176],
    [ExtendedFileEntry, 216],
    [IndirectEntry, 52],
    [TerminalEntry, 36],
    [ExtendedAttributeHeader, 24],
    [AttributeHeader, 12],
    [DeviceSpecification, 24],
    [ImplementationUseAttribute, 48],
    [PathComponent, 4],
    [VirtualAllocationTrailer, 36],
    [VirtualAllocationHeader, 152],
    [SparingTable, 56],
    [SparingEntry, 8],
    [SpaceBitmap, 24],
  ])('%o', (declared, sizeBytes) => {
    expect(declared.sizeBytes).toBe(sizeBytes)
  })
})

describe('fields stand where the standards have them', () => {
  const places = [
    [
      PrimaryVolumeDescriptor,
      {
        volumeIdentifier: 24,
        volumeSetIdentifier: 72,
        descriptorCharacterSet: 200,
        application: 344,
        recordedAt: 376,
        implementation: 388,
        flags: 488,
      },
    ],
    [ImplementationUseVolumeDescriptor, { implementation: 20, characterSet: 52, logicalVolumeIdentifier: 116, info1: 244, developer: 352 }],
    [
      PartitionDescriptor,
      { number: 22, contents: 24, contentsUse: 56, accessType: 184, startBlock: 188, lengthBlocks: 192, implementation: 196 },
    ],
    [
      LogicalVolumeDescriptor,
      {
        logicalVolumeIdentifier: 84,
        logicalBlockSizeBytes: 212,
        domain: 216,
        fileSetDescriptor: 248,
        mapTableLengthBytes: 264,
        partitionMapCount: 268,
        integritySequence: 432,
      },
    ],
    [
      LogicalVolumeIntegrity,
      { recordedAt: 16, integrityType: 28, next: 32, nextUniqueId: 40, partitionCount: 72, implementationUseLengthBytes: 76 },
    ],
    [Type2PartitionMap, { kind: 4, volumeSequenceNumber: 36, partitionNumber: 38, use: 40 }],
    [
      FileSetDescriptor,
      {
        recordedAt: 16,
        fileSetNumber: 40,
        logicalVolumeIdentifier: 112,
        fileSetIdentifier: 304,
        rootDirectory: 400,
        domain: 416,
        next: 448,
        systemStreamDirectory: 464,
      },
    ],
    [FileIdentifier, { fileVersionNumber: 16, characteristics: 18, identifierLengthBytes: 19, icb: 20, implementationUseLengthBytes: 36 }],
    [IcbTag, { strategyType: 4, maximumEntries: 8, fileType: 11, parentIcb: 12, flags: 18 }],
    [
      FileEntry,
      {
        icbTag: 16,
        uid: 36,
        permissions: 44,
        linkCount: 48,
        informationLengthBytes: 56,
        recordedBlocks: 64,
        modifiedAt: 84,
        implementation: 128,
        uniqueId: 160,
        extendedAttributesLengthBytes: 168,
      },
    ],
    [
      ExtendedFileEntry,
      {
        objectSizeBytes: 64,
        recordedBlocks: 72,
        modifiedAt: 92,
        createdAt: 104,
        attributesAt: 116,
        extendedAttributeIcb: 136,
        streamDirectoryIcb: 152,
        implementation: 168,
        uniqueId: 200,
        allocationDescriptorsLengthBytes: 212,
      },
    ],
    [LongAd, { block: 4, partition: 8, flags: 10, uniqueId: 12 }],
    [ExtendedAd, { recordedLengthBytes: 4, informationLengthBytes: 8, block: 12, partition: 16 }],
    [MetadataMapUse, { mirrorFileBlock: 4, bitmapFileBlock: 8, allocationUnitBlocks: 12, alignmentUnitBlocks: 16, flags: 18 }],
    [SparableMapUse, { tableCount: 2, tableSizeBytes: 4, tableLocation1: 8 }],
    [VirtualAllocationHeader, { logicalVolumeIdentifier: 4, previousTableBlock: 132, minimumReadRevision: 144 }],
  ] as const
  it.each(
    places.flatMap(([declared, fields]) =>
      Object.entries(fields).map(([name, offset]) => [declared.name, name, declared, offset] as const),
    ),
  )('%s: %s', (_, name, declared, offset) => {
    const fields: Readonly<Record<string, { readonly offset: number }>> = declared.fields
    expect(fields[name]?.offset).toBe(offset)
  })
})
