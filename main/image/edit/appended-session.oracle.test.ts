/** Sessions appended to other people's images, as xorriso, isoinfo, 7-Zip and bsdtar see them. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EditStep } from '../../../shared/image-edit.ts'
import type { EditResult } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { entrySha256 } from '../entry-digest.ts'
import type { ImageEntry } from '../image-view.ts'
import { openImage } from '../open-image.ts'
import { bsdtar, extractedTree, fileSha256, hostTree, isoinfo, sevenZip, xorriso } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { type EditRequest, editImage } from './edit-image.ts'

const BLOCK_BYTES = 2048
/** System area and volume descriptors: all that a session changes of what is there. */
const BEGINNING_BYTES = 32 * BLOCK_BYTES
const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const areThere = ['xorriso', 'genisoimage', '7z', 'bsdtar'].every(has)

let scratch: string
let source: string
let fresh: string
let image: string
let edited: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-session-'))
  source = join(scratch, 'source')
  fresh = join(scratch, 'fresh.txt')
  image = join(scratch, 'old.iso')
  edited = join(scratch, 'new.iso')
  mkdirSync(join(source, 'docs'), { recursive: true })
  for (let i = 0; i < 20; i++) writeFileSync(join(source, `docs/${i}.txt`), `file ${i}\n`)
  writeFileSync(join(source, 'large.bin'), Buffer.alloc(300_000, 'large '))
  writeFileSync(fresh, 'fresh\n')
})
beforeEach(() => {
  for (const path of [image, edited]) rmSync(path, { force: true })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const replace: EditStep[] = [
  { step: 'remove', path: '/docs/3.txt' },
  { step: 'rename', path: '/docs/4.txt', to: '/moved.txt' },
]
const steps = (): EditStep[] => [
  ...replace,
  { step: 'add', hostPath: fresh, path: '/docs/5.txt' },
  { step: 'add', hostPath: fresh, path: '/new/fresh.txt' },
]

function append(changes: Partial<EditRequest> = {}, control = quietControl()): Promise<EditResult> {
  const request: EditRequest = {
    imagePath: image,
    outPath: edited,
    overwrite: false,
    steps: steps(),
    label: null,
    mode: 'append-session',
    exclude: [],
  }
  return editImage({ ...request, ...changes }, control)
}

const inPlace = (more: EditStep[], control = quietControl()) => append({ outPath: image, overwrite: true, steps: more }, control)

const make = (...args: string[]) =>
  execFileSync('genisoimage', ['-quiet', '-R', '-J', '-V', 'FIRST', ...args, '-o', image, source], { stdio: 'ignore' })
const said = (...args: string[]): string => spawnSync('xorriso', args, { encoding: 'utf8' }).stdout

/** Paths and digests of an image's files, in one of its sessions. */
function contents(path: string, session?: number): Map<string, string | null> {
  const opened = openImage(path, { session })
  const view = opened.view('auto')
  const found = new Map<string, string | null>()
  const visit = (folder: ImageEntry, at: string) => {
    for (const entry of view.children(folder)) {
      if (entry.type === 'directory') visit(entry, `${at}/${entry.name}`)
      else found.set(`${at}/${entry.name}`, entrySha256(view, entry))
    }
  }
  visit(view.root, '')
  opened.close()
  return found
}

/** The source as the steps leave it. */
function expected(): Map<string, string> {
  const files = new Map([...hostTree(source)].filter(([, { kind }]) => kind === 'file').map(([path, { content }]) => [path, content]))
  files.set('/moved.txt', files.get('/docs/4.txt') as string)
  files.delete('/docs/3.txt')
  files.delete('/docs/4.txt')
  for (const path of ['/docs/5.txt', '/new/fresh.txt']) files.set(path, fileSha256(fresh))
  return files
}

const sorted = (files: Iterable<readonly [string, unknown]>) => [...files].sort(([a], [b]) => (a < b ? -1 : 1))
const ifThere = areThere ? describe : describe.skip

ifThere('a session behind an image', () => {
  it('shows the new state to every reader', async () => {
    make()
    await append()
    const truth = sorted(expected())
    expect(sorted(contents(edited))).toEqual(truth)
    for (const reader of [xorriso, bsdtar, sevenZip, isoinfo('rockridge'), isoinfo('joliet')]) {
      const seen = [...extractedTree(reader, edited, scratch)]
        .filter(([, { kind }]) => kind === 'file')
        .map(([path, { content }]) => [path, content] as const)
      expect([reader.name, sorted(seen)]).toEqual([reader.name, truth])
    }
  })

  it('leaves all other bytes as they were', async () => {
    make()
    const before = readFileSync(image)
    const { sessionBytes, sizeBytes } = await append()
    const after = readFileSync(edited)
    expect(after.subarray(BEGINNING_BYTES, before.length).equals(before.subarray(BEGINNING_BYTES))).toBe(true)
    expect(readFileSync(image).equals(before)).toBe(true)
    expect(after.length).toBe(sizeBytes)
    expect(sessionBytes).toBeLessThan(150_000)
  })

  it('keeps the old state within reach', async () => {
    make()
    await append()
    expect(sorted(contents(edited, 1))).toEqual(sorted(contents(image)))
    const opened = openImage(edited)
    const [first, second] = opened.sessions
    opened.close()
    const oldLba = (first?.descriptorsLba ?? 0) - 16
    const newLba = second?.startLba ?? 0
    expect(oldLba % 32).toBe(0)
    expect(newLba).toBe(oldLba + 32)
    const listed = (lba: number) => execFileSync('isoinfo', ['-T', String(lba), '-R', '-f', '-i', edited], { encoding: 'utf8' })
    expect(listed(oldLba)).toContain('/docs/3.txt')
    expect(listed(newLba)).not.toContain('/docs/3.txt')
    expect(listed(newLba)).toContain('/new/fresh.txt')
    expect(said('-load', 'sbsector', String(oldLba), '-indev', `stdio:${edited}`, '-find', '/docs')).toContain("'/docs/3.txt'")
  })

  it('takes further sessions, each within reach', async () => {
    make()
    const states = [contents(image)]
    for (const path of ['/one.txt', '/two.txt', '/three.txt']) {
      await inPlace([{ step: 'add', hostPath: fresh, path }])
      states.push(contents(image))
    }
    expect(states.at(-1)?.has('/one.txt')).toBe(true)
    for (const [i, state] of states.entries()) expect(sorted(contents(image, i + 1))).toEqual(sorted(state))
    expect(said('-indev', `stdio:${image}`, '-find', '/', '-maxdepth', '1')).toContain("'/three.txt'")
  })

  it('has a label of its own, if wanted', async () => {
    make()
    await append({ steps: [], label: 'SECOND' })
    expect(execFileSync('isoinfo', ['-d', '-i', edited], { encoding: 'utf8' })).toContain('Volume id: SECOND')
  })

  it('stands where xorriso looks for the next one', async () => {
    execFileSync('xorriso', ['-outdev', `stdio:${image}`, '-volid', 'S1', '-map', source, '/', '-commit'], { stdio: 'ignore' })
    execFileSync('xorriso', ['-dev', `stdio:${image}`, '-volid', 'S2', '-map', fresh, '/by xorriso', '-commit'], { stdio: 'ignore' })
    await inPlace([{ step: 'add', hostPath: fresh, path: '/by us' }])
    const sessions = (said('-indev', `stdio:${image}`, '-toc').match(/^ISO session.*$/gm) ?? []).map((line) =>
      line.split(/[,:]/).map((part) => part.trim()),
    )
    expect(sessions.map(([, number, start]) => [number, Number(start) % 32 === 0])).toEqual([
      ['1', true],
      ['2', true],
      ['3', true],
    ])
    expect(Number(sessions[2]?.[2])).toBeGreaterThan(Number(sessions[1]?.[2]))
    expect(said('-load', 'session', '2', '-indev', `stdio:${image}`, '-find', '/', '-maxdepth', '1')).not.toContain('by us')
    expect(said('-indev', `stdio:${image}`, '-find', '/', '-maxdepth', '1')).toContain('by us')
    // And xorriso goes on from there.
    execFileSync('xorriso', ['-dev', `stdio:${image}`, '-map', fresh, '/again by xorriso', '-commit'], { stdio: 'ignore' })
    expect([...contents(image).keys()].filter((path) => path.includes('by'))).toEqual(['/again by xorriso', '/by us', '/by xorriso'])
    expect(said('-indev', `stdio:${image}`, '-toc').match(/^ISO session/gm)).toHaveLength(4)
  })

  it('is no way to change an image that has UDF', async () => {
    make('-udf')
    await expect(append()).rejects.toMatchObject({ report: { kind: 'usage', code: 'session-not-appendable' } })
    expect(hostTree(scratch).has('/new.iso')).toBe(false)
  })
})

ifThere('in place', () => {
  it('writes less than 10 MB for one file of a 4 GB image', async () => {
    const huge = join(scratch, 'huge')
    mkdirSync(huge)
    writeFileSync(join(huge, 'huge.bin'), '')
    truncateSync(join(huge, 'huge.bin'), 4_000_000_000)
    writeFileSync(join(huge, 'small.txt'), 'old\n')
    execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-J', '-iso-level', '3', '-o', image, huge], { stdio: 'ignore' })
    rmSync(huge, { recursive: true })
    const before = statSync(image).size
    const { writtenBytes } = await inPlace([{ step: 'add', hostPath: fresh, path: '/small.txt' }])
    expect(writtenBytes).toBeLessThan(1_000_000)
    expect(statSync(image).size - before).toBeLessThan(1_000_000)
    expect(execFileSync('isoinfo', ['-R', '-x', '/small.txt', '-i', image], { encoding: 'utf8' })).toBe('fresh\n')
    expect(xorriso.list(image)).toEqual(
      new Map([
        ['/huge.bin', 4_000_000_000],
        ['/small.txt', 6],
      ]),
    )
  }, 120_000)

  it('an edit that fails leaves the image as it was', async () => {
    make()
    const before = fileSha256(image)
    const gone = join(scratch, 'gone.txt')
    writeFileSync(gone, 'gone')
    const control = quietControl({ log: (_level, text) => void (text.includes('session will') && rmSync(gone)) })
    await expect(inPlace([{ step: 'add', hostPath: gone, path: '/gone.txt' }], control)).rejects.toMatchObject({
      report: { code: 'source-vanished' },
    })
    expect(fileSha256(image)).toBe(before)
  })

  it('a cancelled edit leaves the image as it was', async () => {
    make()
    const before = fileSha256(image)
    let isWriting = false
    const control = quietControl({
      log: (_level, text) => {
        isWriting ||= text.includes('session will')
      },
      checkpoint: () => {
        if (isWriting) throw Problem.cancelled()
        return undefined
      },
    })
    await expect(inPlace(steps(), control)).rejects.toMatchObject({ report: { kind: 'cancelled' } })
    expect(fileSha256(image)).toBe(before)
  })

  it('padding of an older session comes back when its successor fails', async () => {
    execFileSync('xorriso', ['-outdev', `stdio:${image}`, '-map', source, '/', '-commit'], { stdio: 'ignore' })
    const kept = join(scratch, 'kept.iso')
    copyFileSync(image, kept)
    const gone = join(scratch, 'gone.txt')
    writeFileSync(gone, 'gone')
    const control = quietControl({ log: (_level, text) => void (text.includes('session will') && rmSync(gone)) })
    await expect(inPlace([{ step: 'add', hostPath: gone, path: '/gone.txt' }], control)).rejects.toMatchObject({ report: { kind: 'io' } })
    expect(readFileSync(image).equals(readFileSync(kept))).toBe(true)
  })

  it('the beginning is switched over last', async () => {
    make()
    const fd = openSync(image, 'r')
    const old = Buffer.alloc(BEGINNING_BYTES)
    readSync(fd, old, 0, old.length, 0)
    const seen: boolean[] = []
    const control = quietControl({
      checkpoint: () => {
        const now = Buffer.alloc(BEGINNING_BYTES)
        readSync(fd, now, 0, now.length, 0)
        seen.push(now.equals(old))
        return undefined
      },
    })
    await inPlace(steps(), control)
    closeSync(fd)
    expect(seen.length).toBeGreaterThan(10)
    expect(seen.every(Boolean)).toBe(true)
  })
})
