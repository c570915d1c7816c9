/** File identifier descriptor (ECMA-167 4/14.4; UDF 2.3.4): one name in a directory. */
import { u8, u16le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { longAd } from './allocation-descriptors.ts'
import { tag } from './descriptor-tag.ts'

/** Up to its implementation use and identifier, which follow and are filled up to a multiple of four. */
export const FileIdentifier = structure('File Identifier Descriptor', 'ECMA-167 4/14.4', {
  tag, // 4/14.4.1
  fileVersionNumber: u16le, // 4/14.4.2
  characteristics: u8, // 4/14.4.3
  identifierLengthBytes: u8, // 4/14.4.4
  icb: longAd, // 4/14.4.5
  implementationUseLengthBytes: u16le, // 4/14.4.6
})

/** Bits of the characteristics (ECMA-167 4/14.4.3). */
export const characteristics = { hidden: 1, directory: 2, deleted: 4, parent: 8, metadata: 16 } as const

/** Length of a whole descriptor, padding included (ECMA-167 4/14.4.9). */
export function fileIdentifierBytes(identifierLengthBytes: number, implementationUseLengthBytes = 0): number {
  return Math.ceil((FileIdentifier.sizeBytes + implementationUseLengthBytes + identifierLengthBytes) / 4) * 4
}
