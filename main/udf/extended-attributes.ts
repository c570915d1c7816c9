/** Extended attributes in a file entry (ECMA-167 4/14.10; UDF 3.3.4). */
import { reserved, u8, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { tag } from './descriptor-tag.ts'
import { entityIdentifier } from './entity-identifier.ts'

export const ExtendedAttributeHeader = structure('Extended Attribute Header Descriptor', 'ECMA-167 4/14.10.1', {
  tag, // 4/14.10.1.1
  implementationAttributesOffset: u32le, // 4/14.10.1.2
  applicationAttributesOffset: u32le, // 4/14.10.1.3
})

/** What all attributes begin with. */
export const AttributeHeader = structure('Extended Attribute', 'ECMA-167 4/14.10.2', {
  type: u32le, // 4/14.10.2.1
  subtype: u8, // 4/14.10.2.2
  reserved5: reserved(3), // 4/14.10.2.3
  lengthBytes: u32le, // 4/14.10.2.4
})

/** Up to its implementation use, which follows. */
export const DeviceSpecification = structure('Device Specification Extended Attribute', 'ECMA-167 4/14.10.7', {
  type: u32le, // 4/14.10.7.1
  subtype: u8, // 4/14.10.7.2
  reserved5: reserved(3), // 4/14.10.7.3
  lengthBytes: u32le, // 4/14.10.7.4
  implementationUseLengthBytes: u32le, // 4/14.10.7.5
  major: u32le, // 4/14.10.7.6
  minor: u32le, // 4/14.10.7.7
})

/** Up to its data, which follow. */
export const ImplementationUseAttribute = structure('Implementation Use Extended Attribute', 'ECMA-167 4/14.10.8', {
  type: u32le, // 4/14.10.8.1
  subtype: u8, // 4/14.10.8.2
  reserved5: reserved(3), // 4/14.10.8.3
  lengthBytes: u32le, // 4/14.10.8.4
  implementationUseLengthBytes: u32le, // 4/14.10.8.5
  implementation: entityIdentifier, // 4/14.10.8.6
})

export const attributeTypes = { fileTimes: 5, deviceSpecification: 12, implementationUse: 2048, applicationUse: 65_536 } as const
export const ATTRIBUTE_SUBTYPE = 1
/** An attribute area that there is none of (UDF 3.3.4.1). */
export const NO_ATTRIBUTE_AREA = 0xffff_ffff
