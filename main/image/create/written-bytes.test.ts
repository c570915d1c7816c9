/** Every byte of an image is written once, and is somebody's or zero. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CreateOptions, defaultCreateOptions } from '../../../shared/image-project.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { randomNumbers } from '../../bytes/testing/random.ts'
import { taps } from '../../bytes/testing/tapped-fs.ts'
import { encodeLinkTarget } from '../../udf/path-component.ts'
import { openImage } from '../open-image.ts'
import { ByteIntervals } from '../testing/byte-intervals.ts'
import { structurePlaces } from '../testing/fuzz/structure-places.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { makeRandomTree } from '../testing/random-tree.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { pathOfStep, walkView } from '../walk-view.ts'
import { createImage, streamImage } from './create-image.ts'

vi.mock('node:fs', async (original) => (await import('../../bytes/testing/tapped-fs.ts')).tapped(await original()))

const SECTOR_BYTES = 2048
const ENTRIES = 150

const combinations: readonly [string, Partial<CreateOptions>][] = [
  ['plain ISO 9660, level 1', { fileSystems: ['iso9660'], isoLevel: 1 }],
  ['plain ISO 9660, level 3', { fileSystems: ['iso9660'] }],
  ['Joliet', { fileSystems: ['iso9660', 'joliet'] }],
  ['Rock Ridge', { fileSystems: ['iso9660', 'rockridge'] }],
  ['Joliet and Rock Ridge', { fileSystems: ['iso9660', 'joliet', 'rockridge'] }],
  ['ISO 9660:1999', { fileSystems: ['iso9660'], isoLevel: 4 }],
  ['UDF 1.02 alone', { fileSystems: ['udf'] }],
  ['UDF 2.60 alone', { fileSystems: ['udf'], udfRevision: '2.60', udfLinks: true }],
  ['UDF 1.50 over ISO 9660', { fileSystems: ['iso9660', 'udf'], udfRevision: '1.50' }],
  ['everything, with UDF 2.01', { fileSystems: ['iso9660', 'joliet', 'rockridge', 'udf'], isoLevel: 4, udfRevision: '2.01' }],
  ['everything, with UDF 2.50', { fileSystems: ['iso9660', 'joliet', 'rockridge', 'udf'], isoLevel: 4, udfRevision: '2.50' }],
]

let scratch: string
let imagePath: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-written-'))
  imagePath = join(scratch, 'image.iso')
  mkdirSync(join(scratch, 'source'))
  makeRandomTree(join(scratch, 'source'), randomNumbers(7), { entries: ENTRIES })
})
afterEach(() => {
  taps.write = null
  rmSync(scratch, { recursive: true, force: true })
})

const projectOf = (options: Partial<CreateOptions>) =>
  ({
    version: 1,
    steps: [{ step: 'add', hostPath: join(scratch, 'source'), into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, reproducible: true, sha256: false, ...options },
  }) as const

/** What the image's trees and structures hold. Files of one content share its place; that is one owner. */
function ownersOf(bytes: Buffer): ByteIntervals {
  const owners = new ByteIntervals()
  for (const { structure, at, lengthBytes } of outermost(structurePlaces(bytes))) owners.add(at, lengthBytes, structure.name)
  const image = openImage(imagePath)
  const contents = new Map<number, { lengthBytes: number; path: string }>()
  for (const kind of image.viewKinds) {
    const view = image.view(kind)
    for (const step of walkView(view, view.root, '/', new FindingLog())) {
      if (step.entry.type !== 'file') continue
      for (const extent of step.entry.extents) {
        const at = view.offsetBytes(extent)
        const known = contents.get(at)
        if (known === undefined) contents.set(at, { lengthBytes: extent.lengthBytes, path: pathOfStep(step) })
        else expect(extent.lengthBytes).toBe(known.lengthBytes)
      }
    }
  }
  image.close()
  for (const [at, { lengthBytes, path }] of contents) owners.add(at, lengthBytes, path)
  return owners
}

/** What UDF records of links' targets; long ones lie in blocks of their own, twice where the tree is there twice. */
function linkContents(): Uint8Array[] {
  const image = openImage(imagePath)
  const targets: Uint8Array[] = []
  if (image.viewKinds.includes('udf')) {
    const view = image.view('udf')
    for (const { entry } of walkView(view, view.root, '/', new FindingLog()))
      if (entry.target !== null) targets.push(encodeLinkTarget(entry.target) ?? Buffer.alloc(0))
  }
  image.close()
  return targets.filter((target) => target.length > 0)
}

/** Whether a part begins with this and has nothing else in it. */
const isOnly = (part: Buffer, content: Uint8Array): boolean =>
  part.subarray(0, content.length).equals(content) && part.subarray(content.length).every((byte) => byte === 0)

/** Structures within others belong to those. */
function outermost(places: ReturnType<typeof structurePlaces>): typeof places {
  let reached = 0
  return [...places]
    .sort((a, b) => a.at - b.at || b.lengthBytes - a.lengthBytes)
    .filter(({ at, lengthBytes }) => {
      const isInside = at + lengthBytes <= reached
      reached = Math.max(reached, at + lengthBytes)
      return !isInside
    })
}

describe.each(combinations)('%s', (_, options) => {
  it('is written once, byte for byte, and what no one owns is zero', async () => {
    const written = new ByteIntervals()
    taps.write = (_fd, go, part, position) => {
      expect(position).not.toBeNull()
      written.add(position ?? 0, part.length, 'a write')
      const got = go()
      expect(got).toBe(part.length)
      return got
    }
    const { sizeBytes } = await createImage({ project: projectOf(options), outPath: imagePath, overwrite: false }, quietControl())
    taps.write = null
    expect(written.overlaps()).toEqual([])
    expect(written.gaps(sizeBytes)).toEqual([])

    const bytes = readFileSync(imagePath)
    expect(bytes.length).toBe(sizeBytes)
    const owners = ownersOf(bytes)
    expect(owners.overlaps()).toEqual([])
    const links = linkContents()
    const isOwned = (part: Buffer) => part.every((byte) => byte === 0) || links.some((link) => isOnly(part, link))
    const stray = owners.gaps(sizeBytes).filter(({ startBytes, endBytes }) => !isOwned(bytes.subarray(startBytes, endBytes)))
    expect(stray.map(({ startBytes }) => `byte ${startBytes} of sector ${Math.floor(startBytes / SECTOR_BYTES)}`)).toEqual([])
  })

  it('is the same as a stream, and with a second thread', async () => {
    await createImage({ project: projectOf({ ...options, sha256: true }), outPath: imagePath, overwrite: false }, quietControl())
    const pieces: Buffer[] = []
    await streamImage({ project: projectOf(options), write: (bytes) => void pieces.push(Buffer.from(bytes)) }, quietControl())
    expect(Buffer.concat(pieces).equals(readFileSync(imagePath))).toBe(true)
  })
})
