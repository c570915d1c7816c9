/** The disk fails at the n-th read or write, for every n: one error, nothing half-done left behind, no file left open. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { taps } from '../bytes/testing/tapped-fs.ts'
import { hostTree } from '../image/testing/foreign-readers.ts'
import { sampleImages } from '../image/testing/sample-images.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { tinyImage } from '../image/testing/tiny-image.ts'
import { type CapturedRun, capturedRun } from './testing/captured-run.ts'

vi.mock('node:fs', async (original) => (await import('../bytes/testing/tapped-fs.ts')).tapped(await original()))

const IO_FAILED = 3
const MAX_CALLS = 5000

let scratch: string
let imagePath: string
let outFolder: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-failing-'))
  imagePath = join(scratch, 'image.iso')
  outFolder = join(scratch, 'out')
})
afterEach(() => {
  taps.read = null
  rmSync(scratch, { recursive: true, force: true })
})

const openFiles = (): number => readdirSync('/proc/self/fd').length

interface Fault {
  readonly tap: 'read' | 'write'
  /** Of the system. */
  readonly code: string
  /** Of the problem that is reported. */
  readonly reported: string
}

const unreadable: Fault = { tap: 'read', code: 'EIO', reported: 'eio' }
const full: Fault = { tap: 'write', code: 'ENOSPC', reported: 'no-space' }

/** Fails the call of that number; gives whether there was one. */
async function runFailing(
  { tap, code }: Fault,
  failAt: number,
  args: readonly string[],
): Promise<CapturedRun & { readonly failed: boolean }> {
  let calls = 0
  taps[tap] = (_fd: number, go: () => number) => {
    if (++calls !== failAt) return go()
    throw Object.assign(new Error(code), { code, syscall: tap })
  }
  try {
    return { ...(await capturedRun(...args)), failed: calls >= failAt }
  } finally {
    taps[tap] = null
  }
}

/** Runs again and again, the failure one read later each time, until nothing fails. */
async function sweep(fault: Fault, args: readonly string[], check: (run: CapturedRun) => void): Promise<void> {
  const before = openFiles()
  for (let failAt = 1; failAt <= MAX_CALLS; failAt++) {
    const run = await runFailing(fault, failAt, args)
    if (!run.failed) {
      expect(run.exitCode, run.stderr).toBe(0)
      expect(failAt).toBeGreaterThan(1)
      return
    }
    expect(run.exitCode, `call ${failAt}: ${run.stderr}`).toBe(IO_FAILED)
    const errors = run.stderr.split('\n').filter((line) => line.startsWith('{"error"'))
    expect(errors).toHaveLength(1)
    expect(JSON.parse(errors[0] ?? '').error).toMatchObject({ kind: 'io', code: fault.reported })
    expect(openFiles()).toBe(before)
    check(run)
  }
  throw new Error('calls without end')
}

describe.skipIf(!existsSync('/proc/self/fd'))('a disk that fails', () => {
  it.each(sampleImages)('$name', async ({ build }) => {
    writeFileSync(imagePath, await build())
    await sweep(unreadable, ['info', imagePath, '--json'], ({ stdout }) => expect(stdout).toBe(''))
    await sweep(unreadable, ['list', imagePath, '--json', '--hash', 'sha256'], () => {})
    await sweep(unreadable, ['verify', imagePath, '--json'], ({ stdout }) => expect(stdout).toBe(''))
    const whole = await capturedRun('extract', imagePath, '-o', outFolder, '--json')
    expect(whole.exitCode, whole.stderr).toBe(0)
    const truth = hostTree(outFolder)
    rmSync(outFolder, { recursive: true })
    const onlyWholeFiles = () => {
      const made = existsSync(outFolder) ? hostTree(outFolder) : new Map()
      for (const [path, entry] of made) if (entry.kind === 'file') expect([path, entry]).toEqual([path, truth.get(path)])
      rmSync(outFolder, { recursive: true, force: true })
    }
    const extract = ['extract', imagePath, '-o', outFolder, '--json']
    await sweep(unreadable, extract, onlyWholeFiles)
    rmSync(outFolder, { recursive: true })
    await sweep(full, extract, onlyWholeFiles)
  })
})

describe.skipIf(!existsSync('/proc/self/fd'))('a disk that fails while an image is made', () => {
  const OLD = 'the old image'

  it.each([{ ...unreadable, reported: 'source-unreadable' }, full])(
    '$code: the old image stays, and nothing else is left',
    async (fault) => {
      const source = join(scratch, 'source')
      mkdirSync(source)
      for (let i = 0; i < 20; i++) writeFileSync(join(source, `file ${i}`), Buffer.alloc(i * 20_000, i))
      writeFileSync(imagePath, OLD)
      await sweep(fault, ['create', source, '-o', imagePath, '--force', '--json'], () => {
        expect(readFileSync(imagePath, 'utf8')).toBe(OLD)
        expect(readdirSync(scratch).sort()).toEqual(['image.iso', 'source'])
      })
      expect((await capturedRun('verify', imagePath)).exitCode).toBe(0)
    },
  )
})

describe('a disk that gives a few bytes at a time', () => {
  it.each(sampleImages)('$name', async ({ build }) => {
    writeFileSync(imagePath, await build())
    const args = ['list', imagePath, '--json', '--hash', 'sha256']
    const whole = await capturedRun(...args)
    taps.read = (_fd, go) => go(1000)
    expect(await capturedRun(...args)).toEqual(whole)
  })
})

describe('an image that changes while it is read', () => {
  const changes: [string, (path: string) => void][] = [
    ['grows', (path) => appendFileSync(path, 'more')],
    ['shrinks', (path) => truncateSync(path, 60_000)],
    ['is written to', (path) => utimesSync(path, 1, 1)],
  ]
  it.each(changes)('%s: what came of it is not called the image', async (_, change) => {
    writeFileSync(imagePath, tinyImage())
    let reads = 0
    taps.read = (_fd, go) => {
      if (++reads === 6) change(imagePath)
      return go()
    }
    for (const args of [
      ['extract', imagePath, '-o', outFolder, '--json'],
      ['verify', imagePath, '--json'],
    ]) {
      reads = 0
      const { exitCode, stderr } = await capturedRun(...args)
      expect(exitCode, stderr).toBe(IO_FAILED)
      expect(stderr).toContain('"code":"source-changed"')
      writeFileSync(imagePath, tinyImage())
    }
  })
})
