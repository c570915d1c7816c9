import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import type { JobSpec, JobView } from '../../shared/job.ts'
import { JobQueue } from './job-queue.ts'
import { forkProcess } from './testing/fork-process.ts'

const scriptedJob = join(import.meta.dirname, 'testing/scripted-job.mjs')

describe('job queue', () => {
  let folder: string
  const queues: JobQueue[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isomer-queue-'))
  })
  afterEach(async () => {
    vi.useRealTimers()
    await Promise.all(queues.splice(0).map((queue) => queue.cancelAll()))
    rmSync(folder, { recursive: true })
  })

  function queueOf(behaviour: 'finish' | 'work' | 'deaf' | 'die' | 'lie', ...args: string[]): JobQueue {
    const queue = new JobQueue(() => forkProcess(scriptedJob, [behaviour, ...args]))
    queues.push(queue)
    return queue
  }

  const create = (name: string, overwrite = false): JobSpec => ({
    kind: 'create',
    project: { version: 1, steps: [], options: defaultCreateOptions },
    outPath: join(folder, name),
    overwrite,
  })

  /** Waits until a job is as wanted; a job that ends otherwise fails the test through its time limit. */
  function until(queue: JobQueue, jobId: string, wanted: (job: JobView) => boolean): Promise<JobView> {
    return new Promise((resolve) => {
      const look = () => {
        const job = queue.list().find(({ id }) => id === jobId)
        if (!job || !wanted(job)) return
        stop()
        resolve(job)
      }
      const stop = queue.listen({ changed: look, removed: look })
      look()
    })
  }
  const ended = (queue: JobQueue, jobId: string) => until(queue, jobId, ({ endedAtMs }) => endedAtMs !== null)
  const writing = (queue: JobQueue, jobId: string) => until(queue, jobId, ({ progress }) => progress !== null)

  it('runs a job to its result', async () => {
    const queue = queueOf('finish')
    const seen: string[] = []
    queue.listen({ changed: ({ state }) => void seen.push(state), removed: () => {} })
    const id = queue.add(create('a.iso'))
    const job = await ended(queue, id)
    expect(job).toMatchObject({ title: 'a.iso', state: 'done', problem: null, result: { kind: 'create', path: join(folder, 'a.iso') } })
    expect(job.progress?.doneBytes).toBe(1000)
    expect([...new Set(seen)]).toEqual(['queued', 'running', 'done'])
    expect(queue.log(id).map(({ text }) => text)).toEqual(['Started.', 'Done.'])
    expect(queue.isBusy).toBe(false)
  })

  it('stops a running job when asked, and leaves nothing behind', async () => {
    const queue = queueOf('work')
    const id = queue.add(create('a.iso'))
    await writing(queue, id)
    expect(existsSync(join(folder, 'a.iso.part'))).toBe(true)
    queue.cancel(id)
    expect(queue.view(id).state).toBe('cancelling')
    expect(await ended(queue, id)).toMatchObject({ state: 'cancelled', problem: { kind: 'cancelled' }, result: null })
    expect(readdirSync(folder)).toEqual([])
  })

  it('ends a process that does not stop, and clears up after it', async () => {
    const queue = queueOf('deaf')
    const id = queue.add(create('a.iso'))
    await writing(queue, id)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    queue.cancel(id)
    vi.advanceTimersByTime(10_000)
    expect(await ended(queue, id)).toMatchObject({ state: 'cancelled', problem: { kind: 'cancelled', kept: 'Nothing was written.' } })
    expect(readdirSync(folder)).toEqual([])
  })

  it('makes a dead process a failed job: the half-written file goes, the old one stays', async () => {
    const queue = queueOf('die')
    writeFileSync(join(folder, 'a.iso'), 'the old one')
    const id = queue.add(create('a.iso', true))
    const { state, problem } = await ended(queue, id)
    expect(state).toBe('failed')
    expect(problem).toMatchObject({
      kind: 'bug',
      code: 'job-process-ended',
      kept: 'Nothing was written; the old a.iso is as it was.',
    })
    expect(readdirSync(folder)).toEqual(['a.iso'])
    expect(readFileSync(join(folder, 'a.iso'), 'utf8')).toBe('the old one')
    expect(queue.log(id).map(({ text }) => text)).toContain('last words')
  })

  it('removes nothing outside the folder of the result, whatever a broken process says', async () => {
    const elsewhere = join(folder, 'elsewhere')
    mkdirSync(elsewhere)
    const precious = join(elsewhere, 'precious.txt')
    writeFileSync(precious, 'kept')
    const queue = queueOf('lie', precious)
    await ended(queue, queue.add(create('a.iso')))
    expect(readFileSync(precious, 'utf8')).toBe('kept')
  })

  it('runs two at once, and never two that write the same file', async () => {
    const queue = queueOf('work')
    const first = queue.add(create('a.iso'))
    const sameFile = queue.add(create('a.iso'))
    const second = queue.add(create('b.iso'))
    const third = queue.add(create('c.iso'))
    await Promise.all([writing(queue, first), writing(queue, second)])
    const states = () => Object.fromEntries(queue.list().map(({ id, state }) => [id, state]))
    expect(states()).toEqual({ [first]: 'running', [sameFile]: 'queued', [second]: 'running', [third]: 'queued' })
    queue.cancel(second)
    await writing(queue, third)
    expect(states()).toMatchObject({ [first]: 'running', [sameFile]: 'queued', [third]: 'running' })
    queue.cancel(first)
    await writing(queue, sameFile)
    expect(states()).toMatchObject({ [sameFile]: 'running', [third]: 'running' })
  })

  it('holds a job still, lets another one work meanwhile, and has it go on', async () => {
    const queue = queueOf('work')
    const ids = ['a.iso', 'b.iso', 'c.iso'].map((name) => queue.add(create(name)))
    const [first = '', , third = ''] = ids
    await writing(queue, first)
    expect(queue.view(third).state).toBe('queued')
    queue.pause(first, true)
    expect(queue.view(first)).toMatchObject({ state: 'paused', canPause: true, remainingMs: null })
    await writing(queue, third)
    queue.pause(first, false)
    expect(queue.view(first).state).toBe('running')
    queue.pause(first, true)
    queue.cancel(first)
    expect(await ended(queue, first)).toMatchObject({ state: 'cancelled', canPause: false })
  })

  it('does not hold a drive still that writes', async () => {
    const queue = queueOf('work')
    const id = queue.add({ kind: 'erase', drive: '/dev/sr0', full: false })
    expect(queue.holderOf('/dev/sr0')?.id).toBe(id)
    expect(queue.holderOf('/dev/sr1')).toBeNull()
    queue.pause(id, true)
    expect(queue.view(id)).toMatchObject({ state: 'queued', canPause: false })
  })

  it('cancels a waiting job without starting it', async () => {
    const queue = queueOf('work')
    queue.add(create('a.iso'))
    const waiting = queue.add(create('a.iso'))
    queue.cancel(waiting)
    expect(queue.view(waiting)).toMatchObject({ state: 'cancelled', startedAtMs: null })
  })

  it('forgets only what is over', async () => {
    const queue = queueOf('work')
    const id = queue.add(create('a.iso'))
    expect(() => queue.remove(id)).toThrow(expect.objectContaining({ report: expect.objectContaining({ code: 'job-not-over' }) }))
    queue.cancel(id)
    await ended(queue, id)
    queue.remove(id)
    expect(queue.list()).toEqual([])
    expect(() => queue.view(id)).toThrow(expect.objectContaining({ report: expect.objectContaining({ code: 'unknown-job' }) }))
  })

  it('stops everything before the app quits', async () => {
    const queue = queueOf('work')
    const ids = ['a.iso', 'b.iso', 'c.iso'].map((name) => queue.add(create(name)))
    await writing(queue, ids[0] ?? '')
    await queue.cancelAll()
    expect(queue.list().map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(readdirSync(folder)).toEqual([])
  })
})
