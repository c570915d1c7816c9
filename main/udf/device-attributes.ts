/** Extended attributes of a device node: its numbers (ECMA-167 4/14.10.7; UDF 3.3.4.4). */
import { sealTag, type TagVersion, tagIds } from './descriptor-tag.ts'
import { developerEntity, EntityIdentifier } from './entity-identifier.ts'
import {
  ATTRIBUTE_SUBTYPE,
  attributeTypes,
  DeviceSpecification,
  ExtendedAttributeHeader,
  NO_ATTRIBUTE_AREA,
} from './extended-attributes.ts'

const ATTRIBUTE_BYTES = DeviceSpecification.sizeBytes + EntityIdentifier.sizeBytes
/** Of all of it. */
export const deviceAttributesBytes = ExtendedAttributeHeader.sizeBytes + ATTRIBUTE_BYTES

export interface DeviceFacts {
  readonly major: number
  readonly minor: number
  readonly tagVersion: TagVersion
  /** Of the file entry that they are in. */
  readonly locationBlock: number
}

export function writeDeviceAttributes(bytes: Uint8Array, at: number, { major, minor, tagVersion, locationBlock }: DeviceFacts): void {
  // What does not exist is said to begin behind the end in UDF 1.x, and nowhere from 2.00 on.
  const none = tagVersion === 2 ? deviceAttributesBytes : NO_ATTRIBUTE_AREA
  ExtendedAttributeHeader.serialise({ implementationAttributesOffset: none, applicationAttributesOffset: none }, bytes, at)
  sealTag(bytes, at, ExtendedAttributeHeader.sizeBytes, { identifier: tagIds.extendedAttributeHeader, version: tagVersion, locationBlock })
  const start = at + ExtendedAttributeHeader.sizeBytes
  DeviceSpecification.serialise(
    {
      type: attributeTypes.deviceSpecification,
      subtype: ATTRIBUTE_SUBTYPE,
      lengthBytes: ATTRIBUTE_BYTES,
      implementationUseLengthBytes: EntityIdentifier.sizeBytes,
      major,
      minor,
    },
    bytes,
    start,
  )
  EntityIdentifier.serialise(developerEntity(), bytes, start + DeviceSpecification.sizeBytes)
}
