import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RipRequest } from '../../../shared/drives.ts'
import type { JobControl, JobProgress } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { lba, TINY_SECTORS, tinyImage } from '../../image/testing/tiny-image.ts'
import { LinuxDrives } from '../linux/linux-drives.ts'
import { ScratchedDisc, type Scratches } from '../testing/scratched-disc.ts'
import { parseMapfile } from './mapfile.ts'
import { ripDisc, ripMedium } from './rip-disc.ts'

const SECTOR = 2048

let scratch: string
let outPath: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-rip-'))
  outPath = join(scratch, 'disc.iso')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const requestOf = (changes: Partial<RipRequest> = {}): RipRequest => ({
  drive: 'test',
  outPath,
  mapPath: null,
  retries: 0,
  resume: false,
  overwrite: false,
  verify: false,
  whole: false,
  fillUnread: false,
  ...changes,
})

interface Case extends Partial<RipRequest> {
  readonly scratches?: Scratches
  readonly isOverwritable?: boolean
  readonly control?: JobControl
}

function rip(content: Uint8Array, { scratches = {}, isOverwritable = false, control = quietControl(), ...request }: Case = {}) {
  const source = new ScratchedDisc(content, scratches)
  return ripMedium({ source, isOverwritable }, requestOf(request), control, source.nowMs)
}

/** The tiny image and what a recorder puts behind it. */
const padded = (sectors: number): Buffer => Buffer.concat([tinyImage(), Buffer.alloc(sectors * SECTOR, 0xee)])

describe('a rip of a good disc', () => {
  it('is the disc, with its digest, and leaves no map', async () => {
    const result = await rip(tinyImage())
    expect(readFileSync(outPath).equals(tinyImage())).toBe(true)
    expect(result).toMatchObject({
      path: outPath,
      sizeBytes: TINY_SECTORS * SECTOR,
      sha256: sha256(tinyImage()),
      unreadBytes: 0,
      missing: [],
      damagedFiles: [],
      mapPath: null,
      protection: null,
      secondReading: null,
    })
    expect(readdirSync(scratch)).toEqual(['disc.iso'])
  })

  it('ends with the volume where only padding follows, or unused space of a rewritable disc', async () => {
    await rip(padded(16))
    expect(readFileSync(outPath).equals(tinyImage())).toBe(true)
    await rip(padded(3000), { isOverwritable: true, overwrite: true })
    expect(readFileSync(outPath).equals(tinyImage())).toBe(true)
  })

  it('is everything where more sessions may follow, or everything was asked for', async () => {
    await rip(padded(3000))
    expect(readFileSync(outPath).equals(padded(3000))).toBe(true)
    await rip(padded(16), { whole: true, overwrite: true })
    expect(readFileSync(outPath).equals(padded(16))).toBe(true)
  })

  it('leaves off run-out, which is not missing data', async () => {
    const result = await rip(tinyImage(), { whole: true, scratches: { sectorsBehindTheEnd: 2 } })
    expect(result).toMatchObject({ sizeBytes: TINY_SECTORS * SECTOR, unreadBytes: 0, mapPath: null })
    expect(readFileSync(outPath).equals(tinyImage())).toBe(true)
  })

  it('that holds no volume that is known is whole', async () => {
    const content = Buffer.alloc(50 * SECTOR, 'not a file system ')
    expect(await rip(content)).toMatchObject({ sizeBytes: content.length, sha256: sha256(content) })
  })

  it('is compared with a second reading when asked', async () => {
    expect((await rip(tinyImage(), { verify: true })).secondReading).toEqual({
      isSame: true,
      differingSectors: 0,
      unreadableSectors: 0,
      firstBadSector: null,
    })
  })

  it('reads a file as a virtual disc', async () => {
    const disc = join(scratch, 'virtual.img')
    writeFileSync(disc, padded(3000))
    const result = await ripDisc(requestOf({ drive: `stdio:${disc}`, verify: true }), new LinuxDrives(), quietControl())
    expect(result).toMatchObject({ sha256: sha256(tinyImage()), secondReading: { isSame: true } })
  })
})

describe('a second reading', () => {
  it('names what is different or readable only once', async () => {
    const content = Buffer.from(tinyImage())
    const source = new ScratchedDisc(content, {})
    const control = quietControl({
      progress: ({ phase }: JobProgress) => {
        if (phase === 'verify') return
        if (source.reads.length > 0 && existsSync(join(scratch, 'disc.iso.partial'))) content[lba.big * SECTOR + 3000] = 0x99
      },
    })
    // The control changes the disc after the first reading is over, at its last report.
    const result = await ripMedium({ source, isOverwritable: false }, requestOf({ verify: true }), control, source.nowMs)
    expect(result.secondReading).toEqual({ isSame: false, differingSectors: 1, unreadableSectors: 0, firstBadSector: lba.big + 1 })
  })
})

