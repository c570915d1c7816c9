/** What may be in a volume label, said while somebody types it. */
import type { FileSystemKind } from '../../../shared/image-project.ts'
import { visibleName } from '../../design/visible-name.ts'
import { say } from '../../words/say.ts'

/** The volume identifier has 32 bytes (ECMA-119 9.4.6); in Joliet they hold 16 UCS-2 units. */
const MAX_CHARACTERS = 32
const MAX_JOLIET_UNITS = 16

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f*/:;?\\]/u
const SHOWN_FORBIDDEN = '* / : ; ? \\'

export interface LabelAdvice {
  readonly isAllowed: boolean
  readonly text: string
}

/** Judges a typed label; an empty one stands for the derived label. */
export function labelAdvice(typed: string, fileSystems: readonly FileSystemKind[]): LabelAdvice {
  const label = typed.trim()
  const length = [...label].length
  if (label === '') return { isAllowed: true, text: say('create.label.empty', { most: MAX_CHARACTERS }) }
  const wrong = FORBIDDEN.exec(label)?.[0]
  if (wrong !== undefined)
    return { isAllowed: false, text: say('create.label.wrong', { character: visibleName(wrong), forbidden: SHOWN_FORBIDDEN }) }
  if (length > MAX_CHARACTERS) {
    const excess = length - MAX_CHARACTERS
    return { isAllowed: false, text: say('create.label.too-long', { length, most: MAX_CHARACTERS, excess }) }
  }
  if (fileSystems.includes('joliet') && label.length > MAX_JOLIET_UNITS) {
    const shown = label.slice(0, MAX_JOLIET_UNITS).trim()
    return { isAllowed: true, text: say('create.label.windows', { count: MAX_JOLIET_UNITS, shown }) }
  }
  return { isAllowed: true, text: say('create.label.length', { length, most: MAX_CHARACTERS }) }
}
