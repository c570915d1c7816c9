/** A Video CD that vcdxbuild writes in each format it knows, of a film that is only as right as it must be for that. */
import { join } from 'node:path'
import { be } from '../built-images.ts'
import { put, run } from './kind.ts'

const PACK_BYTES = 2324
const PACKS = 20
const PACK_TICKS = 1200
const FIRST_PICTURE = Buffer.from('000001b31601201 3ffffe018000001b880080040000001000 00ffff8'.replaceAll(' ', ''), 'hex')

/** MPEG-1 clock: 33 bits with marks between them. */
function clock(mark: number, ticks: number): Buffer {
  return Buffer.concat([Buffer.of(mark | 1), be(2, ((ticks >> 14) & 0xfffe) | 1), be(2, ((ticks << 1) & 0xfffe) | 1)])
}

function film(): Buffer {
  const packs = Array.from({ length: PACKS }, (_, i) => {
    const head = Buffer.concat([Buffer.from('000001ba', 'hex'), clock(0x20, i * PACK_TICKS), Buffer.from('801b91', 'hex')])
    const stamp = clock(0x20, i * PACK_TICKS + 9000)
    const rest = PACK_BYTES - head.length - 6 - stamp.length
    const content = Buffer.concat([i === 0 ? FIRST_PICTURE : Buffer.alloc(0), Buffer.alloc(rest, 0x55 + i)]).subarray(0, rest)
    return Buffer.concat([head, Buffer.from('000001e0', 'hex'), be(2, stamp.length + rest), stamp, content])
  })
  return Buffer.concat(packs)
}

/** `how` says which files it writes. */
export function writeVideoDisc(folder: string, ...how: string[]): void {
  put(folder, { 'film.mpg': film() })
  run(folder, 'vcdxgen', '-q', '-t', 'vcd2', '-o', join(folder, 'film.xml'), 'film.mpg')
  run(folder, 'vcdxbuild', '-q', ...how, 'film.xml')
}
