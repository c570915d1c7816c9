/** Seeded damage: the same seed always gives the same image. */
import { DescriptorTag, judgeTag, sealTag, type TagVersion, tagIdentifier } from '../descriptor-tag.ts'

/** A stream of numbers from 0 up to `limit`, always the same for a seed (xorshift). */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1
  return (limit) => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % limit
  }
}

/** Values at which lengths, numbers and places go wrong. */
const TELLING = [0, 1, 2, 7, 8, 0x7f, 0x80, 0xfe, 0xff]

/** Places of all descriptors with sound tags. */
export function taggedPlaces(image: Buffer): number[] {
  const places: number[] = []
  for (let at = 0; at + DescriptorTag.sizeBytes <= image.length; at += 4)
    if (image[at + 4] !== 0 && judgeTag(image, at, null) === 'sound') places.push(at)
  return places
}

/** Changes one to four bytes, or words, of one descriptor, and mostly makes its tag fit again. */
export function mutate(image: Buffer, places: readonly number[], random: (limit: number) => number): Buffer {
  const bytes = Buffer.from(image)
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = places[random(places.length)] as number
    const lengthBytes = DescriptorTag.fields.crcLengthBytes.get(bytes, at) + DescriptorTag.sizeBytes
    const change = at + random(Math.min(lengthBytes, bytes.length - at - 4))
    const value = random(2) === 0 ? (TELLING[random(TELLING.length)] as number) : random(256)
    if (random(3) === 0) bytes.fill(value, change, change + 4)
    else bytes[change] = value
    if (random(8) > 0) reseal(bytes, at, lengthBytes)
  }
  if (random(10) > 0) return bytes
  return bytes.subarray(0, random(bytes.length))
}

function reseal(bytes: Buffer, at: number, lengthBytes: number): void {
  const { fields } = DescriptorTag
  const version = fields.version.get(bytes, at) as TagVersion
  const identifier = tagIdentifier(bytes, at)
  sealTag(bytes, at, Math.min(lengthBytes, bytes.length - at), { identifier, version, locationBlock: fields.locationBlock.get(bytes, at) })
}
