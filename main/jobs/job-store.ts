/**
 * Jobs that are remembered between runs: a file each in a folder, written anew whenever something about the job changes.
 * A file that can't be read is set aside, and costs only its own job.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { type JobProgress, type JobResult, type JobSpec, jobStates, type LogLine } from '../../shared/job.ts'
import { MAX_REMEMBERED_JOB_BYTES } from '../../shared/limits.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import { jobSpecSchema } from './job-spec-schema.ts'

const JOB_FILE = /^[0-9a-f-]{36}\.json$/
const DAMAGED = '.damaged'

const whole = v.pipe(v.number(), v.safeInteger())
const moment = v.nullable(whole)
const amount = v.pipe(v.number(), v.finite(), v.minValue(0))

const result = v.custom<JobResult>((value) =>
  v.is(v.looseObject({ kind: v.string(), path: v.string(), sizeBytes: amount, durationMs: amount }), value),
)
const problem = v.custom<ProblemReport>((value) => v.is(v.looseObject({ kind: v.string(), code: v.string(), message: v.string() }), value))
const progress = v.custom<JobProgress>((value) =>
  v.is(v.looseObject({ phase: v.string(), doneBytes: amount, totalBytes: v.nullable(amount), doneItems: amount }), value),
)
const logLine = v.strictObject({ atMs: whole, level: v.picklist(['info', 'warning', 'error'] as const), text: v.string() })

const storedJob = v.strictObject({
  version: v.literal(1),
  id: v.pipe(v.string(), v.uuid()),
  /** Its place in the queue and in the history: rising. */
  place: v.pipe(v.number(), v.finite()),
  spec: jobSpecSchema,
  state: v.picklist(jobStates),
  startedAtMs: moment,
  endedAtMs: moment,
  /** When this was written. */
  savedAtMs: whole,
  progress: v.nullable(progress),
  result: v.nullable(result),
  problem: v.nullable(problem),
  log: v.array(logLine),
})

export interface StoredJob extends Omit<v.InferOutput<typeof storedJob>, 'version' | 'log' | 'spec'> {
  readonly spec: JobSpec
  readonly log: readonly LogLine[]
}

export interface LoadedJobs {
  /** In their places. */
  readonly jobs: readonly StoredJob[]
  /** Files that were set aside. */
  readonly damaged: readonly string[]
}

export class JobStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  load(): LoadedJobs {
    const jobs: StoredJob[] = []
    const damaged: string[] = []
    for (const name of this.#names()) {
      const job = this.#read(name)
      if (job !== null) jobs.push(job)
      else damaged.push(this.#setAside(name))
    }
    return { jobs: jobs.sort((a, b) => a.place - b.place), damaged }
  }

  /** Never fails: a job that can't be remembered is done all the same. */
  save(job: StoredJob): void {
    const path = this.#pathOf(job.id)
    const unfinished = `${path}.${process.pid}.new`
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      writeFileSync(unfinished, JSON.stringify({ version: 1, ...job }), { mode: 0o600 })
      renameSync(unfinished, path)
    } catch (error) {
      console.error(`a job was not remembered: ${String(error)}`)
      removeIfPossible(unfinished)
    }
  }

  remove(id: string): void {
    removeIfPossible(this.#pathOf(id))
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => JOB_FILE.test(name))
    } catch {
      return [] // the first start
    }
  }

  #read(name: string): StoredJob | null {
    const path = join(this.#folder, name)
    try {
      if (statSync(path).size > MAX_REMEMBERED_JOB_BYTES) return null
      const parsed = v.safeParse(storedJob, JSON.parse(readFileSync(path, 'utf8')))
      if (!parsed.success || `${parsed.output.id}.json` !== name) return null
      const { version: _version, ...job } = parsed.output
      return job
    } catch {
      return null // the caller sets it aside
    }
  }

  #setAside(name: string): string {
    const path = join(this.#folder, name)
    try {
      renameSync(path, path + DAMAGED)
    } catch (error) {
      console.error(String(error))
    }
    return path + DAMAGED
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}.json`)
  }
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch (error) {
    console.error(`${path} was not removed: ${String(error)}`)
  }
}
