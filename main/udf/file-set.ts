/** File set descriptor (ECMA-167 4/14.1; UDF 2.3.2): leads to the root directory. */
import { reserved, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { longAd } from './allocation-descriptors.ts'
import { characterSet } from './character-set.ts'
import { dstring } from './compressed-unicode.ts'
import { tag } from './descriptor-tag.ts'
import { entityIdentifier } from './entity-identifier.ts'
import { timestamp } from './timestamp.ts'

export const FileSetDescriptor = structure('File Set Descriptor', 'ECMA-167 4/14.1', {
  tag, // 4/14.1.1
  recordedAt: timestamp, // 4/14.1.2
  interchangeLevel: u16le, // 4/14.1.3
  maximumInterchangeLevel: u16le, // 4/14.1.4
  characterSetList: u32le, // 4/14.1.5
  maximumCharacterSetList: u32le, // 4/14.1.6
  fileSetNumber: u32le, // 4/14.1.7
  descriptorNumber: u32le, // 4/14.1.8
  logicalVolumeCharacterSet: characterSet, // 4/14.1.9
  logicalVolumeIdentifier: dstring(128), // 4/14.1.10
  fileSetCharacterSet: characterSet, // 4/14.1.11
  fileSetIdentifier: dstring(32), // 4/14.1.12
  copyrightFileIdentifier: dstring(32), // 4/14.1.13
  abstractFileIdentifier: dstring(32), // 4/14.1.14
  rootDirectory: longAd, // 4/14.1.15
  domain: entityIdentifier, // 4/14.1.16
  next: longAd, // 4/14.1.17
  systemStreamDirectory: longAd, // 4/14.1.18, from UDF 2.00 on
  reserved480: reserved(32), // 4/14.1.19
})
