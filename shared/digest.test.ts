import { describe, expect, it } from 'vitest'
import { digestDigits, digestKinds, kindOfName, readExpectedDigest } from './digest.ts'

const hex = (digits: number) => 'c0ffee12'.repeat(16).slice(0, digits)
const sha256 = hex(64)

describe('a pasted digest', () => {
  it.each(digestKinds)('is told to be %s by its length', (kind) => {
    const found = readExpectedDigest(hex(digestDigits[kind]))
    expect(found?.hex).toBe(hex(digestDigits[kind]))
    expect(found?.kinds).toContain(kind)
    expect(found?.kinds).toHaveLength(digestDigits[kind] === 128 ? 2 : 1)
  })

  it.each([
    sha256.toUpperCase(),
    ` ${sha256}\r\n`,
    sha256.replace(/(.{4})/g, '$1 '),
    sha256.replace(/(..)(?=.)/g, '$1:'),
    `sha256:${sha256}`,
    `SHA-256 = ${sha256}`,
    `SHA256 (image-20240101.iso) = ${sha256}`,
    `${sha256}  image-deadbeef.iso`,
    `${sha256} *image.iso`,
    `\ufeff${sha256}`,
  ])('%j is understood', (text) => {
    expect(readExpectedDigest(text)).toEqual({ kinds: ['sha256'], hex: sha256 })
  })

  it('of 128 digits is what its label says, else either', () => {
    expect(readExpectedDigest(hex(128))?.kinds).toEqual(['sha512', 'blake2b'])
    expect(readExpectedDigest(`BLAKE2b: ${hex(128)}`)?.kinds).toEqual(['blake2b'])
    expect(readExpectedDigest(`sha2-512=${hex(128)}`)?.kinds).toEqual(['sha512'])
  })

  it('is nothing when nothing was pasted', () => {
    expect(readExpectedDigest(' \n')).toBeNull()
  })

  it.each(['abc', sha256.slice(1), `${sha256}0`, sha256.replace(/.$/, 'g'), 'sha256:', hex(56), hex(96)])('%j is refused', (text) => {
    expect(() => readExpectedDigest(text)).toThrow('is no checksum')
  })

  it('is refused when it is of another kind than asked for', () => {
    expect(readExpectedDigest(hex(128), 'blake2b')?.kinds).toEqual(['blake2b'])
    expect(() => readExpectedDigest(hex(40), 'sha256')).toThrow('is no SHA-256')
  })

  it('is refused when there are several', () => {
    expect(() => readExpectedDigest(`${sha256}  a.iso\n${sha256.replace('c', 'd')}  b.iso`)).toThrow('several checksums')
  })
})

describe('names of kinds', () => {
  it.each([
    ['SHA2-256', 'sha256'],
    ['sha512sum', 'sha512'],
    ['SHA256SUMS', 'sha256'],
    ['b2sum', 'blake2b'],
    ['BLAKE2b-512', 'blake2b'],
    ['MD5', 'md5'],
    ['CRC-32', 'crc32'],
    ['sha384', null],
    ['', null],
  ])('%j is %s', (name, kind) => {
    expect(kindOfName(name)).toBe(kind)
  })
})
