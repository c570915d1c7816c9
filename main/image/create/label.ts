/** Volume labels: what is allowed, and what each file system makes of one. */

import { Problem } from '../../../shared/problem.ts'
import { toDCharacters } from '../../iso9660/iso-names.ts'
import { toJolietCharacters } from '../../iso9660/joliet-names.ts'
import type { ImageLabel } from './planned-tree.ts'

/** Volume identifiers have 32 bytes (ECMA-119 9.4.6). */
export const MAX_LABEL_CHARACTERS = 32
/** The same field holds 16 UCS-2 units in Joliet. */
const MAX_JOLIET_LABEL_UNITS = 16

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f*/:;?\\]/u
const PRINTABLE_ASCII = /^[ -~]*$/

/**
 * The label in each file system. A given label is checked and kept letter for letter where the field can hold it (boot
 * loaders look for exact labels); a derived one is made to fit. Throws a usage Problem that says what is allowed.
 */
export function planLabel(given: string | null, derivedFrom: string): ImageLabel {
  const text = given === null ? derive(derivedFrom) : given.trim()
  if (given !== null) requireLabel(text)
  return {
    text,
    // Printable ASCII goes in as it is: outside strict d-characters, and read by every system.
    iso9660: PRINTABLE_ASCII.test(text) ? text : toDCharacters(text),
    joliet: toJolietCharacters(text).slice(0, MAX_JOLIET_LABEL_UNITS),
  }
}

function derive(name: string): string {
  const cleaned = name.replace(new RegExp(FORBIDDEN, 'gu'), '_').trim()
  return [...cleaned].slice(0, MAX_LABEL_CHARACTERS).join('').trim() || 'IMAGE'
}

function requireLabel(label: string): void {
  const allowed = `A label has 1 to ${MAX_LABEL_CHARACTERS} characters, and none of * / : ; ? \\ or control characters.`
  const length = [...label].length
  if (label === '') throw labelProblem('label-empty', 'The label is empty.', allowed)
  if (length > MAX_LABEL_CHARACTERS) throw labelProblem('label-too-long', `The label has ${length} characters.`, allowed)
  const wrong = FORBIDDEN.exec(label)?.[0]
  if (wrong !== undefined) throw labelProblem('label-character', `The label can’t have ${nameOf(wrong)} in it.`, allowed)
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) as number
  return code < 0x20 || code === 0x7f ? `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}` : `‘${character}’`
}

function labelProblem(code: string, message: string, advice: string): Problem {
  return new Problem({ kind: 'usage', code, message, kept: 'Nothing was written.', advice })
}
