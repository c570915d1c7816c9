/** What can go wrong while an image is made: one clear sentence each, the old file as it was, nothing left behind. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CreateOptions, defaultCreateOptions } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem, type ProblemReport } from '../../../shared/problem.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { createImage } from './create-image.ts'

const OLD = 'the old file'
let scratch: string
let source: string
let out: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-failures-'))
  source = join(scratch, 'source')
  out = join(scratch, 'out')
  image = join(out, 'image.iso')
  mkdirSync(source)
  mkdirSync(out)
  writeFileSync(join(source, 'a.bin'), Buffer.alloc(3_000_000, 1))
  writeFileSync(join(source, 'b.bin'), Buffer.alloc(100, 2))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

function create(options: Partial<CreateOptions> = {}, control: Partial<JobControl> = {}, outPath = image, hostPath = source) {
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, ...options },
  } as const
  return createImage({ project, outPath, overwrite: true }, quietControl(control))
}

async function problemOf(work: Promise<unknown>): Promise<ProblemReport> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Problem)
  return (error as Problem).report
}

/** Runs `change` when the plan is made and nothing is read yet. */
const afterPlan = (change: () => void): Partial<JobControl> => ({ log: (_level, text) => text.startsWith('Planned') && change() })

function expectOldFileAlone(): void {
  expect(readFileSync(image, 'utf8')).toBe(OLD)
  expect(readdirSync(out)).toEqual(['image.iso'])
}

describe('refused before anything is written', () => {
  it.each<[string, string, () => Promise<unknown>]>([
    ['no such source', 'source-missing', () => create({}, {}, image, join(scratch, 'nowhere'))],
    ['an empty folder', 'nothing-to-write', () => emptied()],
    ['an exclusion of everything', 'exclude-matches-everything', () => create({ exclude: ['*'] })],
    ['a label too long', 'label-too-long', () => create({ label: 'x'.repeat(33) })],
    ['a label with a colon', 'label-character', () => create({ label: 'a:b' })],
    ['an empty label', 'label-empty', () => create({ label: ' ' })],
    ['a target inside its source', 'target-inside-source', () => create({}, {}, join(source, 'image.iso'))],
    ['a target reached through a link into its source', 'target-inside-source', () => throughLink()],
    ['a target whose folder is missing', 'target-folder-missing', () => create({}, {}, join(scratch, 'no/where.iso'))],
    ['a target that is a folder', 'target-is-folder', () => create({}, {}, out)],
  ])('%s', async (_name, code, work) => {
    writeFileSync(image, OLD)
    const report = await problemOf(work())
    expect(report.code).toBe(code)
    expect(report.message).toMatch(/^.+[.]$/)
    expectOldFileAlone()
  })

  it('a target that is there, unless it may be replaced', async () => {
    writeFileSync(image, OLD)
    const project = {
      version: 1,
      steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
      options: defaultCreateOptions,
    } as const
    expect((await problemOf(createImage({ project, outPath: image, overwrite: false }, quietControl()))).code).toBe('target-exists')
    expectOldFileAlone()
  })

  it('a target that is its own source', async () => {
    const file = join(source, 'b.bin')
    const project = {
      version: 1,
      steps: [{ step: 'add', hostPath: file, into: '/', contentsOnly: false }],
      options: defaultCreateOptions,
    } as const
    expect((await problemOf(createImage({ project, outPath: file, overwrite: true }, quietControl()))).code).toBe('target-is-source')
    expect(readFileSync(file)).toEqual(Buffer.alloc(100, 2))
  })

  const emptied = () => {
    rmSync(source, { recursive: true })
    mkdirSync(source)
    return create()
  }
  const throughLink = () => {
    symlinkSync(source, join(scratch, 'link'))
    return create({}, {}, join(scratch, 'link/image.iso'))
  }
})

