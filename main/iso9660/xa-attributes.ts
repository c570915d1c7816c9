/** What CD-ROM XA says of a file in the system use area of its record (System Description CD-ROM XA, II.2.7). */
import { raw, text, u8, u16be } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

export const XaEntry = structure('XA system use information', 'CD-ROM XA II.2.7', {
  groupId: u16be,
  userId: u16be,
  attributes: u16be,
  signature: text(2),
  fileNumber: u8,
  reserved9: raw(5),
})

/** Bits of `attributes` for what a file is recorded in. */
const FORM_2 = 0x1000
const AUDIO = 0x4000
/** Where a volume says that it has XA, in the application use of its primary descriptor. */
const VOLUME_MARK = 'CD-XA001'
const VOLUME_MARK_AT = 141

/** Whether a volume descriptor's application use announces XA. */
export function announcesXa(applicationUse: Uint8Array): boolean {
  return Buffer.from(applicationUse.subarray(VOLUME_MARK_AT, VOLUME_MARK_AT + VOLUME_MARK.length)).toString('latin1') === VOLUME_MARK
}

/** What sectors hold that have more than 2048 bytes for a file; null for any other file. `at`: begin of the system use area. */
export function xaSectorKind(bytes: Buffer, at: number, end: number): 'form 2' | 'audio' | null {
  if (at + XaEntry.sizeBytes > end || XaEntry.fields.signature.get(bytes, at) !== 'XA') return null
  const attributes = XaEntry.fields.attributes.get(bytes, at)
  if ((attributes & AUDIO) !== 0) return 'audio'
  return (attributes & FORM_2) !== 0 ? 'form 2' : null
}
