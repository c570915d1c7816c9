/** Seeded changes to an image: to fields of its structures, to any bytes, from one place to another. */
import { oneOf, type RandomNumbers } from '../../../bytes/testing/random.ts'
import type { StructurePlace } from './structure-places.ts'

export interface Edit {
  readonly at: number
  readonly bytes: Uint8Array
  /** What the edit is, for people. */
  readonly what: string
}

export interface Mutation {
  readonly edits: readonly Edit[]
  /** Whether checksums are made to fit again, so that the change is believed. */
  readonly mends: boolean
  /** Bytes that are left; null when nothing is cut off. */
  readonly cutBytes: number | null
}

const MAX_EDITS = 6
const MAX_SPLICE_BYTES = 4096

/** Values at which lengths, counts and places go wrong. */
const TELLING = [
  0, 1, 2, 3, 4, 7, 8, 16, 31, 32, 33, 34, 0x7f, 0x80, 0xfe, 0xff, 0x100, 0x7ff, 0x800, 0x801, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x1f_ffff,
  0x20_0000, 0x3fff_ffff, 0x4000_0000, 0x7fff_ffff, 0x8000_0000, 0xc000_0000, 0xffff_f800, 0xffff_fffe, 0xffff_ffff,
]

/** What formats are recognised by. */
const WORDS = [
  'CD001',
  'BEA01',
  'NSR02',
  'NSR03',
  'TEA01',
  'BOOT2',
  '%/@',
  '%/C',
  '%/E',
  'EL TORITO SPECIFICATION',
  'EFI PART',
  'PM',
  'RRIP_1991A',
  '*OSTA UDF Compliant',
]
const SIGNATURES = ['SP', 'CE', 'ER', 'ST', 'PX', 'PN', 'SL', 'NM', 'CL', 'PL', 'RE', 'TF', 'SF', 'ZF', 'AL', 'XA']

export interface MutationGround {
  readonly image: Buffer
  readonly places: readonly StructurePlace[]
}

export function mutationOf(ground: MutationGround, random: RandomNumbers): Mutation {
  const edits: Edit[] = []
  for (let left = 1 + random(MAX_EDITS); left > 0; left--) edits.push(editOf(ground, random))
  return {
    edits,
    mends: random(8) > 0,
    cutBytes: random(16) === 0 ? random(ground.image.length) : null,
  }
}

function editOf(ground: MutationGround, random: RandomNumbers): Edit {
  const kind = random(20)
  if (ground.places.length > 0 && kind < 13) return fieldEdit(ground, random)
  if (ground.places.length > 0 && kind < 15) return behindStructure(ground, random)
  if (kind < 17) return splice(ground, random)
  if (kind < 18) return wordEdit(ground, random)
  return flip(ground, random)
}

/** Another value for a field, or for a word of a long one. */
function fieldEdit({ image, places }: MutationGround, random: RandomNumbers): Edit {
  const { structure, at } = oneOf(places, random)
  const [name, field] = oneOf(Object.entries(structure.fields), random)
  const start = at + field.offset
  const what = `${structure.name}.${name}`
  if (field.sizeBytes === 8 && random(2) === 0) {
    // Both byte orders, as ECMA-119 has them.
    const value = numberFor(image, start, 4, random) % 2 ** 32
    const bytes = Buffer.alloc(8)
    bytes.writeUInt32LE(value, 0)
    bytes.writeUInt32BE(value, 4)
    return { at: start, bytes, what }
  }
  const sizes = [1, 2, 4, 8].filter((size) => size <= field.sizeBytes)
  const sizeBytes = field.sizeBytes <= 8 ? (sizes.at(-1) ?? 1) : oneOf(sizes, random)
  const offset = field.sizeBytes <= 8 ? 0 : random(field.sizeBytes - sizeBytes + 1)
  if (random(6) === 0)
    return { at: start + offset, bytes: sameElsewhere(image, places, structure.name, field.offset + offset, sizeBytes, random), what }
  return { at: start + offset, bytes: encoded(numberFor(image, start + offset, sizeBytes, random), sizeBytes, random), what }
}

