/** Sectors with sync and mode around their data, and nothing that would make them right: no address, EDC or ECC. */
const SYNC = Buffer.from('00ffffffffffffffffffff00', 'hex')

export interface BareKind {
  readonly mode: 1 | 2
  readonly sectorBytes: number
}

export function bareSectors(data: Buffer, { mode, sectorBytes }: BareKind): Buffer {
  const sectors = []
  for (let at = 0; at < data.length; at += 2048) {
    const before = [...(sectorBytes < 2352 ? [] : [SYNC, Buffer.of(0, 2, 0, mode)]), Buffer.alloc(mode === 2 ? 8 : 0)]
    const whole = Buffer.concat([...before, data.subarray(at, at + 2048)])
    sectors.push(Buffer.concat([whole, Buffer.alloc(sectorBytes - whole.length)]))
  }
  return Buffer.concat(sectors)
}
