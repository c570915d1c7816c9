/** Whole burns with real xorriso, to libburn's virtual drive: a file that behaves like a rewritable disc. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BurnRequest, BurnSource } from '../../../shared/drives.ts'
import { defaultCreateOptions, type ImageProject } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { createImage } from '../../image/create/create-image.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { eraseDisc } from '../erase-disc.ts'
import { LinuxDrives } from '../linux/linux-drives.ts'
import { ripDisc } from '../rip/rip-disc.ts'
import { burnDisc } from './burn-disc.ts'

const adapter = new LinuxDrives()
let scratch: string
let sourceFolder: string
let imagePath: string
let discPath: string
let image: Buffer

const project = (): ImageProject => ({
  version: 1,
  steps: [{ step: 'add', hostPath: sourceFolder, into: '/', contentsOnly: true }],
  options: { ...defaultCreateOptions, label: 'BURNED', reproducible: true },
})

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-burn-'))
  sourceFolder = join(scratch, 'source')
  mkdirSync(join(sourceFolder, 'folder'), { recursive: true })
  writeFileSync(join(sourceFolder, 'folder/large.bin'), Buffer.alloc(9_000_000, 'some content of a large file '))
  for (let i = 0; i < 200; i++) writeFileSync(join(sourceFolder, `file ${i}.txt`), `number ${i}\n`.repeat(i))
  imagePath = join(scratch, 'image.iso')
  await createImage({ project: project(), outPath: imagePath, overwrite: false }, quietControl())
  image = readFileSync(imagePath)
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
beforeEach(() => {
  discPath = join(scratch, 'disc.img')
  rmSync(discPath, { force: true })
})

const FLIPPED_BYTE = 3_000_000
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const drive = () => `stdio:${discPath}`
const onDisc = () => readFileSync(discPath).subarray(0, image.length)
const fromImage = (): BurnSource => ({ kind: 'image', path: imagePath })
const fromFolder = (): BurnSource => ({ kind: 'project', project: project() })

function burn(changes: Partial<BurnRequest> = {}, control: JobControl = quietControl()) {
  const request: BurnRequest = {
    source: fromImage(),
    drive: drive(),
    speedTimes: null,
    simulate: false,
    erase: false,
    verify: true,
    eject: false,
    force: false,
    copies: 1,
    ...changes,
  }
  return burnDisc(request, adapter, control)
}

/** Does something whenever xorriso says a line that begins so. */
function whenSaid(beginning: string, act: () => void): JobControl {
  return quietControl({ log: (_level, text) => void (text.startsWith(beginning) && act()) })
}
const AFTER_WRITING = 'Media summary: 1 session'

describe('a burned image', () => {
  it('is on the disc, byte for byte', async () => {
    const phases: string[] = []
    const result = await burn({}, quietControl({ progress: ({ phase }) => void (phases.at(-1) !== phase && phases.push(phase)) }))
    expect(onDisc().equals(image)).toBe(true)
    expect(result).toMatchObject({
      mediumKind: 'virtual disc',
      sizeBytes: image.length,
      simulated: false,
      tool: 'xorriso',
      copies: [{ written: true, verified: { isSame: true }, verifyProblem: null, ejected: null }],
    })
    // A small image is written before xorriso reports for the first time.
    expect(phases.filter((phase) => phase !== 'write')).toEqual(['prepare', 'verify'])
  })

  it('is what a rip of the disc gives', async () => {
    await burn()
    const outPath = join(scratch, 'ripped.iso')
    const files = { outPath, mapPath: null, resume: false, overwrite: true, whole: false, fillUnread: false }
    const result = await ripDisc({ drive: drive(), retries: 0, verify: true, ...files }, adapter, quietControl())
    expect(result).toMatchObject({ sha256: sha256(image), unreadBytes: 0, secondReading: { isSame: true } })
    rmSync(outPath)
  })

  it('is seen by xorriso as a session with its label', async () => {
    await burn()
    expect((await adapter.look({ kind: 'virtual', path: discPath })).medium).toMatchObject({ state: 'appendable', label: 'BURNED' })
  })
})

