import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { rawSectors as seenSectors } from '../containers/raw/recognise-raw.ts'
import { foreignKind } from './foreign-kinds.ts'
import { tinyImage } from './testing/tiny-image.ts'

const SYNC = Buffer.from('00ffffffffffffffffffff00', 'hex')

/** Each sector of an image with what stands around its data in a whole CD sector. */
function rawSectors(sectorBytes: number, mode: 1 | 2, hasSync = true): Buffer {
  const image = tinyImage()
  const sectors = []
  for (let at = 0; at < image.length; at += 2048) {
    const before = [...(hasSync ? [SYNC, Buffer.of(0, 2, 0, mode)] : []), Buffer.alloc(mode === 2 ? 8 : 0)]
    const whole = Buffer.concat([...before, image.subarray(at, at + 2048)])
    sectors.push(Buffer.concat([whole, Buffer.alloc(sectorBytes - whole.length)]))
  }
  return Buffer.concat(sectors)
}

const said = (bytes: Buffer) => foreignKind(new MemoryByteSource(bytes))?.is ?? null

describe('whole CD sectors', () => {
  it.each([
    [2352, 1, true, 16],
    [2352, 2, true, 24],
    [2448, 1, true, 16],
    [2336, 2, false, 8],
  ] as const)('of %i bytes in mode %i are told', (sectorBytes, mode, hasSync, dataOffsetBytes) => {
    const bytes = rawSectors(sectorBytes, mode, hasSync)
    expect(seenSectors(new MemoryByteSource(bytes))?.layout.dataOffsetBytes).toBe(dataOffsetBytes)
    expect(said(bytes)).toContain(`${sectorBytes} bytes each`)
  })

  it('are not what an image of data has', () => {
    expect(seenSectors(new MemoryByteSource(tinyImage()))).toBeNull()
  })
})

describe('other files', () => {
  it.each([
    ['an image compressed with gzip', gzipSync(tinyImage()), 'compressed with gzip'],
    ['a web page in place of a download', Buffer.from('\n<!DOCTYPE html><html>'), 'a web page'],
    ['a CUE sheet', Buffer.from('FILE "x.bin" BINARY\r\n  TRACK 01 MODE1/2352\r\n'), 'a CUE sheet, which describes an image'],
    ['a Nero image', Buffer.concat([Buffer.alloc(5000, 1), Buffer.from('NER5'), Buffer.alloc(8)]), 'a Nero image (NRG)'],
    ['a Mac disk image', Buffer.concat([Buffer.alloc(5000, 1), Buffer.from('koly'), Buffer.alloc(508)]), 'a Mac disk image (DMG)'],
  ])('%s is told', (_, bytes, is) => {
    expect(said(bytes)).toBe(is)
  })

  it.each([
    ['nothing at all', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(50_000)],
    ['noise', Buffer.alloc(50_000, 'noise')],
  ])('%s is not', (_, bytes) => {
    expect(said(bytes)).toBeNull()
  })

  it('High Sierra is told', () => {
    const bytes = Buffer.alloc(60_000, 1)
    bytes.write('CDROM', 16 * 2048 + 9, 'latin1')
    expect(said(bytes)).toContain('High Sierra')
  })
})
