/** Expands ADC, Apple's early compression of disk images: literals, and copies with short or long distances. */
import { packedDamage } from '../packed-problem.ts'

/** Gives exactly `lengthBytes`. Throws an `image` Problem when it is damaged. */
export function expandAdc(packed: Uint8Array, lengthBytes: number): Uint8Array {
  const out = new Uint8Array(lengthBytes)
  let at = 0
  let to = 0
  const next = (): number => {
    const byte = packed[at++]
    if (byte === undefined) throw packedDamage('a block is too short')
    return byte
  }
  while (to < lengthBytes) {
    const mark = next()
    if (mark & 0x80) {
      const literals = packed.subarray(at, at + (mark & 0x7f) + 1)
      if (literals.length < (mark & 0x7f) + 1 || literals.length > lengthBytes - to) throw packedDamage('a block leads out of itself')
      out.set(literals, to)
      at += literals.length
      to += literals.length
      continue
    }
    const isLong = (mark & 0x40) !== 0
    const matched = isLong ? (mark & 0x3f) + 4 : (mark >> 2) + 3
    const distance = (isLong ? next() * 256 + next() : (mark & 3) * 256 + next()) + 1
    if (distance > to || matched > lengthBytes - to) throw packedDamage('a block leads out of itself')
    for (let i = 0; i < matched; i++, to++) out[to] = out[to - distance] as number
  }
  return out
}
