/** VIDEO_TS as players expect it: in the places that its IFO files name, as genisoimage -dvd-video puts them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type CreateOptions, defaultCreateOptions, presets } from '../../../shared/image-project.ts'
import { checkImage } from '../check-image.ts'
import { openImage } from '../open-image.ts'
import { hostTree, sevenZip } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { createImage } from './create-image.ts'
import { InformationHead } from './dvd-video.ts'

const SECTOR_BYTES = 2048

let scratch: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-dvd-'))
  image = join(scratch, 'image.iso')
  for (const folder of ['AUDIO_TS', 'VIDEO_TS', 'Extras']) mkdirSync(join(scratch, 'source', folder), { recursive: true })
  writeFileSync(join(scratch, 'source/Extras/a first.txt'), 'comes behind the video')
  video('VIDEO_TS.IFO', information('DVDVIDEO-VMG', 3, { lastSetSector: 31, menuSector: 8 }))
  video('VIDEO_TS.BUP', Buffer.alloc(3 * SECTOR_BYTES, 'b'))
  video('VIDEO_TS.VOB', Buffer.alloc(10 * SECTOR_BYTES, 'm'))
  video('VTS_01_0.IFO', information('DVDVIDEO-VTS', 4, { lastSetSector: 69, menuSector: 6, titlesSector: 16 }))
  video('VTS_01_0.BUP', Buffer.alloc(4 * SECTOR_BYTES, 'B'))
  video('VTS_01_0.VOB', Buffer.alloc(5 * SECTOR_BYTES, '0'))
  video('VTS_01_1.VOB', Buffer.alloc(20 * SECTOR_BYTES, '1'))
  video('VTS_01_2.VOB', Buffer.alloc(20 * SECTOR_BYTES, '2'))
  video('VTS_02_1.VOB', Buffer.alloc(20 * SECTOR_BYTES, '3'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const video = (name: string, bytes: Buffer) => writeFileSync(join(scratch, 'source/VIDEO_TS', name), bytes)

interface Sectors {
  readonly lastSetSector: number
  readonly menuSector: number
  readonly titlesSector?: number
}

function information(identifier: string, sizeSectors: number, { lastSetSector, menuSector, titlesSector = 0 }: Sectors): Buffer {
  const bytes = Buffer.alloc(sizeSectors * SECTOR_BYTES)
  const unused = { unused16: Buffer.alloc(0), unused32: Buffer.alloc(0) }
  InformationHead.serialise(
    { identifier, lastSetSector, lastInformationSector: sizeSectors - 1, menuSector, titlesSector, ...unused },
    bytes,
  )
  return bytes
}

function create(options: Partial<CreateOptions> = {}) {
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: join(scratch, 'source'), into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, ...presets['dvd-video'].options, ...options },
  } as const
  return createImage({ project, outPath: image, overwrite: true }, quietControl())
}

function lbaOf(path: string, kind: 'iso9660' | 'udf'): number {
  const opened = openImage(image)
  try {
    return opened.view(kind).lookup(path)?.extents[0]?.lba ?? 0
  } finally {
    opened.close()
  }
}

it('lies where its IFO files say, in both trees, before everything else', async () => {
  await create()
  for (const kind of ['iso9660', 'udf'] as const) {
    const from = (name: string, base: string) => lbaOf(`/VIDEO_TS/${name}`, kind) - lbaOf(`/VIDEO_TS/${base}`, kind)
    expect(from('VIDEO_TS.VOB', 'VIDEO_TS.IFO')).toBe(8)
    expect(from('VIDEO_TS.BUP', 'VIDEO_TS.IFO')).toBe(32 - 3)
    expect(from('VTS_01_0.IFO', 'VIDEO_TS.IFO')).toBe(32)
    expect(from('VTS_01_0.VOB', 'VTS_01_0.IFO')).toBe(6)
    expect(from('VTS_01_1.VOB', 'VTS_01_0.IFO')).toBe(16)
    expect(from('VTS_01_2.VOB', 'VTS_01_0.IFO')).toBe(36)
    expect(from('VTS_01_0.BUP', 'VTS_01_0.IFO')).toBe(70 - 4)
    expect(from('VTS_02_1.VOB', 'VTS_01_0.IFO')).toBe(70)
  }
  expect(lbaOf('/Extras/a first.txt', 'udf')).toBeGreaterThan(lbaOf('/VIDEO_TS/VTS_02_1.VOB', 'udf'))
})

it('has every byte, and nothing wrong with it', async () => {
  await create()
  const sizes = [...hostTree(join(scratch, 'source'))]
    .filter(([, { kind }]) => kind === 'file')
    .map(([path, { sizeBytes }]) => [path, sizeBytes])
  expect(new Map([...sevenZip.list(image)].sort())).toEqual(new Map((sizes as [string, number][]).sort(([a], [b]) => (a < b ? -1 : 1))))
  const opened = openImage(image)
  expect(opened.udf?.revision).toBe(0x0102)
  expect(await checkImage(opened, quietControl())).toEqual([])
  opened.close()
})

it('is refused when its files don’t fit what the IFO says', async () => {
  video('VTS_01_0.VOB', Buffer.alloc(11 * SECTOR_BYTES))
  await expect(create()).rejects.toMatchObject({
    report: {
      code: 'dvd-sizes-differ',
      message: '‘/VIDEO_TS/VTS_01_0.IFO’ says that VTS_01_1.VOB begins 16 sectors behind it, but the files before it end at 17.',
    },
  })
  video('VTS_01_0.IFO', Buffer.alloc(8192, 'x'))
  await expect(create()).rejects.toMatchObject({ report: { code: 'dvd-information-invalid' } })
})

it('needs VIDEO_TS, and other presets don’t care', async () => {
  rmSync(join(scratch, 'source/VIDEO_TS/VIDEO_TS.IFO'))
  await expect(create()).rejects.toMatchObject({ report: { code: 'no-dvd-video' } })
  await create({ dvdVideo: false })
})
