/** What is remembered of jobs between runs. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import type { JobSpec } from '../../shared/job.ts'
import { MAX_REMEMBERED_JOBS } from '../../shared/limits.ts'
import { plainVerifyRequest } from '../../shared/verify.ts'
import { againSpec, repeatOf } from './again.ts'
import { JobQueue } from './job-queue.ts'
import { JobStore, type StoredJob } from './job-store.ts'
import { forkProcess } from './testing/fork-process.ts'

const scriptedJob = join(import.meta.dirname, 'testing/scripted-job.mjs')

let folder: string
let jobs: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-jobs-'))
  jobs = join(folder, 'jobs')
})
afterEach(() => rmSync(folder, { recursive: true }))

const create = (name = 'a.iso'): JobSpec => ({
  kind: 'create',
  project: { version: 1, steps: [{ step: 'add', hostPath: folder, into: '/', contentsOnly: true }], options: defaultCreateOptions },
  outPath: join(folder, name),
  overwrite: false,
})
const rip = (): Extract<JobSpec, { kind: 'rip' }> => ({
  kind: 'rip',
  drive: '/dev/sr0',
  outPath: join(folder, 'disc.iso'),
  mapPath: null,
  retries: 0,
  resume: false,
  overwrite: false,
  verify: false,
  whole: false,
  fillUnread: false,
})

const idOf = (number: number) => `00000000-0000-4000-8000-${`${number}`.padStart(12, '0')}`
const stored = (number: number, changes: Partial<StoredJob> = {}): StoredJob => ({
  id: idOf(number),
  place: number,
  spec: create(`${number}.iso`),
  state: 'cancelled',
  startedAtMs: 1000,
  endedAtMs: 2000,
  savedAtMs: 2000,
  progress: { phase: 'write', doneBytes: 43, totalBytes: 100, doneItems: 1, current: null },
  result: null,
  problem: { kind: 'cancelled', code: 'cancelled', message: 'Stopped as you asked.' },
  log: [{ atMs: 1000, level: 'info', text: 'Started.' }],
  ...changes,
})

describe('the store of jobs', () => {
  it.each<[string, () => JobSpec]>([
    ['create', () => create()],
    ['extract', () => ({ kind: 'extract', imagePath: '/a.iso', paths: ['/b'], view: 'auto', outFolder: '/out', overwrite: false })],
    ['verify', () => ({ kind: 'verify', ...plainVerifyRequest('/a.iso', null) })],
    ['compare', () => ({ kind: 'compare', pathOfA: '/a', pathOfB: '/b', view: 'auto', ignore: [], exclude: [] })],
    ['rip', rip],
    ['erase', () => ({ kind: 'erase', drive: '/dev/sr0', full: false })],
    ['flash', () => ({ kind: 'flash', imagePath: '/a.iso', device: '/dev/sdb', verify: true })],
  ])('gives back a job as it was kept: %s', (_kind, make) => {
    const spec = make()
    const store = new JobStore(jobs)
    store.save(stored(1, { spec }))
    expect(new JobStore(jobs).load()).toEqual({ jobs: [stored(1, { spec })], damaged: [] })
    store.remove(idOf(1))
    expect(store.load().jobs).toEqual([])
  })

  it('sets a file aside that can’t be read, and gives the others', () => {
    const store = new JobStore(jobs)
    for (const number of [1, 2, 3, 4, 5]) store.save(stored(number))
    const path = (number: number) => join(jobs, `${idOf(number)}.json`)
    const text = readFileSync(path(2), 'utf8')
    writeFileSync(path(2), text.slice(0, -9))
    writeFileSync(path(3), text) // says to be another job
    writeFileSync(path(4), JSON.stringify({ ...JSON.parse(readFileSync(path(4), 'utf8')), version: 2 }))
    writeFileSync(path(5), JSON.stringify({ ...JSON.parse(readFileSync(path(5), 'utf8')), spec: { kind: 'format-disk' } }))
    const loaded = store.load()
    expect(loaded.jobs.map(({ id }) => id)).toEqual([idOf(1)])
    expect(loaded.damaged).toEqual([2, 3, 4, 5].map((number) => `${path(number)}.damaged`))
    expect(readFileSync(`${path(2)}.damaged`, 'utf8')).toBe(text.slice(0, -9))
    expect(store.load().damaged).toEqual([])
  })

  it('is no hindrance where nothing can be kept', () => {
    writeFileSync(jobs, 'a file where the folder should be')
    new JobStore(jobs).save(stored(1))
    expect(new JobStore(jobs).load()).toEqual({ jobs: [], damaged: [] })
  })
})

describe('a queue that remembers', () => {
  const queueOf = (behaviour: 'finish' | 'work') => new JobQueue(() => forkProcess(scriptedJob, [behaviour]), new JobStore(jobs))
  const idle = (queue: JobQueue) =>
    new Promise<void>((resolve) => {
      const look = () => queue.isBusy || resolve()
      queue.listen({ changed: look, removed: look })
      look()
    })

  it('has the jobs of the last run in their order, with their logs and results', async () => {
    const queue = queueOf('finish')
    const ids = ['a.iso', 'b.iso'].map((name) => queue.add(create(name)))
    await idle(queue)
    const next = queueOf('finish')
    expect(next.list()).toEqual(queue.list())
    expect(next.log(ids[0] ?? '')).toEqual(queue.log(ids[0] ?? ''))
    expect(next.isBusy).toBe(false)
  })

  it('offers what was not over again, and forgets the old one when it is run', async () => {
    const store = new JobStore(jobs)
    store.save(stored(1, { state: 'running', endedAtMs: null, problem: null }))
    store.save(stored(2, { state: 'queued', startedAtMs: null, endedAtMs: null, problem: null, progress: null, log: [] }))
    const queue = queueOf('finish')
    const [cutOff, waiting] = queue.list()
    expect(cutOff).toMatchObject({
      state: 'interrupted',
      endedAtMs: 2000,
      repeat: 'again',
      progress: { doneBytes: 43 },
      problem: { code: 'interrupted', message: 'Isomer ended before this was done.', kept: 'Nothing was written.' },
    })
    expect(waiting?.problem?.message).toBe('Isomer ended before this had begun.')
    expect(queue.isBusy).toBe(false)
    const id = queue.again(idOf(1), queue.againSpec(idOf(1)))
    await idle(queue)
    expect(queue.list().map(({ id, state }) => [id, state])).toEqual([
      [idOf(2), 'interrupted'],
      [id, 'done'],
    ])
    expect(queueOf('finish').list()).toEqual(queue.list())
  })

  it('lets waiting jobs be put earlier and later, also for the next run', async () => {
    const queue = queueOf('work')
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.iso`)
    const ids = names.map((name) => queue.add(create(name)))
    const titles = () => queue.list().map(({ title }) => title)
    queue.move(ids[4] ?? '', -1)
    expect(titles()).toEqual(['a.iso', 'b.iso', 'c.iso', 'e.iso', 'd.iso'])
    queue.move(ids[2] ?? '', 1)
    queue.move(ids[2] ?? '', 1)
    queue.move(ids[2] ?? '', 1) // there is no later place
    queue.move(ids[0] ?? '', 1) // at work: it waits no more
    expect(titles()).toEqual(['a.iso', 'b.iso', 'e.iso', 'd.iso', 'c.iso'])
    expect(new JobStore(jobs).load().jobs.map(({ id }) => id)).toEqual(queue.list().map(({ id }) => id))
    await queue.cancelAll()
  })

  it('remembers the latest and no more', async () => {
    const store = new JobStore(jobs)
    for (let number = 1; number <= MAX_REMEMBERED_JOBS; number++) store.save(stored(number))
    const queue = queueOf('finish')
    queue.add(create('z.iso'))
    await idle(queue)
    expect(queue.list()).toHaveLength(MAX_REMEMBERED_JOBS)
    expect(queue.list()[0]?.id).toBe(idOf(2))
    expect(readdirSync(jobs)).toHaveLength(MAX_REMEMBERED_JOBS)
  })
})

describe('doing a job once more', () => {
  it('goes on with a rip where its map is there, and else begins it', () => {
    expect(repeatOf(rip(), 'interrupted')).toBe('again')
    writeFileSync(join(folder, 'disc.iso.partial'), '')
    writeFileSync(join(folder, 'disc.iso.map'), '')
    expect(repeatOf(rip(), 'interrupted')).toBe('resume')
    expect(againSpec(rip(), 'interrupted')).toEqual({ ...rip(), resume: true })
    expect(repeatOf(rip(), 'done')).toBe('again')
    expect(againSpec({ ...rip(), resume: true }, 'done')).toEqual(rip())
  })

  it('is not offered for what would destroy a disc or stick', () => {
    expect(repeatOf({ kind: 'flash', imagePath: '/a.iso', device: '/dev/sdb', verify: true }, 'failed')).toBeNull()
    expect(repeatOf({ kind: 'erase', drive: '/dev/sr0', full: true }, 'done')).toBeNull()
    const queue = new JobQueue(() => forkProcess(scriptedJob, ['finish']), new JobStore(jobs))
    mkdirSync(jobs, { recursive: true })
    expect(() => queue.againSpec(idOf(1))).toThrow(expect.objectContaining({ report: expect.objectContaining({ code: 'unknown-job' }) }))
  })
})
