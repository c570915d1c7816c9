/** The headers of an EFI program (PE/COFF): only what says how long it is. */
import { raw, reserved, text, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

const DosHeader = structure('MS-DOS Header', 'Microsoft PE Format, MS-DOS Stub', {
  signature: text(2),
  reserved2: reserved(58),
  peOffsetBytes: u32le,
})
const CoffHeader = structure('COFF File Header', 'Microsoft PE Format, COFF File Header', {
  signature: text(4),
  machine: u16le,
  sectionCount: u16le,
  unused8: raw(12),
  optionalHeaderBytes: u16le,
  characteristics: u16le,
})
const SectionRow = structure('Section Header', 'Microsoft PE Format, Section Table', {
  name: raw(8),
  virtualSizeBytes: u32le,
  virtualAddress: u32le,
  rawSizeBytes: u32le,
  rawOffsetBytes: u32le,
  unused24: reserved(16),
})

/** Bytes up to the end of the last section, from the first bytes of the program; null when it is none. */
export function efiProgramBytes(head: Uint8Array): number | null {
  if (head.length < DosHeader.sizeBytes) return null
  const dos = DosHeader.parse(head)
  if (dos.signature !== 'MZ' || dos.peOffsetBytes + CoffHeader.sizeBytes > head.length) return null
  const coff = CoffHeader.parse(head, dos.peOffsetBytes)
  const tableAt = dos.peOffsetBytes + CoffHeader.sizeBytes + coff.optionalHeaderBytes
  const fits = tableAt + coff.sectionCount * SectionRow.sizeBytes <= head.length
  if (coff.signature !== 'PE\0\0' || coff.sectionCount === 0 || !fits) return null
  let endBytes = 0
  for (let i = 0; i < coff.sectionCount; i++) {
    const section = SectionRow.parse(head, tableAt + i * SectionRow.sizeBytes)
    endBytes = Math.max(endBytes, section.rawOffsetBytes + section.rawSizeBytes)
  }
  return endBytes
}
