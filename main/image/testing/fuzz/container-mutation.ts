/** Seeded changes to a container: to numbers in its descriptions and tables, which lie anywhere and are called nothing here. */
import { oneOf, type RandomNumbers } from '../../../bytes/testing/random.ts'
import { type Edit, encoded, type Mutation, type MutationGround, numberFor } from './mutation.ts'

const MAX_EDITS = 4
/** Headers and indexes of images as small as these are within that of an end. */
const END_BYTES = 2048
const MAX_MOVED_BYTES = 256
const DIGITS = /[0-9A-Fa-f]/
const TELLING_TEXT = ['0', '9', '-', '"', '\n', ' ', ':', '=', '99', '[', '\u0000', '../']

export function containerMutationOf(ground: MutationGround & { readonly endsAreTelling: boolean }, random: RandomNumbers): Mutation {
  const edits: Edit[] = []
  for (let left = 1 + random(MAX_EDITS); left > 0; left--) edits.push(editOf(ground, random))
  return { edits, mends: false, cutBytes: random(16) === 0 ? random(ground.image.length) : null }
}

function placeIn({ image, endsAreTelling }: { readonly image: Buffer; readonly endsAreTelling: boolean }, random: RandomNumbers): number {
  const length = image.length
  if (!endsAreTelling || length <= 2 * END_BYTES) return random(length)
  switch (random(4)) {
    case 0:
      return random(length)
    case 1:
      return random(64)
    case 2:
      return random(END_BYTES)
    default:
      return length - 1 - random(END_BYTES)
  }
}

function editOf(ground: MutationGround & { readonly endsAreTelling: boolean }, random: RandomNumbers): Edit {
  const { image } = ground
  const at = placeIn(ground, random)
  const isText = DIGITS.test(String.fromCharCode(image[at] as number)) && image[at + 1] !== 0
  switch (random(isText ? 6 : 4)) {
    case 0:
      return { at, bytes: Buffer.of((image[at] as number) ^ (1 << random(8))), what: 'a bit' }
    case 1: {
      const from = placeIn(ground, random)
      const bytes = Buffer.from(image.subarray(from, from + 1 + random(MAX_MOVED_BYTES)))
      return { at, bytes: bytes.subarray(0, image.length - at), what: `copied from byte ${from}` }
    }
    case 2:
    case 3: {
      const sizeBytes = oneOf([1, 2, 4, 8], random)
      const bytes = encoded(numberFor(image, at, sizeBytes, random), sizeBytes, random)
      return { at, bytes: bytes.subarray(0, image.length - at), what: 'a number' }
    }
    case 4:
      return { at, bytes: Buffer.from(oneOf(TELLING_TEXT, random), 'latin1').subarray(0, image.length - at), what: 'text' }
    default:
      return { at, bytes: Buffer.from(String(random(10))), what: 'a digit' }
  }
}