describe('a burned folder', () => {
  it('is the image that it would have been, without there having been one', async () => {
    const result = await burn({ source: fromFolder() })
    expect(result).toMatchObject({ sizeBytes: image.length, sha256: sha256(image), copies: [{ verified: { isSame: true } }] })
    expect(onDisc().equals(image)).toBe(true)
  })

  it('reads back in bsdtar', async () => {
    await burn({ source: fromFolder() })
    const { stdout } = spawnSync('bsdtar', ['-xOf', discPath, 'folder/large.bin'], { maxBuffer: 64 * 2 ** 20 })
    expect(stdout.equals(readFileSync(join(sourceFolder, 'folder/large.bin')))).toBe(true)
  })

  it('fails as a whole when a source fails on the way, and says what the disc is', async () => {
    const path = join(sourceFolder, 'folder/large.bin')
    const content = readFileSync(path)
    // What is planned the second time is what is being written.
    let plans = 0
    const control = whenSaid('Planned', () => ++plans === 2 && truncateSync(path, 4_000_000))
    try {
      await expect(burn({ source: fromFolder() }, control)).rejects.toMatchObject({
        report: { code: expect.stringMatching(/^source/), kept: expect.stringMatching(/^The disc/) },
      })
    } finally {
      writeFileSync(path, content)
    }
  })
})

describe('reading back', () => {
  it('finds one byte that was changed on the disc, and names its sector', async () => {
    const flip = () => {
      const fd = openSync(discPath, 'r+')
      writeSync(fd, Buffer.from([(image[FLIPPED_BYTE] as number) ^ 0xff]), 0, 1, FLIPPED_BYTE)
      closeSync(fd)
    }
    for (const source of [fromImage(), fromFolder()]) {
      rmSync(discPath, { force: true })
      const result = await burn({ source }, whenSaid(AFTER_WRITING, flip))
      const firstBadSector = Math.floor(FLIPPED_BYTE / 2048)
      const verified = { isSame: false, differingSectors: 1, unreadableSectors: 0, firstBadSector }
      expect(result.copies).toEqual([{ written: true, verified, verifyProblem: null, ejected: null }])
    }
  })

  it('that can’t be done leaves the disc written', async () => {
    const control = whenSaid(AFTER_WRITING, () => rmSync(discPath))
    expect((await burn({}, control)).copies).toMatchObject([
      { written: true, verified: null, verifyProblem: expect.stringContaining(discPath) },
    ])
  })
})

describe('a disc with data', () => {
  it('is only written when it may be erased', async () => {
    await burn()
    await expect(burn({ source: fromFolder() })).rejects.toMatchObject({ report: { code: 'disc-has-data', kind: 'usage' } })
    expect(onDisc().equals(image)).toBe(true)
    expect((await burn({ source: fromFolder(), erase: true })).copies).toMatchObject([{ verified: { isSame: true } }])
  })

  it('is blank again after erasing', async () => {
    await burn()
    expect(await eraseDisc({ drive: drive(), full: false }, adapter, quietControl())).toMatchObject({ kind: 'erase', tool: 'xorriso' })
    expect((await adapter.look({ kind: 'virtual', path: discPath })).medium).toMatchObject({ state: 'blank', label: null })
  })
})

describe('what can’t be', () => {
  it('an image that is cut off, unless it has to be', async () => {
    const cut = join(scratch, 'cut.iso')
    writeFileSync(cut, image.subarray(0, 2_000_000))
    await expect(burn({ source: { kind: 'image', path: cut } })).rejects.toMatchObject({ report: { code: 'image-cut-off' } })
    expect(existsSync(discPath)).toBe(false)
    expect((await burn({ source: { kind: 'image', path: cut }, force: true })).copies).toMatchObject([{ verified: { isSame: true } }])
  })

  it('a drive that is not there', async () => {
    await expect(burn({ drive: 'stdio:/no such folder/disc.img' })).rejects.toMatchObject({ report: { code: 'no-drive' } })
    await expect(burn({ drive: '/dev/sr99' })).rejects.toMatchObject({ report: { code: 'no-drive' } })
  })

  it('writing where there is no room, which the program finds out', async () => {
    const failing = burn({ drive: 'stdio:/dev/full' })
    await expect(failing).rejects.toMatchObject({ report: { kind: 'io', code: 'no-space', technical: expect.stringContaining('libburn') } })
  })
})

describe('a cancel', () => {
  it.each([
    ['of an image', () => fromImage()],
    ['of a folder', () => fromFolder()],
  ])('during a burn %s stops the program and says what the disc is', async (_what, source) => {
    const said: string[] = []
    const control = quietControl({
      log: (_level, text) => void said.push(text),
      checkpoint: () => {
        if (said.some((text) => text.startsWith('Beginning to write') || text.startsWith('Media summary: 0'))) throw Problem.cancelled()
        return undefined
      },
    })
    await expect(burn({ source: source() }, control)).rejects.toMatchObject({
      report: { kind: 'cancelled', kept: expect.stringMatching(/^The disc/) },
    })
    expect(said.some((text) => text.startsWith('Bringing the drive to rest'))).toBe(true)
  })
})
