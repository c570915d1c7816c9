/** CRC-32 as bzip2 uses it: the highest bit of each byte first. */
const POLYNOMIAL = 0x04c1_1db7

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1
  return value
})

/** Begins with all ones; the complement of the last value is what is stored. */
export function bzip2Crc(bytes: Uint8Array, before: number): number {
  let crc = before | 0
  for (let i = 0; i < bytes.length; i++) crc = (crc << 8) ^ (table[((crc >>> 24) ^ (bytes[i] as number)) & 0xff] as number)
  return crc
}
