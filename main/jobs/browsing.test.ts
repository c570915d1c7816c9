import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ExpandProgress, Listing } from '../../shared/browse.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import type { MountProgress } from '../../shared/mounts.ts'
import { data, rawMode1, sound } from '../containers/testing/sample-disc.ts'
import { writeSlowBzip2 } from '../containers/testing/slow-bzip2.ts'
import { createImage } from '../image/create/create-image.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { removeView } from '../mounts/mount-view.ts'
import type { BrowseNews } from './browse-messages.ts'
import { Browsing } from './browsing.ts'

const byName = { by: 'name', descending: false } as const
const ROOT = 0
const FILES = 400

let scratch: string
let browsing: Browsing
let news: BrowseNews[]
let expanded: ExpandProgress[]
let prepared: MountProgress[]

beforeEach(async () => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-browsing-'))
  const source = join(scratch, 'source')
  mkdirSync(join(source, 'docs/deep'), { recursive: true })
  writeFileSync(join(source, 'docs/deep/hello.txt'), 'hello\n')
  for (let i = 0; i < FILES; i++) writeFileSync(join(source, `file ${i}`), `${i}`)
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, label: 'BROWSING' },
  } as const
  await createImage({ project, outPath: join(scratch, 'image.iso'), overwrite: false }, quietControl())
  news = []
  expanded = []
  prepared = []
  browsing = new Browsing({
    listing: (told) => news.push(told),
    expanding: (progress) => expanded.push(progress),
    preparing: (progress) => prepared.push(progress),
  })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true, force: true })
})

const open = () => browsing.answer('open', { path: join(scratch, 'image.iso'), session: null, track: null })

/** The listing when it is complete: at once, or as it is told. */
async function completed(answer: Promise<Listing>): Promise<Listing> {
  const listing = await answer
  const latest = () => news.findLast(({ listingId }) => listingId === listing.listingId) ?? listing
  await expect.poll(() => latest().isComplete).toBe(true)
  return latest()
}

describe('an image of sound alone', () => {
  it('tells its tracks, and what it can be converted to, sound first; it has no trees', async () => {
    writeFileSync(join(scratch, 'songs.bin'), sound(40))
    const tracks = 'TRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:00:15\n'
    writeFileSync(join(scratch, 'songs.cue'), `FILE "songs.bin" BINARY\n${tracks}`)
    const opened = await browsing.answer('open', { path: join(scratch, 'songs.cue'), session: null, track: null })
    expect(opened).toEqual({ sizeBytes: 40 * 2352, container: 'BIN/CUE', label: '', views: [], session: null, track: null })
    const { disc, fileSystems } = await browsing.answer('describe', null)
    expect([disc?.tracks.map(({ lengthSectors }) => lengthSectors), fileSystems]).toEqual([[15, 25], []])
    const offers = await browsing.answer('convertOffers', null)
    expect(offers.filter(({ problem }) => problem === null).map(({ format }) => format)).toEqual(['wav', 'flac', 'bin-cue', 'chd'])
    await expect(browsing.answer('folders', { view: 'iso9660', folder: ROOT })).rejects.toThrow(/No image is open/)
  })
})

describe('an image that is looked at', () => {
  it('says what it is and lists its folders, a page at a time', async () => {
    expect(await open()).toMatchObject({
      label: 'BROWSING',
      session: 1,
      views: [{ kind: 'rockridge' }, { kind: 'joliet' }, { kind: 'iso9660' }],
    })
    const listing = await completed(browsing.answer('list', { view: 'rockridge', folder: ROOT, order: byName }))
    expect(listing).toMatchObject({ count: FILES + 1, isComplete: true })
    const rows = await browsing.answer('rows', { listingId: listing.listingId, range: [0, 3] })
    expect(rows.map(({ name, type, folder }) => [name, type, folder])).toEqual([
      ['docs', 'directory', '/'],
      ['file 0', 'file', '/'],
      ['file 1', 'file', '/'],
    ])
    const typed = await browsing.answer('rowOfTyped', { listingId: listing.listingId, text: 'FILE 39', from: 0 })
    const [found] = await browsing.answer('rows', { listingId: listing.listingId, range: [typed, typed + 1] })
    expect(found?.name).toBe('file 39')
    expect(await browsing.answer('folders', { view: 'rockridge', folder: ROOT })).toMatchObject([
      { name: 'docs', path: '/docs', hasFolders: null },
    ])
  })

  it('finds by path, tells the folders above, and gives the paths of chosen rows', async () => {
    await open()
    const lineage = (await browsing.answer('find', { view: 'rockridge', path: '/docs/deep/hello.txt' })) ?? []
    expect(lineage).toHaveLength(4)
    expect(await browsing.answer('find', { view: 'rockridge', path: '/docs/nothing' })).toBeNull()
    const { listingId } = await completed(browsing.answer('search', { view: 'rockridge', text: 'deep/', order: byName }))
    expect(await browsing.answer('paths', { listingId, ranges: [[0, 10]], limit: 5 })).toEqual(['/docs/deep/hello.txt'])
    expect(await browsing.answer('rowOf', { listingId, entry: lineage[3] ?? -1 })).toBe(0)
  })

  it('shows contents, their digest and place', async () => {
    await open()
    const lineage = (await browsing.answer('find', { view: 'rockridge', path: '/docs/deep/hello.txt' })) ?? []
    const place = { view: 'rockridge', entry: lineage[3] ?? -1 } as const
    expect(await browsing.answer('preview', { ...place, encoding: null })).toMatchObject({ kind: 'text', text: 'hello\n' })
    expect(Buffer.from(await browsing.answer('bytes', { ...place, offsetBytes: 1, lengthBytes: 3 })).toString()).toBe('ell')
    expect(await browsing.answer('digest', place)).toBe('5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03')
    const { extents } = await browsing.answer('details', place)
    const at = { view: 'rockridge', lba: extents[0]?.lba ?? 0, sectors: 1 } as const
    expect(await browsing.answer('contentAt', at)).toMatchObject({ use: 'file', entries: [{ path: '/docs/deep/hello.txt' }] })
  })

  it('stops a search when another one begins', async () => {
    await open()
    const first = browsing.answer('search', { view: 'rockridge', text: 'file', order: null })
    const second = completed(browsing.answer('search', { view: 'rockridge', text: 'hello', order: null }))
    const outcomes = await Promise.allSettled([first, second])
    expect(outcomes[1]).toMatchObject({ status: 'fulfilled', value: { count: 1 } })
    if (outcomes[0]?.status === 'rejected') expect(outcomes[0].reason).toMatchObject({ report: { kind: 'cancelled' } })
  })
})

