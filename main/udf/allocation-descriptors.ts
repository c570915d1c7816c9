/** Where things lie: extents, addresses and allocation descriptors (ECMA-167 3/7.1, 4/7.1, 4/14.14; UDF 2.3.10). */
import { raw, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { tag } from './descriptor-tag.ts'
import { nested } from './nested-field.ts'

/** Of the volume, in sectors. */
export const ExtentAd = structure('Extent Descriptor', 'ECMA-167 3/7.1', {
  lengthBytes: u32le,
  locationBlock: u32le,
})

/** Of a partition: which is the index of its map. */
export const LogicalBlockAddress = structure('Logical Block Address', 'ECMA-167 4/7.1', {
  block: u32le,
  partition: u16le,
})

export const ShortAd = structure('Short Allocation Descriptor', 'ECMA-167 4/14.14.1', {
  lengthAndType: u32le, // 4/14.14.1.1
  block: u32le, // 4/14.14.1.2; in the partition that the descriptor itself is in
})

export const LongAd = structure('Long Allocation Descriptor', 'ECMA-167 4/14.14.2', {
  lengthAndType: u32le, // 4/14.14.2.1
  block: u32le, // 4/14.14.2.2
  partition: u16le,
  flags: u16le, // UDF 2.3.10.1
  uniqueId: u32le, // UDF 2.3.4.3, in file identifier descriptors
})

export const ExtendedAd = structure('Extended Allocation Descriptor', 'ECMA-167 4/14.14.3', {
  lengthAndType: u32le, // 4/14.14.3.1
  recordedLengthBytes: u32le, // 4/14.14.3.2
  informationLengthBytes: u32le, // 4/14.14.3.3
  block: u32le, // 4/14.14.3.4
  partition: u16le,
  implementationUse: raw(2), // 4/14.14.3.5
})

/** Allocation extent descriptor: begins a block of further allocation descriptors. */
export const AllocationExtent = structure('Allocation Extent Descriptor', 'ECMA-167 4/14.5', {
  tag,
  previousBlock: u32le, // 4/14.5.2
  descriptorsLengthBytes: u32le, // 4/14.5.3
})

export const extentAd = nested(ExtentAd)
export const shortAd = nested(ShortAd)
export const longAd = nested(LongAd)
export const logicalBlockAddress = nested(LogicalBlockAddress)

export const NO_EXTENT = { lengthBytes: 0, locationBlock: 0 } as const
export const NO_LONG_AD = { lengthAndType: 0, block: 0, partition: 0, flags: 0, uniqueId: 0 } as const

/** The two highest bits of a length (ECMA-167 4/14.14.1.1). */
export const extentTypes = { recorded: 0, allocated: 1, unallocated: 2, continuation: 3 } as const
const TYPE_UNIT = 0x4000_0000

export const extentType = (lengthAndType: number): number => Math.floor(lengthAndType / TYPE_UNIT)
export const extentLengthBytes = (lengthAndType: number): number => lengthAndType % TYPE_UNIT
export const withType = (lengthBytes: number, type: number): number => lengthBytes + type * TYPE_UNIT

/** The longest extent of whole blocks: lengths have 30 bits. */
export const maxExtentBytes = (blockBytes: number): number => TYPE_UNIT - blockBytes
