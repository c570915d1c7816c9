/** What may be in a volume label, said while somebody types it. */
import type { FileSystemKind } from '../../../shared/image-project.ts'
import { visibleName } from '../../design/visible-name.ts'

/** The volume identifier has 32 bytes (ECMA-119 9.4.6); in Joliet they hold 16 UCS-2 units. */
const MAX_CHARACTERS = 32
const MAX_JOLIET_UNITS = 16

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f*/:;?\\]/u

export interface LabelAdvice {
  readonly isAllowed: boolean
  readonly text: string
}

/** Judges a typed label; an empty one stands for the derived label. */
export function labelAdvice(typed: string, fileSystems: readonly FileSystemKind[]): LabelAdvice {
  const label = typed.trim()
  const length = [...label].length
  if (label === '')
    return { isAllowed: true, text: `Left empty, the label is taken from what you add. Up to ${MAX_CHARACTERS} characters.` }
  const wrong = FORBIDDEN.exec(label)?.[0]
  if (wrong !== undefined) return { isAllowed: false, text: `“${visibleName(wrong)}” can’t be in a label, nor can any of * / : ; ? \\` }
  if (length > MAX_CHARACTERS)
    return { isAllowed: false, text: `${length} characters; a label has at most ${MAX_CHARACTERS}. Take away ${length - MAX_CHARACTERS}.` }
  if (fileSystems.includes('joliet') && label.length > MAX_JOLIET_UNITS)
    return {
      isAllowed: true,
      text: `Windows will show the first ${MAX_JOLIET_UNITS} characters: “${label.slice(0, MAX_JOLIET_UNITS).trim()}”.`,
    }
  return { isAllowed: true, text: `${length} of ${MAX_CHARACTERS} characters.` }
}
