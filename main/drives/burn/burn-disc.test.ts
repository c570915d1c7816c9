import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BurnRequest } from '../../../shared/drives.ts'
import { defaultCreateOptions } from '../../../shared/image-project.ts'
import type { JobControl, JobProgress } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { tinyImage } from '../../image/testing/tiny-image.ts'
import { discOf, FakeDrives } from '../testing/fake-drives.ts'
import { ScratchedDisc } from '../testing/scratched-disc.ts'
import { burnDisc } from './burn-disc.ts'

let scratch: string
let imagePath: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-burning-'))
  imagePath = join(scratch, 'image.iso')
  writeFileSync(imagePath, tinyImage())
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** As on macOS and Windows. */
class FilesOnly extends FakeDrives {
  override readonly canStream = false
}

const drivesWith = (...discs: ReturnType<typeof discOf>[]) => new FakeDrives(discs, (path) => readFileSync(path))
const requestOf = (changes: Partial<BurnRequest> = {}): BurnRequest => ({
  source: { kind: 'image', path: imagePath },
  drive: '/dev/sr0',
  speedTimes: null,
  simulate: false,
  erase: false,
  verify: true,
  eject: false,
  force: false,
  copies: 1,
  ...changes,
})

describe('a burn', () => {
  it('reads back what is on the disc, not what is remembered of it: out and in again first', async () => {
    const drives = drivesWith(discOf('CD-R'))
    const result = await burnDisc(requestOf({ eject: true }), drives, quietControl())
    expect(drives.acts).toEqual(['burn CD-R file max', 'eject', 'load', 'eject'])
    expect(result.copies).toEqual([
      { written: true, verified: expect.objectContaining({ isSame: true }), verifyProblem: null, ejected: true },
    ])
  })

  it('waits until a busy system knows how long the disc is now, instead of calling it bad', async () => {
    const drives = drivesWith(discOf('CD-R'))
    let opened = 0
    drives.openMedium = async () => ({
      source: new ScratchedDisc(opened++ === 0 ? drives.content.subarray(0, 4096) : drives.content),
      isOverwritable: false,
    })
    const result = await burnDisc(requestOf(), drives, quietControl())
    expect(opened).toBe(2)
    expect(result.copies).toMatchObject([{ verified: { isSame: true } }])
  })

  it('keeps written, compared and opened apart', async () => {
    const drives = drivesWith(discOf('CD-R'))
    drives.opens = false
    drives.openMedium = async () => {
      throw new Problem({ kind: 'io', code: 'no-medium', message: 'There is no disc in the drive.' })
    }
    const result = await burnDisc(requestOf({ eject: true }), drives, quietControl())
    expect(result.copies).toEqual([{ written: true, verified: null, verifyProblem: 'There is no disc in the drive.', ejected: false }])
  })

  it('erases a rewritable disc when it may', async () => {
    const drives = drivesWith(discOf('CD-RW', { state: 'closed', freeBytes: 0, readableBytes: 1000 }))
    await burnDisc(requestOf({ erase: true, verify: false }), drives, quietControl())
    expect(drives.acts).toEqual(['erase CD-RW quickly', 'burn CD-RW file max'])
  })

  it('asks for a speed in the measure of the disc', async () => {
    for (const [kind, kilobytes] of [
      ['CD-R', 706],
      ['DVD+R', 5540],
      ['BD-R', 17_983],
    ] as const) {
      // biome-ignore format: a table
      const drives = drivesWith(discOf(kind))
      await burnDisc(requestOf({ speedTimes: 4, verify: false }), drives, quietControl())
      expect(drives.acts).toEqual([`burn ${kind} file ${kilobytes}`])
    }
  })

  it('that is simulated writes nothing and compares nothing', async () => {
    const drives = drivesWith(discOf('CD-R'))
    const result = await burnDisc(requestOf({ simulate: true }), drives, quietControl())
    expect(result).toMatchObject({ simulated: true, copies: [{ written: false, verified: null, ejected: null }] })
    expect(drives.acts).toEqual(['simulate CD-R file max'])
  })

  it('of a folder goes through a file where drives take no stream, which is then gone', async () => {
    const folder = join(scratch, 'folder')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'a.txt'), 'some text')
    const paths: string[] = []
    const drives = new FilesOnly([discOf('CD-R'), discOf('CD-R')], (path) => {
      paths.push(path)
      return readFileSync(path)
    })
    const control = quietControl({
      log: (_level, text) => {
        if (text.startsWith('Put in disc')) setTimeout(() => drives.changeDisc(), 100)
      },
    })
    const steps = [{ step: 'add', hostPath: folder, into: '/', contentsOnly: true }] as const
    const source = { kind: 'project', project: { version: 1, steps, options: defaultCreateOptions } } as const
    const result = await burnDisc(requestOf({ source, copies: 2 }), drives, control)
    expect(drives.acts.filter((act) => act.startsWith('burn'))).toEqual(['burn CD-R file max', 'burn CD-R file max'])
    expect(result).toMatchObject({ sha256: createHash('sha256').update(drives.content).digest('hex'), sizeBytes: drives.content.length })
    expect(result.copies.map(({ verified }) => verified?.isSame)).toEqual([true, true])
    // One image for both discs.
    expect(new Set(paths).size).toBe(1)
    expect(paths.some((path) => existsSync(path))).toBe(false)
  })

  it('makes several discs, and waits for each', async () => {
    const drives = drivesWith(discOf('CD-R'), discOf('CD-R'))
    const control = quietControl({
      log: (_level, text) => {
        if (text.startsWith('Put in disc')) setTimeout(() => drives.changeDisc(), 100)
      },
    })
    const result = await burnDisc(requestOf({ copies: 2, verify: false }), drives, control)
    expect(drives.acts).toEqual(['burn CD-R file max', 'eject', 'burn CD-R file max'])
    expect(result.copies).toHaveLength(2)
  })

  it('says why a disc that was put in is not taken, and finishes with those that are done when told to', async () => {
    const written = discOf('CD-R', { state: 'closed', freeBytes: 0, readableBytes: 5e6, label: 'OTHER' })
    const drives = drivesWith(discOf('CD-R'), written, discOf('CD-R', { capacityBytes: 10, freeBytes: 10 }))
    const refusals: (string | null)[] = []
    const ask: JobControl['ask'] = (question) => {
      if (question === null) return null
      if (refusals.at(-1) !== question.refusal || refusals.length === 0) {
        refusals.push(question.refusal)
        drives.changeDisc()
      }
      return refusals.length > 2 ? 'finish' : null
    }
    const result = await burnDisc(requestOf({ copies: 3, verify: false }), drives, quietControl({ ask }))
    expect(refusals).toEqual([
      null,
      expect.stringContaining('has 5 MB on it (OTHER)'),
      expect.stringContaining('there is room for 10 bytes'),
    ])
    expect(result.copies).toHaveLength(1)
  })

  it('that is stopped before the next disc says that the others are done', async () => {
    const control = quietControl({
      ask: () => null,
      progress: ({ current }) => {
        if (current === 'disc 2') throw Problem.cancelled()
      },
    })
    await expect(burnDisc(requestOf({ copies: 2, verify: false }), drivesWith(discOf('CD-R')), control)).rejects.toMatchObject({
      report: { kind: 'cancelled', kept: '1 disc is done. The next one was not touched.' },
    })
  })

  it('that is stopped while it is compared says that the disc is written', async () => {
    const control = quietControl({
      progress: ({ phase }) => {
        if (phase === 'verify') throw Problem.cancelled()
      },
    })
    await expect(burnDisc(requestOf(), drivesWith(discOf('CD-R')), control)).rejects.toMatchObject({
      report: { kind: 'cancelled', kept: expect.stringMatching(/^The disc is written to its end/) },
    })
  })

  it('gives the hash of the image that it compared with', async () => {
    const result = await burnDisc(requestOf(), drivesWith(discOf('CD-R')), quietControl())
    expect(result.sha256).toBe(createHash('sha256').update(readFileSync(imagePath)).digest('hex'))
  })

  it('never says that more was written than there is', async () => {
    const seen: JobProgress[] = []
    const control = quietControl({ progress: (progress) => void seen.push(progress) })
    await burnDisc(requestOf({ verify: false }), drivesWith(discOf('CD-R')), control)
    expect(seen.at(-1)).toMatchObject({
      phase: 'write',
      doneBytes: tinyImage().length,
      totalBytes: tinyImage().length,
      detail: { kind: 'burn', bufferPercent: 90, fifoPercent: 80, copy: 1, copies: 1, verifies: false },
    })
  })
})

describe('a burn that fails says what the disc is now', () => {
  const failing = new Problem({ kind: 'io', code: 'write-error', message: 'The drive could not write.', advice: 'Try another disc.' })
  it.each([
    ['blank', discOf('CD-R'), 'The disc is still blank and can be used.'],
    [
      'half-written',
      discOf('CD-R', { state: 'closed', readableBytes: 5e6 }),
      /has 5 MB on it and takes no more, .* can’t be used for this any more/,
    ],
    ['rewritable', discOf('CD-RW', { state: 'appendable', readableBytes: 5e6 }), /can be erased and used again/],
    ['gone', null, 'There is no disc in the drive any more.'],
  ])('%s', async (_what, disc, kept) => {
    const drives = drivesWith(discOf('CD-R'))
    drives.failure = { problem: failing, disc }
    await expect(burnDisc(requestOf(), drives, quietControl())).rejects.toMatchObject({
      report: { code: 'write-error', kept: expect.stringMatching(kept), advice: 'Try another disc.' },
    })
  })
})