export function numberFor(image: Buffer, at: number, sizeBytes: number, random: RandomNumbers): number {
  const width = Math.min(sizeBytes, 4)
  const old = at + width <= image.length ? image.readUIntLE(at, width) : 0
  const blocks = Math.floor(image.length / 2048)
  switch (random(7)) {
    case 0:
      return old + 1
    case 1:
      return Math.max(0, old - 1)
    case 2:
      return (old ^ (1 << random(8 * width))) >>> 0
    case 3:
      return random(blocks + 2)
    case 4:
      return Math.max(0, blocks - random(3))
    case 5:
      return random(0x1_0000)
    default:
      return oneOf(TELLING, random)
  }
}

export function encoded(value: number, sizeBytes: number, random: RandomNumbers): Buffer {
  const bytes = Buffer.alloc(sizeBytes, sizeBytes === 8 && random(4) === 0 ? 0xff : 0)
  const width = Math.min(sizeBytes, 4)
  const held = value % 2 ** (8 * width)
  if (random(4) === 0) bytes.writeUIntBE(held, sizeBytes - width, width)
  else bytes.writeUIntLE(held, 0, width)
  return bytes
}

/** What another structure of the kind has there. */
function sameElsewhere(
  image: Buffer,
  places: readonly StructurePlace[],
  name: string,
  offset: number,
  sizeBytes: number,
  random: RandomNumbers,
): Buffer {
  const other = oneOf(
    places.filter(({ structure }) => structure.name === name),
    random,
  )
  return Buffer.from(image.subarray(other.at + offset, other.at + offset + sizeBytes))
}

/** What follows the declared part: names, allocation descriptors, maps, components. */
function behindStructure({ image, places }: MutationGround, random: RandomNumbers): Edit {
  const { structure, at, lengthBytes } = oneOf(places, random)
  const roomBytes = Math.max(8, lengthBytes - structure.sizeBytes)
  const start = Math.min(at + structure.sizeBytes + random(roomBytes), image.length - 8)
  const sizeBytes = oneOf([1, 2, 4, 8], random)
  return { at: start, bytes: encoded(numberFor(image, start, sizeBytes, random), sizeBytes, random), what: `behind ${structure.name}` }
}

function splice({ image, places }: MutationGround, random: RandomNumbers): Edit {
  const aimed = places.length > 0 && random(2) === 0
  const lengthBytes = aimed ? oneOf(places, random).lengthBytes : oneOf([16, 64, 512, 2048, MAX_SPLICE_BYTES], random)
  const spot = () => (aimed ? oneOf(places, random).at : random(Math.ceil(image.length / 2048)) * 2048)
  const from = spot()
  const at = spot()
  const bytes = Buffer.from(image.subarray(from, Math.min(from + Math.min(lengthBytes, MAX_SPLICE_BYTES), image.length)))
  return { at, bytes: bytes.subarray(0, Math.max(0, image.length - at)), what: `copied from byte ${from}` }
}

function wordEdit({ image, places }: MutationGround, random: RandomNumbers): Edit {
  const place = places.length > 0 ? oneOf(places, random) : { at: random(image.length), lengthBytes: 64 }
  const at = Math.min(place.at + random(Math.max(1, place.lengthBytes)), image.length - 32)
  const bytes =
    random(2) === 0
      ? Buffer.from(oneOf(WORDS, random), 'latin1')
      : Buffer.concat([Buffer.from(oneOf(SIGNATURES, random)), Buffer.of(random(256), 1)])
  return { at, bytes, what: 'a word of some format' }
}

function flip({ image }: MutationGround, random: RandomNumbers): Edit {
  // Most of an image is contents and padding; its beginning is worth more.
  const at = random(random(2) === 0 ? Math.min(image.length, 64 * 2048) : image.length)
  return { at, bytes: Buffer.of(((image[at] as number) ^ (1 << random(8))) & 0xff), what: 'a bit' }
}
