import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import { createImage } from './create/create-image.ts'
import { imageFacts } from './image-facts.ts'
import { type OpenImage, openImage } from './open-image.ts'
import { recogniseProtection } from './protection.ts'
import { quietControl } from './testing/quiet-control.ts'

const SECTOR = 2048
const PACKET = 192

let scratch: string
let image: OpenImage | null = null
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-protection-'))
})
afterEach(() => {
  image?.close()
  image = null
  rmSync(scratch, { recursive: true, force: true })
})

/** A sector of a DVD's video: a pack with one packet of video in it (ISO 13818-1). */
function pack(scrambling: number, stream = 0xe0): Buffer {
  const sector = Buffer.alloc(SECTOR, 0x5a)
  Buffer.from([0, 0, 1, 0xba]).copy(sector)
  Buffer.from([0, 0, 1, stream]).copy(sector, 14)
  sector[20] = 0x80 | (scrambling << 4)
  return sector
}
const packs = (...scramblings: number[]): Buffer => Buffer.concat(scramblings.map((scrambling) => pack(scrambling)))
const clearVideo = (sectors: number): Buffer => packs(...new Array<number>(sectors).fill(0))

/** A unit of a Blu-ray disc's stream: 32 packets, each with its own beginning. */
function unit(isEncrypted: boolean): Buffer {
  const bytes = Buffer.alloc(32 * PACKET, 0x11)
  for (let at = 0; at < bytes.length; at += PACKET) {
    bytes[at] = isEncrypted ? 0xc0 : 0
    bytes[at + 4] = 0x47
  }
  if (isEncrypted) bytes.fill(0x99, 16)
  return bytes
}

async function opened(files: Readonly<Record<string, Buffer>>): Promise<OpenImage> {
  const folder = join(scratch, 'disc')
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const steps = [{ step: 'add', hostPath: folder, into: '/', contentsOnly: true }] as const
  const outPath = join(scratch, 'disc.iso')
  await createImage({ project: { version: 1, steps, options: defaultCreateOptions }, outPath, overwrite: false }, quietControl())
  image = openImage(outPath)
  return image
}
const protectionOf = async (files: Readonly<Record<string, Buffer>>) => recogniseProtection((await opened(files)).view('auto'))
const findingsOf = async (files: Readonly<Record<string, Buffer>>) =>
  (await imageFacts(await opened(files), quietControl())).findings.map(({ code }) => code)

describe('CSS is seen', () => {
  it('in the bits of scrambled packets, also behind some clear ones', async () => {
    expect(await protectionOf({ 'VIDEO_TS/VTS_01_1.VOB': packs(0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 3, 3) })).toBe('css')
  })

  it.each([
    ['video that is clear', { 'VIDEO_TS/VTS_01_1.VOB': clearVideo(40) }],
    [
      'packets that have something else in that byte',
      { 'VIDEO_TS/VTS_01_1.VOB': Buffer.concat([pack(3, 0xbb), pack(3, 0xbf), pack(3, 0xbe)]) },
    ],
    ['what is no video', { 'VIDEO_TS/VTS_01_1.VOB': Buffer.alloc(20 * SECTOR, 0xff) }],
    ['files elsewhere', { 'films/VTS_01_1.VOB': packs(3, 3, 3) }],
    ['an empty one', { 'VIDEO_TS/VTS_01_1.VOB': Buffer.alloc(0) }],
  ])('not in %s', async (_what, files) => {
    expect(await protectionOf(files)).toBeNull()
  })

  it('in a drive that gives everything but the titles', async () => {
    const disc = await opened({
      'VIDEO_TS/VIDEO_TS.IFO': Buffer.alloc(SECTOR, 1),
      'VIDEO_TS/VIDEO_TS.VOB': clearVideo(10),
      'VIDEO_TS/VTS_01_1.VOB': Buffer.alloc(100 * SECTOR),
    })
    const view = disc.view('auto')
    const title = view.lookup('/VIDEO_TS/VTS_01_1.VOB')
    const start = view.offsetBytes(title?.extents[0] as NonNullable<typeof title>['extents'][number])
    const unreadFrom = (sectors: number) => (from: number, to: number) => from < start + 100 * SECTOR && to > start + sectors * SECTOR
    expect(recogniseProtection(view, unreadFrom(0))).toBe('css-refused')
    // A scratch, and a title too short to say.
    expect(recogniseProtection(view, unreadFrom(10))).toBeNull()
    expect(recogniseProtection(view)).toBeNull()
  })
})

describe('AACS is seen', () => {
  it.each([
    ['its keys', { 'AACS/MKB_RO.inf': Buffer.alloc(100), 'BDMV/index.bdmv': Buffer.from('INDX0200') }],
    ['the keys of an HD DVD', { 'AACS/MKBROM.AACS': Buffer.alloc(100) }],
    ['encrypted streams', { 'BDMV/STREAM/00001.m2ts': Buffer.concat([unit(false), unit(true), unit(true)]) }],
  ])('by %s', async (_what, files) => {
    expect(await protectionOf(files)).toBe('aacs')
  })

  it('not in streams that are clear, or no streams', async () => {
    expect(await protectionOf({ 'BDMV/STREAM/00001.m2ts': Buffer.concat([unit(false), unit(false)]) })).toBeNull()
    rmSync(join(scratch, 'disc.iso'))
    image?.close()
    expect(await protectionOf({ 'BDMV/STREAM/00002.m2ts': Buffer.alloc(5 * 6144, 0xc0) })).toBeNull()
  })
})

it('an image says so among its findings', async () => {
  expect(await findingsOf({ 'VIDEO_TS/VTS_01_1.VOB': packs(3, 3, 3) })).toEqual(['css-scrambled'])
  rmSync(join(scratch, 'disc'), { recursive: true })
  rmSync(join(scratch, 'disc.iso'))
  image?.close()
  expect(await findingsOf({ 'AACS/MKB_RO.inf': Buffer.alloc(10) })).toEqual(['aacs-protected'])
})
