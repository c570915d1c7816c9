/** The two kinds of supplementary trees: Joliet's names of UCS-2, and the long ones of ISO 9660:1999. */
import { writeU16Be } from '../../bytes/field-types.ts'
import { compareByCharacter } from '../../iso9660/enhanced-names.ts'
import { compareIdentifiers } from '../../iso9660/iso-names.ts'
import type { SupplementaryForm } from './planned-tree.ts'
import { isShownIn } from './presence.ts'
import type { SourceNode } from './source-tree.ts'

export const jolietForm: SupplementaryForm = {
  kind: 'joliet',
  name: (entry) => entry.jolietName,
  place: (directory) => directory.joliet,
  encode: encodeUcs2,
  encodedBytes: (name) => name.length * 2,
  compare: compareIdentifiers,
}

export const enhancedForm: SupplementaryForm = {
  kind: 'enhanced',
  name: (entry) => entry.enhancedName,
  place: (directory) => directory.enhanced,
  encode: (name) => Buffer.from(name),
  encodedBytes: (name) => Buffer.byteLength(name),
  compare: compareByCharacter,
}

/** Whether a supplementary tree is to show the entry; that of ISO 9660:1999 shows what the plain one does. */
export function isShownInForm({ kind }: SupplementaryForm, source: SourceNode): boolean {
  return isShownIn(kind === 'joliet' ? 'joliet' : 'iso9660', source)
}

/** Big-endian UCS-2. */
function encodeUcs2(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) writeU16Be(bytes, i * 2, text.charCodeAt(i))
  return bytes
}
