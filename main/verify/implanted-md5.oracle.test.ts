/** Implanted sums against isomd5sum, which made them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FileByteSource, MemoryByteSource } from '../bytes/byte-source.ts'
import { ImplantedMd5Check, readImplantedMd5 } from './implanted-md5.ts'

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-implanted-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const noise = (sizeBytes: number) => createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(sizeBytes))

/** An image with noise of so many bytes in it. */
function makeImage(name: string, contentBytes: number, maker: 'genisoimage' | 'xorriso'): string {
  const folder = join(scratch, `${name}.d`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'noise'), noise(contentBytes))
  const image = join(scratch, `${name}.iso`)
  const args = ['-quiet', '-R', '-o', image, folder]
  execFileSync(maker, maker === 'xorriso' ? ['-as', 'mkisofs', ...args] : args, { stdio: 'ignore' })
  return image
}

const implant = (image: string) => execFileSync('implantisomd5', ['--force', image], { stdio: 'ignore' })
/** 0 when it is right, 1 when it is wrong. */
const judge = (image: string) => spawnSync('checkisomd5', [image]).status

function ours(image: string, partBytes = 131_072) {
  const source = FileByteSource.open(image)
  const implanted = readImplantedMd5(source)
  if (implanted === null) throw new Error('nothing is implanted')
  const check = new ImplantedMd5Check(implanted)
  const buffer = Buffer.alloc(partBytes)
  for (let at = 0; at < source.sizeBytes; at += partBytes) check.take(buffer.subarray(0, source.read(at, buffer)), at)
  source.close()
  return { implanted, report: check.report() }
}

function flip(image: string, offsetBytes: number): void {
  const fd = openSync(image, 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, offsetBytes)
  byte[0] = (byte[0] as number) ^ 0x40
  writeSync(fd, byte, 0, 1, offsetBytes)
  closeSync(fd)
}

describe('an implanted sum', () => {
  it.each([
    ['genisoimage', 400_000],
    ['genisoimage', 3_000_000],
    ['xorriso', 3_000_000],
    ['xorriso', 9_123_456],
  ] as const)('of an image by %s with %i bytes is right', (maker, contentBytes) => {
    const image = makeImage(`whole-${maker}-${contentBytes}`, contentBytes, maker)
    implant(image)
    expect(judge(image)).toBe(0)
    for (const partBytes of [131_072, 2048, 50_000]) expect(ours(image, partBytes).report).toMatchObject({ verdict: 'same', damaged: null })
  })

  it('names the fragment of every single byte that is wrong', () => {
    const image = makeImage('flipped', 4_000_000, 'genisoimage')
    implant(image)
    const { implanted } = ours(image)
    const parts = implanted.fragments.length + 1
    expect(parts).toBe(21)
    const spoilt = join(scratch, 'spoilt.iso')
    for (let part = 0; part < parts; part++) {
      const offsetBytes = Math.floor(((part + 0.5) * implanted.coveredBytes) / parts)
      copyFileSync(image, spoilt)
      flip(spoilt, offsetBytes)
      expect([part, judge(spoilt)]).toEqual([part, 1])
      const { verdict, damaged } = ours(spoilt).report
      expect([part, verdict]).toEqual([part, 'differs'])
      expect(damaged?.offsetBytes).toBeLessThanOrEqual(offsetBytes)
      expect((damaged?.offsetBytes ?? 0) + (damaged?.lengthBytes ?? 0)).toBeGreaterThan(offsetBytes)
      expect(damaged?.lengthBytes).toBeLessThan(implanted.coveredBytes / parts + 3 * 32_768)
    }
  })

  it('does not cover the last sectors, nor itself', () => {
    const image = makeImage('edges', 1_000_000, 'genisoimage')
    implant(image)
    const { implanted } = ours(image)
    flip(image, implanted.coveredBytes)
    flip(image, implanted.textOffsetBytes + implanted.textBytes - 1)
    expect(judge(image)).toBe(0)
    expect(ours(image).report.verdict).toBe('same')
  })

  it('is wrong when the image is cut off', () => {
    const image = makeImage('cut', 2_000_000, 'genisoimage')
    implant(image)
    truncateSync(image, 1_000_000)
    expect(judge(image)).toBe(1)
    expect(ours(image).report).toMatchObject({ verdict: 'differs' })
  })

  it('is not there in other images, nor in what is none', () => {
    const image = makeImage('plain', 100_000, 'genisoimage')
    expect(judge(image)).not.toBe(0)
    expect(readImplantedMd5(new MemoryByteSource(readFileSync(image)))).toBeNull()
    expect(readImplantedMd5(new MemoryByteSource(noise(100_000)))).toBeNull()
    expect(readImplantedMd5(new MemoryByteSource(Buffer.alloc(0)))).toBeNull()
  })

  it('that makes no sense is still only wrong', () => {
    const image = makeImage('odd', 500_000, 'genisoimage')
    implant(image)
    const bytes = readFileSync(image)
    const at = bytes.indexOf('SKIPSECTORS = 15')
    bytes.write('SKIPSECTORS = 999999999;', at, 'latin1')
    const implanted = readImplantedMd5(new MemoryByteSource(bytes))
    expect(implanted).toMatchObject({ coveredBytes: 0 })
    if (implanted === null) return
    const check = new ImplantedMd5Check(implanted)
    check.take(bytes, 0)
    expect(check.report().verdict).toBe('differs')
  })
})