describe('a source that changes under way', () => {
  it.each<[string, string, () => void]>([
    ['vanishes', 'source-vanished', () => rmSync(join(source, 'b.bin'))],
    ['grows', 'source-changed', () => appendFileSync(join(source, 'b.bin'), 'more')],
    ['shrinks', 'source-changed', () => truncateSync(join(source, 'b.bin'), 50)],
    ['grows, a large one', 'source-changed', () => appendFileSync(join(source, 'a.bin'), 'more')],
    ['becomes a link', 'source-unreadable', () => replaceByLink()],
  ])('%s', async (_name, code, change) => {
    writeFileSync(image, OLD)
    const report = await problemOf(create({}, afterPlan(change)))
    expect(report.code).toBe(code)
    expect(report.message).toContain(source)
    expectOldFileAlone()
  })

  it('is noticed when it went between putting together and making', async () => {
    writeFileSync(image, OLD)
    const project = {
      version: 1,
      steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
      options: defaultCreateOptions,
      expected: { files: 3, directories: 0 },
    } as const
    const report = await problemOf(createImage({ project, outPath: image, overwrite: true }, quietControl()))
    expect(report).toMatchObject({
      code: 'sources-changed',
      message: expect.stringContaining('3 files in 0 folders then, 2 files in 0 folders now'),
    })
    expectOldFileAlone()
  })

  it('is left out and listed when the user chose to skip', async () => {
    let times = 0
    const result = await create(
      { unreadable: 'skip' },
      afterPlan(() => times++ === 0 && rmSync(join(source, 'b.bin'))),
    )
    expect(result).toMatchObject({ files: 1, skipped: [{ path: join(source, 'b.bin') }] })
    expect(readdirSync(out)).toEqual(['image.iso'])
  })

  const replaceByLink = () => {
    rmSync(join(source, 'b.bin'))
    symlinkSync('/etc/passwd', join(source, 'b.bin'))
  }
})

describe('stopped under way', () => {
  it('a cancel in the middle leaves the old file and nothing else', async () => {
    writeFileSync(image, OLD)
    let writing = false
    const control: Partial<JobControl> = {
      progress: ({ phase, doneBytes }) => {
        writing = phase === 'write' && doneBytes > 1_000_000
      },
      checkpoint: () => {
        if (writing) throw Problem.cancelled()
        return Promise.resolve()
      },
    }
    expect((await problemOf(create({}, control))).kind).toBe('cancelled')
    expectOldFileAlone()
  })

  it('a killed process’s temporary file is swept by the next run', async () => {
    writeFileSync(join(out, '.isomer-999999999-0123456789ab.part'), 'left over')
    await create()
    expect(readdirSync(out)).toEqual(['image.iso'])
  })
})

const mayMount =
  process.getuid?.() === 0 && spawnSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs t $d && umount $d && rmdir $d']).status === 0

describe.skipIf(!mayMount)('volumes that say no', () => {
  beforeEach(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'isomer-test', out])
    writeFileSync(image, OLD)
  })
  afterEach(() => {
    execFileSync('umount', [out])
  })

  it('too little room is seen before the first byte', async () => {
    writeFileSync(join(source, 'c.bin'), Buffer.alloc(3_000_000))
    const report = await problemOf(create())
    expect(report.code).toBe('no-space')
    expect(report.message).toMatch(/needs 6\.\d+ MB; .* has 4\.\d+ MB free/)
    expectOldFileAlone()
  })

  it('a disk that fills up under way', async () => {
    const filler = join(out, 'filler')
    // The temporary file is what tells that the check for room is over.
    const temporary = (path: string | null) => {
      if (path !== null) writeFileSync(filler, Buffer.alloc(3_500_000))
    }
    const report = await problemOf(create({}, { temporary }))
    rmSync(filler)
    expect(report.code).toBe('no-space')
    expectOldFileAlone()
  })

  it('a read-only volume', async () => {
    execFileSync('mount', ['-o', 'remount,ro', out])
    const report = await problemOf(create())
    execFileSync('mount', ['-o', 'remount,rw', out])
    expect(report.code).toBe('target-read-only')
    expectOldFileAlone()
  })
})

describe.skipIf(process.getuid?.() !== 0)('without permission (run as another user)', () => {
  it('an unreadable file is named', async () => {
    chmodSync(scratch, 0o755)
    chmodSync(out, 0o777)
    writeFileSync(join(source, 'secret'), 'secret', { mode: 0o600 })
    const report = await asNobody(() => problemOf(create()))
    expect(report).toMatchObject({ code: 'source-forbidden', message: `You have no permission to read ‘${join(source, 'secret')}’.` })
    expect(readdirSync(out)).toEqual([])
  })
  it('and skipped when asked', async () => {
    chmodSync(scratch, 0o755)
    chmodSync(out, 0o777)
    writeFileSync(join(source, 'secret'), 'secret', { mode: 0o600 })
    const result = await asNobody(() => create({ unreadable: 'skip' }))
    expect(result).toMatchObject({ files: 2, skipped: [{ path: join(source, 'secret') }] })
  })
  it('a target folder that may not be written', async () => {
    chmodSync(scratch, 0o755)
    const report = await asNobody(() => problemOf(create()))
    expect(report.code).toBe('target-forbidden')
  })

  async function asNobody<T>(work: () => Promise<T>): Promise<T> {
    const nobody = 65534
    process.setegid?.(nobody)
    process.seteuid?.(nobody)
    try {
      return await work()
    } finally {
      process.seteuid?.(0)
      process.setegid?.(0)
    }
  }
})