describe('a rip of a damaged disc', () => {
  it('names the missing sectors and the files that they hit', async () => {
    const result = await rip(tinyImage(), { scratches: { bad: [lba.note, lba.big + 1, lba.big + 2, lba.docs, 3] } })
    expect(result.unreadBytes).toBe(5 * SECTOR)
    expect(result.missing).toEqual([
      { firstSector: 3, sectorCount: 1, hits: [] },
      { firstSector: lba.docs, sectorCount: 1, hits: ['/docs/'] },
      { firstSector: lba.note, sectorCount: 1, hits: [] },
      { firstSector: lba.big + 1, sectorCount: 2, hits: ['/big.bin'] },
    ])
    expect(result.damagedFiles).toEqual([{ path: '/big.bin', missingBytes: 2 * SECTOR }])
    const image = readFileSync(outPath)
    expect(result.sha256).toBe(sha256(image))
    expect(image.subarray((lba.big + 1) * SECTOR, (lba.big + 3) * SECTOR).every((byte) => byte === 0)).toBe(true)
    expect(result.mapPath).toBe(`${outPath}.map`)
    expect(parseMapfile(readFileSync(`${outPath}.map`, 'latin1')).map.bytesOf('bad-sector')).toBe(5 * SECTOR)
  })

  it('marks unread sectors when asked', async () => {
    await rip(tinyImage(), { fillUnread: true, scratches: { bad: [lba.note] } })
    const sector = readFileSync(outPath)
      .subarray(lba.note * SECTOR, (lba.note + 1) * SECTOR)
      .toString('latin1')
    expect(sector.startsWith(`UNREAD SECTOR ${lba.note} UNREAD SECTOR`)).toBe(true)
    expect(sector.length).toBe(SECTOR)
  })

  it('is still an image when its volume descriptors are missing', async () => {
    const result = await rip(tinyImage(), { scratches: { bad: [16, 17, 18] } })
    expect(result.missing).toEqual([{ firstSector: 16, sectorCount: 3, hits: [] }])
    expect(result.sizeBytes).toBe(TINY_SECTORS * SECTOR)
  })

  it('can be tried again later, in another drive, for what is missing only', async () => {
    await rip(tinyImage(), { scratches: { bad: [lba.big, lba.big + 1] } })
    const again = new ScratchedDisc(tinyImage(), { bad: [lba.big] })
    const second = await ripMedium(
      { source: again, isOverwritable: false },
      requestOf({ resume: true, retries: 1 }),
      quietControl(),
      again.nowMs,
    )
    expect(second.unreadBytes).toBe(SECTOR)
    const third = await rip(tinyImage(), { resume: true, retries: 1 })
    expect(third).toMatchObject({ unreadBytes: 0, sha256: sha256(tinyImage()), mapPath: null })
    expect(readdirSync(scratch)).toEqual(['disc.iso'])
  })
})

describe('a rip that stops', () => {
  it('says what it kept, and goes on from there', async () => {
    const content = Buffer.concat([tinyImage(), Buffer.alloc(4000 * SECTOR, 'more ')])
    const stopped = rip(content, { scratches: { goneAtRead: 60 } })
    await expect(stopped).rejects.toMatchObject({
      report: { code: 'medium-gone', kept: expect.stringContaining('disc.iso.partial'), advice: expect.stringContaining('--resume') },
    })
    expect(readdirSync(scratch).sort()).toEqual(['disc.iso.map', 'disc.iso.partial'])
    const result = await rip(content, { resume: true })
    expect(result.sha256).toBe(sha256(content))
    expect(readdirSync(scratch)).toEqual(['disc.iso'])
  })

  it('keeps what it has when it is cancelled', async () => {
    let turns = 0
    const control = quietControl({
      checkpoint: () => {
        if (++turns === 5) throw Problem.cancelled()
        return undefined
      },
    })
    await expect(rip(Buffer.alloc(1000 * SECTOR, 1), { control })).rejects.toMatchObject({
      report: { kind: 'cancelled', kept: expect.stringContaining('disc.iso.map') },
    })
  })

  it('leaves nothing when nothing was read', async () => {
    await expect(rip(tinyImage(), { scratches: { goneAtRead: 2 } })).rejects.toMatchObject({ report: { code: 'medium-gone' } })
    expect(readdirSync(scratch)).toEqual([])
  })

  it('is not continued with another disc', async () => {
    await expect(rip(Buffer.alloc(1000 * SECTOR, 1), { scratches: { goneAtRead: 30 } })).rejects.toThrow()
    await expect(rip(Buffer.alloc(1000 * SECTOR, 2), { resume: true })).rejects.toMatchObject({ report: { code: 'other-disc' } })
    await expect(rip(Buffer.alloc(900 * SECTOR, 1), { resume: true })).rejects.toMatchObject({ report: { code: 'other-disc' } })
    expect((await rip(Buffer.alloc(1000 * SECTOR, 1), { resume: true })).unreadBytes).toBe(0)
  })
})

describe('files that are in the way', () => {
  it('are not touched without being told', async () => {
    writeFileSync(outPath, 'mine')
    await expect(rip(tinyImage())).rejects.toMatchObject({ report: { code: 'target-exists' } })
    expect(readFileSync(outPath, 'utf8')).toBe('mine')
    await rip(tinyImage(), { overwrite: true })
    expect(readFileSync(outPath).equals(tinyImage())).toBe(true)
  })

  it('of an unfinished rip are named', async () => {
    writeFileSync(`${outPath}.map`, 'x')
    await expect(rip(tinyImage())).rejects.toMatchObject({ report: { code: 'unfinished-rip' } })
  })

  it('are needed to go on', async () => {
    await expect(rip(tinyImage(), { resume: true })).rejects.toMatchObject({ report: { code: 'nothing-to-resume' } })
  })
})

describe('progress', () => {
  it('tells the phase and draws the map', async () => {
    const seen: JobProgress[] = []
    const control = quietControl({ progress: (progress) => void seen.push(structuredClone(progress)) })
    await rip(tinyImage(), { scratches: { bad: [lba.big, lba.big + 2] }, retries: 1, control })
    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(['read', 'trim', 'scrape', 'retry'])
    const last = seen.at(-1)?.detail
    expect(last?.kind === 'rip' && last.cells).toBe(`${'+'.repeat(lba.big)}-+-${'+'.repeat(TINY_SECTORS - lba.big - 3)}`)
    expect(last).toMatchObject({ unreadBytes: 2 * SECTOR, badBytes: 2 * SECTOR, pass: 1 })
  })
})
