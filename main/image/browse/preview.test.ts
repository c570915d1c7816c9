import { describe, expect, it } from 'vitest'
import { MAX_PICTURE_BYTES, TEXT_PREVIEW_BYTES } from '../../../shared/limits.ts'
import { MemoryByteSource } from '../../bytes/byte-source.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import { contentBytes, previewOf } from './preview.ts'

function look(bytes: Buffer, changes: Partial<ImageEntry> = {}, encoding: Parameters<typeof previewOf>[2] = null) {
  const entry = { name: 'a', type: 'file', sizeBytes: bytes.length, unreadable: null, ...changes } as ImageEntry
  const view = { contentSource: () => new MemoryByteSource(bytes) } as unknown as ImageView
  return previewOf(view, entry, encoding)
}

const KOI = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]) // Привет in windows-1251
const png = (width: number, height: number) => {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

describe('a text', () => {
  const cases: readonly [string, Buffer, string, string][] = [
    ['plain', Buffer.from('hello\r\n\tworld\x1a'), 'utf-8', 'hello\r\n\tworld\x1a'],
    ['UTF-8', Buffer.from('Grüße 日本'), 'utf-8', 'Grüße 日本'],
    ['with a mark', Buffer.from('\ufeffhello'), 'utf-8', 'hello'],
    ['UTF-16', Buffer.from('\ufeffhéllo', 'utf16le'), 'utf-16le', 'héllo'],
    ['UTF-16 without a mark', Buffer.from('hello world', 'utf16le'), 'utf-16le', 'hello world'],
    ['big-endian', Buffer.from('\ufeffhello', 'utf16le').swap16(), 'utf-16be', 'hello'],
    ['Western European', Buffer.from('Gr\xfc\xdfe aus K\xf6ln', 'latin1'), 'windows-1252', 'Grüße aus Köln'],
    ['Japanese', Buffer.from('82b182f182c982bf82cd90a28a45', 'hex'), 'shift_jis', 'こんにちは世界'],
    ['Japanese on Unix', Buffer.from('a4b3a4f3a4cba4c1a4cfc0a4b3a6', 'hex'), 'euc-jp', 'こんにちは世界'],
  ]
  for (const [name, bytes, encoding, text] of cases)
    it(`${name} is told and shown`, () => expect(look(bytes)).toMatchObject({ kind: 'text', encoding, text, isCut: false }))

  it('is shown in another encoding when somebody knows better', () => {
    expect(look(KOI, {}, 'windows-1251')).toMatchObject({ kind: 'text', text: 'Привет', isGuessed: false })
  })

  it('is shown from its beginning when it is long, even if that ends within a character', () => {
    const long = Buffer.from('ä'.repeat(TEXT_PREVIEW_BYTES))
    expect(look(Buffer.concat([Buffer.from('x'), long]))).toMatchObject({ kind: 'text', encoding: 'utf-8', isCut: true })
  })

  it('of a drawing with a script is text', () => {
    expect(look(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'))).toMatchObject({ kind: 'text' })
  })
})

describe('a picture', () => {
  const webp = Buffer.from('52494646240000005745425056503820180000003001009d012a20001000', 'hex')
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108003000400301220002110103110100', 'hex')
  const gif = Buffer.from('47494638396140003000', 'hex')
  const cases: readonly [string, Buffer, string, number, number][] = [
    ['PNG', png(64, 48), 'image/png', 64, 48],
    ['JPEG', jpeg, 'image/jpeg', 64, 48],
    ['GIF', gif, 'image/gif', 64, 48],
    ['WebP', webp, 'image/webp', 32, 16],
  ]
  for (const [name, bytes, mediaType, widthPx, heightPx] of cases)
    it(`${name} is told and measured`, () => expect(look(bytes)).toMatchObject({ kind: 'picture', mediaType, widthPx, heightPx }))

  it('that would fill the memory is not handed on', () => {
    expect(look(png(60_000, 60_000))).toMatchObject({ kind: 'none', reason: expect.stringContaining('60000 × 60000') })
    expect(look(png(10, 10), { sizeBytes: MAX_PICTURE_BYTES + 1 })).toMatchObject({ kind: 'none' })
  })

  it('can be looked at as text', () => {
    expect(look(png(1, 1), {}, 'windows-1252')).toMatchObject({ kind: 'text' })
  })
})

describe('anything else', () => {
  it('is shown by its bytes', () => expect(look(Buffer.from([1, 2, 3, 0, 0xff, 4]))).toEqual({ kind: 'bytes' }))
  it('that is empty is said to be', () => expect(look(Buffer.alloc(0))).toEqual({ kind: 'empty' }))
  it('that is no file has nothing in it', () => expect(look(Buffer.alloc(0), { type: 'fifo' })).toMatchObject({ kind: 'none' }))
  it('beyond the end of the image is lost', () => expect(look(Buffer.alloc(0), { sizeBytes: 5 })).toMatchObject({ kind: 'none' }))
  it('that cannot be read throws why', () =>
    expect(() => look(Buffer.from('x'), { unreadable: 'It is encrypted.' })).toThrow('It is encrypted.'))

  it('gives its bytes up to its end', () => {
    const view = { contentSource: () => new MemoryByteSource(Buffer.from('0123456789')) } as unknown as ImageView
    const entry = { name: 'a', type: 'file', sizeBytes: 10, unreadable: null } as ImageEntry
    expect(Buffer.from(contentBytes(view, entry, 8, 100)).toString()).toBe('89')
    expect(contentBytes(view, entry, 20, 100)).toHaveLength(0)
  })
})
