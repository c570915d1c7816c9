import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { faultOf, formOf, putCodes } from './sector-codes.ts'
import { headerLba } from './sector-layout.ts'
import { mode1Sector, putHeader } from './whole-sectors.ts'

const noise = (length: number): Buffer => {
  let state = 7
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state >> 16
  }
  return Buffer.from(Array.from({ length }, next))
}

function xaSector(submode: number, lba: number): Buffer {
  const sector = Buffer.concat([Buffer.alloc(24), noise(2324), Buffer.alloc(4)])
  putHeader(sector, lba, 2)
  sector[18] = submode
  sector[22] = submode
  putCodes(sector, submode & 0x20 ? 'form2' : 'form1')
  return sector
}

describe('EDC and ECC', () => {
  it('of sectors of all kinds are right when they were put there, and any changed byte is found', () => {
    for (const sector of [mode1Sector(noise(2048), 1234), xaSector(8, 99), xaSector(0x28, 4500)]) {
      expect(faultOf(sector)).toBeNull()
      for (const at of [20, 100, 2047, 2100, 2260, 2350]) {
        const changed = Buffer.from(sector)
        changed[at] = (changed[at] as number) ^ 1
        const isUnprotected = formOf(sector) === 'form2' && at === 2350
        expect(faultOf(changed), `${formOf(sector)} at ${at}`).toMatch(isUnprotected ? 'edc' : /edc|ecc/)
      }
    }
  })

  it('are named apart: data that are wrong, and parity that is', () => {
    const sector = mode1Sector(noise(2048), 0)
    sector[2080] = (sector[2080] as number) ^ 0xff
    expect(faultOf(sector)).toBe('ecc')
    sector[16] = (sector[16] as number) ^ 0xff
    expect(faultOf(sector)).toBe('edc')
    sector[5] = 0
    expect(faultOf(sector)).toBe('sync')
  })

  // The first sector of a sample disc of libcdio, which no code of ours had a hand in.
  it('are those of a disc that others made', () => {
    const sha256 = createHash('sha256')
      .update(mode1Sector(Buffer.alloc(2048), 0))
      .digest('hex')
    expect(sha256).toBe('b4f18ab66709c9b3fdef2721cc323e031b6728f3ca6c57b7c435c96189222250')
  })

  it('of form 2 may be left out', () => {
    const sector = xaSector(0x28, 0)
    sector.writeUInt32LE(0, 2348)
    expect(faultOf(sector)).toBeNull()
  })

  it('addresses are read as they are written', () => {
    for (const lba of [0, 74, 75, 4349, 4350, 333_000]) expect(headerLba(mode1Sector(noise(2048), lba))).toBe(lba)
  })
})
