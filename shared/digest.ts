/** Digests by which images are published: their kinds, and how people write them down. */
import { Problem } from './problem.ts'

/** In the order in which they are shown. */
export const digestKinds = ['sha256', 'sha512', 'sha1', 'md5', 'blake2b', 'crc32'] as const
export type DigestKind = (typeof digestKinds)[number]

/** Hexadecimal digits of each kind. */
export const digestDigits: Readonly<Record<DigestKind, number>> = { sha256: 64, sha512: 128, sha1: 40, md5: 32, blake2b: 128, crc32: 8 }

export const digestTitles: Readonly<Record<DigestKind, string>> = {
  sha256: 'SHA-256',
  sha512: 'SHA-512',
  sha1: 'SHA-1',
  md5: 'MD5',
  blake2b: 'BLAKE2b',
  crc32: 'CRC-32',
}

/** Kinds that nobody can make a second content for on purpose; the others only show accidents. */
const collisionProof: ReadonlySet<DigestKind> = new Set(['sha256', 'sha512', 'blake2b'])
export const isCollisionProof = (kind: DigestKind): boolean => collisionProof.has(kind)

/** A digest that a content should have; where the length fits several kinds, any of them may be meant. */
export interface ExpectedDigest {
  readonly kinds: readonly DigestKind[]
  /** Lower case. */
  readonly hex: string
}

/** Kinds whose digests have so many digits. */
export function kindsOfDigits(digits: number): DigestKind[] {
  return digestKinds.filter((kind) => digestDigits[kind] === digits)
}

/** The kind that goes by a name such as `SHA2-256`, `sha256sum`, `BLAKE2b-512`; null when it is none of ours. */
export function kindOfName(name: string): DigestKind | null {
  const plain = name
    .toLowerCase()
    .replaceAll(/[-_ ]/g, '')
    .replace(/(?:sums?|digest)$/, '')
  const aliases: Readonly<Record<string, DigestKind>> = {
    sha2256: 'sha256',
    sha2512: 'sha512',
    b2: 'blake2b',
    blake2b512: 'blake2b',
    crc: 'crc32',
  }
  return digestKinds.find((kind) => kind === plain) ?? aliases[plain] ?? null
}

const NAME = '(?:sha-?(?:2-)?(?:256|512|1)|md5|blake2b?(?:-?512)?|b2|crc-?32)(?:sum)?'
const LABEL = new RegExp(`^${NAME}\\s*[:=]\\s*`)
const NAME_WITHIN = new RegExp(`\\b${NAME}\\b`)
/** Digits that stand alone, as in a line of a checksum file. */
const DIGITS = /(?<![0-9a-z])[0-9a-f]+(?![0-9a-z])/g

/**
 * A digest as people paste it: any case, blanks and colons within, a label or a whole line of a checksum file around
 * it. Null for nothing at all; throws a `usage` Problem when there is no single digest in it, or none of `kind`.
 */
export function readExpectedDigest(pasted: string, kind: DigestKind | null = null): ExpectedDigest | null {
  const text = pasted.trim().toLowerCase()
  if (text === '') return null
  const [hex, another] = digestsWithin(text)
  if (hex === undefined) throw noDigest(pasted, kind)
  if (another !== undefined) {
    throw new Problem({
      kind: 'usage',
      code: 'several-digests',
      message: 'There are several checksums in this.',
      advice: 'Give only the line of this image.',
    })
  }
  const kinds = kindsOfDigits(hex.length)
  const named = kind ?? kindOfName(NAME_WITHIN.exec(text)?.[0] ?? '')
  if (named !== null && kinds.includes(named)) return { kinds: [named], hex }
  if (kind !== null) throw noDigest(pasted, kind)
  return { kinds, hex }
}

/** What all of the text says when blanks don't count, else the longest of what stands alone in it: names have digits too. */
function digestsWithin(text: string): string[] {
  const bare = text.replace(LABEL, '').replaceAll(/[\s:]/g, '')
  if (/^[0-9a-f]+$/.test(bare) && kindsOfDigits(bare.length).length > 0) return [bare]
  const found = [...new Set(text.match(DIGITS))].filter((hex) => kindsOfDigits(hex.length).length > 0)
  const longest = Math.max(0, ...found.map((hex) => hex.length))
  return found.filter((hex) => hex.length === longest)
}

const SHOWN_CHARACTERS = 140

function noDigest(pasted: string, kind: DigestKind | null): Problem {
  const text = pasted.trim()
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
  const sizes = digestKinds.map((known) => `${digestTitles[known]} (${digestDigits[known]})`).join(', ')
  return new Problem({
    kind: 'usage',
    code: 'bad-digest',
    message: kind === null ? `‘${shown}’ is no checksum.` : `‘${shown}’ is no ${digestTitles[kind]}.`,
    advice:
      kind === null
        ? `It can be one of these, with so many digits: ${sizes}.`
        : `It has ${digestDigits[kind]} characters, digits and a to f.`,
  })
}
