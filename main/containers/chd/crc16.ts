/** CRC-16 as CHD uses it: CCITT, beginning with ones. */
const POLYNOMIAL = 0x1021

const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ POLYNOMIAL : value << 1
  return value
})

export class Crc16 {
  value = 0xffff

  update(bytes: Uint8Array): this {
    let crc = this.value
    for (let i = 0; i < bytes.length; i++) crc = ((crc << 8) & 0xff00) ^ (table[(crc >>> 8) ^ (bytes[i] as number)] as number)
    this.value = crc
    return this
  }
}
