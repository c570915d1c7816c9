/** CRC of descriptors: ITU-T V.41, polynomial x^16 + x^12 + x^5 + 1, starting at zero (ECMA-167 3/7.2.6). */

const POLYNOMIAL = 0x1021

const table = new Uint16Array(256)
for (let byte = 0; byte < 256; byte++) {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1
  table[byte] = crc & 0xffff
}

export function crcCcitt(bytes: Uint8Array, start: number, end: number): number {
  let crc = 0
  for (let i = start; i < end; i++) crc = ((crc << 8) & 0xffff) ^ (table[(crc >>> 8) ^ (bytes[i] as number)] as number)
  return crc
}