describe('questions that have no answer', () => {
  it('are told so', async () => {
    await expect(browsing.answer('describe', null)).rejects.toMatchObject({ report: { code: 'no-image' } })
    await open()
    await expect(browsing.answer('rows', { listingId: 99, range: [0, 1] })).rejects.toMatchObject({ report: { code: 'listing-gone' } })
    await expect(browsing.answer('list', { view: 'udf', folder: ROOT, order: byName })).rejects.toMatchObject({
      report: { code: 'no-such-view' },
    })
    await expect(browsing.answer('list', { view: 'rockridge', folder: 3, order: byName })).rejects.toMatchObject({
      report: { kind: 'usage' },
    })
    await expect(browsing.answer('details', { view: 'rockridge', entry: 9_999_999 })).rejects.toMatchObject({ report: { kind: 'usage' } })
  })

  it('about a file that is no image say what it is', async () => {
    writeFileSync(join(scratch, 'page.iso'), '<!doctype html><html>')
    await expect(browsing.answer('open', { path: join(scratch, 'page.iso'), session: null, track: null })).rejects.toMatchObject({
      report: { code: 'other-format' },
    })
  })

  it('tells the tracks of a disc, shows the one that is wanted, and what it can be converted to', async () => {
    const cue = join(scratch, 'disc.cue')
    const sheet = ['FILE "disc.bin" BINARY', 'TRACK 01 MODE1/2352', 'INDEX 01 00:00:00', 'TRACK 02 AUDIO', 'INDEX 01 00:00:32']
    writeFileSync(join(scratch, 'disc.bin'), Buffer.concat([rawMode1(data()), sound(8), data()]))
    writeFileSync(cue, [...sheet, 'TRACK 03 MODE1/2048', 'INDEX 01 00:00:40', ''].join('\n'))
    const shown = await browsing.answer('open', { path: cue, session: null, track: null })
    expect(shown).toMatchObject({ container: 'BIN/CUE', track: 1, sizeBytes: expect.any(Number) })
    const { disc } = await browsing.answer('describe', null)
    expect(disc?.tracks.map(({ number, mode }) => [number, mode])).toEqual([
      [1, 'mode1'],
      [2, 'audio'],
      [3, 'mode1'],
    ])
    const offers = await browsing.answer('convertOffers', null)
    expect(offers.find(({ format }) => format === 'iso')?.losses.map(({ kind }) => kind)).toContain('audio')
    expect(offers.find(({ format }) => format === 'bin-cue')).toMatchObject({ losses: [], problem: null, sizeBytes: expect.any(Number) })
    expect(await browsing.answer('open', { path: cue, session: null, track: 3 })).toMatchObject({ track: 3 })
    await expect(browsing.answer('open', { path: cue, session: null, track: 2 })).rejects.toMatchObject({
      report: { code: 'no-such-track' },
    })
    await browsing.answer('open', { path: join(scratch, 'image.iso'), session: null, track: null })
    const plain = await browsing.answer('convertOffers', null)
    expect(plain.find(({ format }) => format === 'flac')?.problem).toMatchObject({ code: 'no-sound' })
    expect((await browsing.answer('describe', null)).disc).toBeNull()
  })
})

describe('an image that is got ready to be mounted', () => {
  it('tells how far it is, and stops with nothing left', async () => {
    const temporary = join(scratch, 'temporary')
    mkdirSync(temporary)
    vi.stubEnv('TMPDIR', temporary)
    writeSlowBzip2(join(scratch, 'slow.iso.bz2'))
    const mounting = browsing.answer('prepareMount', { path: join(scratch, 'slow.iso.bz2') })
    mounting.catch(() => {}) // it is looked at below
    await expect.poll(() => prepared.length).toBeGreaterThan(0)
    expect(prepared[0]).toMatchObject({ phase: 'expand', totalBytes: statSync(join(scratch, 'slow.iso.bz2')).size })
    await browsing.answer('stopMount', null)
    await expect(mounting).rejects.toMatchObject({ report: { kind: 'cancelled' } })
    expect(readdirSync(temporary)).toEqual([])
  })

  it('is copied where it lies in a container, and mounted as it is where it does not', async () => {
    writeFileSync(join(scratch, 'disc.bin'), rawMode1(data()))
    const { viewPath, label } = await browsing.answer('prepareMount', { path: join(scratch, 'disc.bin') })
    expect(readFileSync(viewPath as string).equals(data())).toBe(true)
    expect(prepared.at(-1)).toEqual({ phase: 'copy', doneBytes: data().length, totalBytes: data().length })
    removeView(viewPath as string)
    expect(label).not.toBe('')
    expect(await browsing.answer('prepareMount', { path: join(scratch, 'image.iso') })).toMatchObject({ label: 'BROWSING', viewPath: null })
  })
})
