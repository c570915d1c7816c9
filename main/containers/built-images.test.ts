/** Formats that no program here writes, built field by field: CDI, GDI, ECM, discs of several sessions. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAnyImage } from '../image/open-any-image.ts'
import { cdi, ecm, mds, nrg } from './testing/built-images.ts'
import { seenDisc, sha256 } from './testing/opened-disc.ts'
import { bareMode2, DATA_SECTORS, data, rawMode1, rawMode2, sound } from './testing/sample-disc.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const scratch = scratchFolder()
const ISO = sha256(data())

function put(files: Readonly<Record<string, string | Buffer>>): (name: string) => string {
  const folder = mkdtempSync(join(scratch(), 'disc-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return (name) => join(folder, name)
}
const track = (stored: Buffer, sectorBytes: number, startLba: number, mode: number, gapSectors = 0) => ({
  stored,
  sectorBytes,
  startLba,
  mode,
  gapSectors,
})

describe('CDI', () => {
  it.each([2, 3, 3.5] as const)('of version %s gives sound and data, in two sessions', async (version) => {
    const music = sound(302, 7)
    const gap = Buffer.alloc(150 * 2336)
    const image = cdi(
      [
        [track(Buffer.concat([Buffer.alloc(150 * 2352), music]), 2352, 0, 0, 150)],
        [track(Buffer.concat([gap, bareMode2(data())]), 2336, 11_702, 2, 150)],
      ],
      version,
    )
    const { kind, tracks, contents, findings, sessions } = await seenDisc(put({ 'disc.cdi': image })('disc.cdi'))
    expect([kind, sessions, findings]).toEqual(['cdi', 2, []])
    expect(contents.map(sha256)).toEqual([music, data()].map(sha256))
    expect(tracks.map(({ startLba, pregapSectors }) => [startLba, pregapSectors])).toEqual([
      [0, 150],
      [11_702, 150],
    ])
  })
})

describe('GDI', () => {
  it('gives three tracks, of which the one of the high-density area is meant', async () => {
    const sheet = '3\r\n1 0 4 2352 track01.bin 0\r\n2 450 0 2352 track02.raw 0\r\n3 45000 4 2352 "track 03.bin" 0\r\n'
    const path = put({
      'disc.gdi': sheet,
      'TRACK01.BIN': rawMode1(data()),
      'track02.raw': sound(20),
      'track 03.bin': rawMode1(data(), 45_000),
    })
    const { kind, tracks, contents, mainTrack, sessions } = await seenDisc(path('disc.gdi'))
    expect([kind, mainTrack, sessions]).toEqual(['gdi', 3, 2])
    expect(contents.map(sha256)).toEqual([ISO, sha256(sound(20)), ISO])
    expect(tracks.map(({ startLba }) => startLba)).toEqual([0, 450, 45_000])
  })
})

describe('ECM', () => {
  it.each([
    ['mode 1', rawMode1(data())],
    ['mode 2', rawMode2(data())],
    ['mode 1 with sound behind', Buffer.concat([rawMode1(data()), sound(5)])],
  ])('of %s is unpacked to the same bytes, from any place on', async (_, raw) => {
    const path = put({ 'disc.bin.ecm': ecm(raw) })('disc.bin.ecm')
    const image = await openAnyImage(path)
    expect(image.contained?.facts.title).toBe('raw CD sectors in ECM')
    const unpacked = Buffer.alloc(raw.length)
    const { source } = image.contained?.file ?? { source: image.source }
    expect(source.read(0, unpacked)).toBe(raw.length)
    expect(sha256(unpacked)).toBe(sha256(raw))
    for (const from of [1, 2351, 2352, 40_000, raw.length - 5]) {
      const part = Buffer.alloc(5000)
      const got = source.read(from, part)
      expect(part.subarray(0, got).equals(raw.subarray(from, from + 5000))).toBe(true)
    }
    expect(image.view('auto').lookup('/HELLO.TXT') ?? image.view('auto').lookup('/hello.txt')).not.toBeNull()
    image.close()
  })

  it('that breaks off keeps what is there', async () => {
    const whole = ecm(rawMode1(data()))
    const image = await openAnyImage(put({ 'cut.ecm': whole.subarray(0, whole.length - 3000) })('cut.ecm'))
    expect(image.findings.map(({ code }) => code)).toContain('ecm-cut-off')
    image.close()
  })
})

describe('NRG and MDS of several tracks', () => {
  it('give each track, its gap, and the session it is in', async () => {
    const first = track(Buffer.concat([Buffer.alloc(150 * 2352), rawMode1(data())]), 2352, 0, 5, 150)
    const second = track(Buffer.concat([sound(150, 8), sound(40, 9)]), 2352, DATA_SECTORS + 150, 7, 150)
    const third = track(Buffer.concat([Buffer.alloc(150 * 2352), rawMode1(data(), 12_000)]), 2352, 12_000, 5, 150)
    for (const version of [1, 2] as const) {
      const { tracks, contents, sessions, findings } = await seenDisc(put({ 'd.nrg': nrg([[first, second], [third]], version) })('d.nrg'))
      expect([sessions, findings]).toEqual([2, []])
      expect(contents.map(sha256)).toEqual([ISO, sha256(sound(40, 9)), ISO])
      expect(tracks.map(({ startLba, session, pregapSectors }) => [startLba, session, pregapSectors])).toEqual([
        [0, 1, 150],
        [DATA_SECTORS + 150, 1, 150],
        [12_000, 2, 150],
      ])
    }
  })

  it('in an MDS lie behind one another', async () => {
    const tracks = [track(rawMode1(data()), 2352, 0, 0xaa), track(sound(60, 3), 2352, DATA_SECTORS + 150, 0xa9)]
    const path = put({ 'D.MDF': Buffer.concat(tracks.map(({ stored }) => stored)), 'd.mds': mds([tracks], 'C:\\images\\d.mdf') })
    const { contents, findings } = await seenDisc(path('d.mds'))
    expect([contents.map(sha256), findings]).toEqual([[ISO, sha256(sound(60, 3))], []])
  })

  it('of a DVD have no lengths but the file’s', async () => {
    const path = put({ 'd.mdf': data(), 'd.mds': mds([[track(data(), 2048, 0, 2)]], '*.mdf', true) })
    const { contents, kind } = await seenDisc(path('d.mds'))
    expect([kind, sha256(contents[0] as Buffer)]).toEqual(['mds', ISO])
  })
})
