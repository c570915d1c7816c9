/** Multi-session images as other people's programs leave them: every session can be shown, the newest is. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FindingLog } from '../bytes/finding-log.ts'
import { extractImage } from './extract.ts'
import { imageFacts } from './image-facts.ts'
import { openImage } from './open-image.ts'
import { hostTree } from './testing/foreign-readers.ts'
import { quietControl } from './testing/quiet-control.ts'
import { scratchRoot } from './testing/scratch.ts'
import { pathOfStep, walkView } from './walk-view.ts'

const SECTOR_BYTES = 2048

let scratch: string
let image: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-sessions-'))
  image = join(scratch, 'image.iso')
  for (const name of ['one', 'two', 'three']) {
    mkdirSync(join(scratch, name))
    writeFileSync(join(scratch, name, `${name}.txt`), name.repeat(1000))
  }
})
beforeEach(() => rmSync(image, { force: true }))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function paths(session?: number): string[] {
  const opened = openImage(image, { session })
  const view = opened.view('auto')
  const found = [...walkView(view, view.root, '/', new FindingLog())].map(pathOfStep)
  opened.close()
  return found
}

function codes(): string[] {
  const opened = openImage(image)
  opened.close()
  return opened.findings.map(({ code }) => code)
}

const genisoimage = (path: string, ...args: string[]) =>
  execFileSync('genisoimage', ['-quiet', '-R', '-J', '-o', path, ...args], { stdio: 'ignore' })

/** As a recorder writes a second session, beginning at a sector, behind the first. */
function appendSession(startLba: number): void {
  const appended = join(scratch, 'appended')
  genisoimage(image, join(scratch, 'one'))
  const first = join(scratch, 'first.iso')
  writeFileSync(first, readFileSync(image))
  genisoimage(appended, '-M', first, '-C', `0,${startLba}`, join(scratch, 'two'))
  truncateSync(image, startLba * SECTOR_BYTES)
  appendFileSync(image, readFileSync(appended))
}

describe('sessions that xorriso appended to a file', () => {
  beforeEach(() => {
    const commits = ['one', 'two', 'three'].flatMap((name) => ['-map', join(scratch, name), `/${name}`, '-commit'])
    execFileSync('xorriso', ['-dev', `stdio:${image}`, ...commits, '-end'], { stdio: 'ignore' })
  })

  it('each show what was there at the time', () => {
    expect(paths(1)).toEqual(['/one', '/one/one.txt'])
    expect(paths(2)).toEqual(['/one', '/one/one.txt', '/two', '/two/two.txt'])
    expect(paths()).toEqual(['/one', '/one/one.txt', '/three', '/three/three.txt', '/two', '/two/two.txt'])
    expect(paths(3)).toEqual(paths())
    expect(codes()).toEqual([])
    expect(() => openImage(image, { session: 4 })).toThrow('has no session 4')
  })

  it('are where xorriso says they are', async () => {
    // Its table goes to standard output, its other words to standard error.
    const text = execFileSync('xorriso', ['-indev', `stdio:${image}`, '-toc'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const told = [...text.matchAll(/^ISO session {2}: +(\d+) , +(\d+) , +(\d+)s/gm)].map((match) => match.slice(1, 4).map(Number))
    const opened = openImage(image)
    const { sessions, session } = await imageFacts(opened, { checkpoint: () => undefined })
    opened.close()
    expect(sessions.map(({ number, startLba, sizeBlocks }) => [number, startLba, sizeBlocks])).toEqual(told)
    expect(session).toBe(3)
  })

  it('give their files', async () => {
    const outFolder = join(scratch, 'out')
    await extractImage({ imagePath: image, paths: [], view: 'auto', outFolder, overwrite: false, session: 2 }, quietControl())
    expect(hostTree(join(outFolder, 'two'))).toEqual(hostTree(join(scratch, 'two')))
  })

  it('show the newest whole one when the image is cut off', () => {
    const opened = openImage(image)
    const third = opened.sessions[2]?.startLba ?? 0
    opened.close()
    truncateSync(image, third * SECTOR_BYTES)
    expect(paths()).toEqual(paths(2))
    expect(codes()).toContain('newest-session-missing')
  })
})

it.each([
  ['right behind the first', 0],
  ['behind the lead-out of a CD', 11_400],
])('a session %s is shown, and its beginning is not', (_, gapBlocks) => {
  genisoimage(image, join(scratch, 'one'))
  const firstBlocks = statSync(image).size / SECTOR_BYTES
  appendSession(Math.ceil(firstBlocks / 16) * 16 + gapBlocks)
  expect(paths(1)).toEqual(['/one.txt'])
  expect(paths()).toEqual(['/one.txt', '/two.txt'])
  expect(codes()).toEqual(['older-session-first'])
})

it('an image that merely lies behind another is no session of it', () => {
  genisoimage(image, join(scratch, 'one'))
  const other = join(scratch, 'other.iso')
  genisoimage(other, join(scratch, 'two'))
  appendFileSync(image, readFileSync(other))
  expect(paths()).toEqual(['/one.txt'])
  expect(codes()).toEqual([])
})
