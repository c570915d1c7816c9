/** The processes as they are built, started the way plain Node can: what the shell's utility processes run. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCreateOptions, type StagingStep } from '../../shared/image-project.ts'
import type { JobProgress, JobSpec } from '../../shared/job.ts'
import { plainVerifyRequest } from '../../shared/verify.ts'
import { type JobOutcome, JobRun } from './job-run.ts'
import { forkProcess } from './testing/fork-process.ts'
import { WorkbenchClient } from './workbench-client.ts'

const built = join(import.meta.dirname, '../../dist/main')
const LARGE_BYTES = 1024 ** 3

function builtFile(name: string): string {
  const file = join(built, name)
  if (!existsSync(file)) throw new Error(`${file} is not built: run npm run build first`)
  return file
}

let folder: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-processes-')))
  mkdirSync(join(folder, 'source'))
  writeFileSync(join(folder, 'source/a.txt'), 'content')
})
afterEach(() => rmSync(folder, { recursive: true }))

const addSource = (): StagingStep => ({ step: 'add', hostPath: join(folder, 'source'), into: '/', contentsOnly: true })

describe('the job process', () => {
  const create = (): JobSpec => ({
    kind: 'create',
    project: { version: 1, steps: [addSource()], options: defaultCreateOptions },
    outPath: join(folder, 'out/image.iso'),
    overwrite: false,
  })

  /** Runs a job to its end; `seen` may cancel it on the way. */
  function run(spec: JobSpec, seen: (progress: JobProgress, run: JobRun) => void = () => {}): Promise<JobOutcome> {
    return new Promise((resolve) => {
      const started = new JobRun(spec, () => forkProcess(builtFile('job-process.js')), {
        started: () => {},
        progress: (progress) => seen(progress, started),
        log: () => {},
        question: () => {},
        ended: resolve,
      })
    })
  }

  beforeEach(() => mkdirSync(join(folder, 'out')))

  it('makes an image and gives its digest, and another job checks it', async () => {
    const made = await run(create())
    if (made.state !== 'done' || made.result.kind !== 'create') throw new Error(JSON.stringify(made))
    const image = readFileSync(join(folder, 'out/image.iso'))
    expect(made.result).toMatchObject({ sizeBytes: image.length, files: 1, sha256: createHash('sha256').update(image).digest('hex') })
    const expected = [{ kinds: ['sha256'], hex: made.result.sha256 ?? '' }] as const
    const check: JobSpec = { kind: 'verify', ...plainVerifyRequest(made.result.path, null), expected }
    expect(await run(check)).toMatchObject({ state: 'done', result: { verdict: 'intact', refusals: [] } })
  })

  it('hears a cancel while it writes, and leaves nothing', async () => {
    truncateSync(join(folder, 'source/a.txt'), LARGE_BYTES)
    const phases = new Set<string>()
    const outcome = await run(create(), ({ phase, doneBytes }, job) => {
      phases.add(phase)
      if (phase === 'write' && doneBytes > 0) job.cancel()
    })
    expect(outcome).toMatchObject({ state: 'cancelled', problem: { kind: 'cancelled' } })
    expect(phases).toContain('write')
    expect(readdirSync(join(folder, 'out'))).toEqual([])
  })

  it('tells what the engine found wrong', async () => {
    writeFileSync(join(folder, 'out/image.iso'), 'there already')
    expect(await run(create())).toMatchObject({ state: 'failed', problem: { code: 'target-exists' } })
    expect(readFileSync(join(folder, 'out/image.iso'), 'utf8')).toBe('there already')
  })
})

describe('the workbench process', () => {
  let client: WorkbenchClient
  let processIds: number[]

  beforeEach(() => {
    processIds = []
    const start = () => {
      const started = forkProcess(builtFile('workbench-process.js'))
      processIds.push(started.pid)
      return started
    }
    client = new WorkbenchClient(start, () => {})
  })
  afterEach(() => client.stop())

  const killLatest = () => process.kill(processIds.at(-1) ?? 0, 'SIGKILL')

  it('starts when it is first asked, and again after a crash with everything arranged as it was', async () => {
    expect(processIds).toEqual([])
    await client.call('apply', [addSource(), { step: 'rename', path: '/a.txt', name: 'b.txt' }])
    const { summary } = await client.call('setOptions', { label: 'KEPT' })
    killLatest()
    await expect.poll(() => client.call('summary', null)).toEqual(summary)
    expect(processIds).toHaveLength(2)
    expect((await client.call('rows', { path: '/', offset: 0 })).map(({ name }) => name)).toEqual(['b.txt'])
  })

  it('says when something is gone that a restart would need, and goes on with the rest', async () => {
    await client.call('apply', [addSource()])
    await client.call('apply', [{ step: 'new-folder', path: '/kept' }])
    rmSync(join(folder, 'source'), { recursive: true })
    killLatest()
    await expect
      .poll(() => client.call('summary', null).catch((error: { report: { code: string } }) => error.report.code))
      .toBe('staging-partly-lost')
    expect(await client.call('summary', null)).toMatchObject({ files: 0, directories: 1 })
    mkdirSync(join(folder, 'source'))
  })

  it('tells what stands in the way of a step, and has not carried it out', async () => {
    await expect(client.call('apply', [{ step: 'remove', path: '/nothing' }])).rejects.toMatchObject({ report: { kind: 'usage' } })
    expect(client.project.steps).toEqual([])
  })
})
