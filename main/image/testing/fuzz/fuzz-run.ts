/** Runs mutated images in processes of their own, so that one that hangs, dies or takes all memory is caught and told. */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { scratchRoot } from '../scratch.ts'
import { fuzzCase } from './fuzz-case.ts'
import { type FuzzOrder, type FuzzReport, MAX_FAILURES, STATUS_FILE } from './fuzz-messages.ts'
import type { Edit } from './mutation.ts'
import { admitPatients } from './patients.ts'
import type { WorkName } from './work.ts'

export interface FuzzRequest {
  /** Built from `fuzz-process.ts`. */
  readonly processFile: string
  readonly seed: number
  /** Number of the first case. */
  readonly first: number
  readonly cases: number
  readonly seconds: number
  /** Where images of failing cases are put. */
  readonly saveFolder: string
  /** A case of which nothing is heard for so long hangs. */
  readonly silenceMs?: number
  /** To be done with every image; when left out, one or another from time to time. */
  readonly work?: WorkName | null
  /** Only images whose names begin so; all when left out. */
  readonly only?: string | null
  readonly say: (line: string) => void
}

export interface FuzzFailure {
  readonly seed: number
  readonly number: number
  readonly reason: string
  /** The image with only those changes that it takes to fail. */
  readonly savedAs: string
  /** What was changed. */
  readonly edits: readonly string[]
}

export interface FuzzResult {
  readonly cases: number
  /** The most memory that any of the processes had. */
  readonly highestBytes: number
  readonly failedCases: number
  /** The first of each kind. */
  readonly failures: readonly FuzzFailure[]
}

/** One process runs so many cases, for memory that it never gives back must not add up over hours. */
const CASES_OF_A_PROCESS = 25_000
const HEAP_MEGABYTES = 320
/** No case takes a hundredth of it, even on a busy machine. */
const SILENCE_MS = 30_000
const LOOKS = 60

export async function fuzz(request: FuzzRequest): Promise<FuzzResult> {
  const endMs = performance.now() + request.seconds * 1000
  const failed = new Map<number, Failed>()
  let next = request.first
  let highestBytes = 0
  const end = request.first + request.cases
  while (next < end && performance.now() < endMs && failed.size < MAX_FAILURES) {
    const order = { seed: request.seed, first: next, cases: Math.min(CASES_OF_A_PROCESS, end - next), edits: null }
    const batch = await runProcess(request, { ...order, seconds: (endMs - performance.now()) / 1000 })
    for (const [number, found] of batch.failed) failed.set(number, found)
    next += batch.cases
    highestBytes = Math.max(highestBytes, batch.highestBytes)
    request.say(`${(next - request.first).toLocaleString('en')} cases, ${failed.size} of them failed`)
  }
  return { cases: next - request.first, highestBytes, failedCases: failed.size, failures: await saved(request, firstOfEach(failed)) }
}

interface Failed {
  readonly reason: string
  /** The edits that it takes; null where that is not known. */
  readonly kept: readonly number[] | null
}

/** Failures of one kind fail alike at the same place, whatever numbers their messages have. */
function firstOfEach(failed: ReadonlyMap<number, Failed>): Map<number, Failed> {
  const kinds = new Map<string, [number, Failed]>()
  for (const [number, found] of failed) {
    const kind = found.reason
      .split('\n')
      .slice(0, 3)
      .join(' ')
      .replaceAll(/[\d.]+(?:e\+\d+)?/g, '#')
    if (!kinds.has(kind)) kinds.set(kind, [number, found])
  }
  return new Map(kinds.values())
}

interface Batch {
  readonly cases: number
  readonly highestBytes: number
  readonly failed: ReadonlyMap<number, Failed>
}

/** Runs one process to its end, whichever that is. */
async function runProcess(
  { processFile, silenceMs = SILENCE_MS, work = null, only = null }: FuzzRequest,
  order: Omit<FuzzOrder, 'folder' | 'work' | 'only'>,
): Promise<Batch> {
  const folder = mkdtempSync(join(scratchRoot(), 'isomer-fuzz-'))
  const failed = new Map<number, Failed>()
  let done = null as Extract<FuzzReport, { kind: 'done' }> | null
  let isReady = false
  const child = fork(processFile, [], {
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-4000)
  })
  child.on('message', (report: FuzzReport) => {
    if (report.kind === 'ready') isReady = true
    else if (report.kind === 'failed') failed.set(report.number, report)
    else done = report
  })
  child.send({ ...order, folder, work, only } satisfies FuzzOrder)
  try {
    const hung = await ended(child, join(folder, STATUS_FILE), silenceMs)
    if (done !== null) return { cases: done.cases, highestBytes: done.highestBytes, failed }
    if (!isReady) throw new Error(`The process that runs cases did not start.\n${said}`)
    const number = runningCase(join(folder, STATUS_FILE)) ?? order.first
    failed.set(number, { reason: hung ? 'never came to an end' : `the process died\n${said}`, kept: null })
    return { cases: number - order.first + 1, highestBytes: 0, failed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits for the process; ends it when its case no longer changes, and says whether it did. */
function ended(child: ChildProcess, statusFile: string, maxSilenceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const everyMs = maxSilenceMs / LOOKS
    let last: number | null = null
    let silentMs = 0
    let hung = false
    const timer = setInterval(() => {
      const now = runningCase(statusFile)
      silentMs = now === null || now !== last ? 0 : silentMs + everyMs
      last = now
      if (silentMs < maxSilenceMs) return
      hung = true
      child.kill('SIGKILL')
    }, everyMs)
    child.once('exit', () => {
      clearInterval(timer)
      resolve(hung)
    })
  })
}

function runningCase(statusFile: string): number | null {
  try {
    const bytes = readFileSync(statusFile)
    return bytes.length === 8 ? bytes.readDoubleLE(0) : null
  } catch {
    return null // no case has begun yet
  }
}

/** Puts the image of each failure into a file. */
async function saved(request: FuzzRequest, failed: ReadonlyMap<number, Failed>): Promise<FuzzFailure[]> {
  const { seed, saveFolder } = request
  if (failed.size === 0) return []
  const folder = mkdtempSync(join(scratchRoot(), 'isomer-fuzz-'))
  try {
    mkdirSync(saveFolder, { recursive: true })
    const patients = await admitPatients(folder)
    const failures: FuzzFailure[] = []
    for (const [number, { reason, kept }] of failed) {
      const { patient, mutation } = fuzzCase(patients, seed, number, request.only)
      const needed = kept ?? (await fewestEdits(request, number, mutation.edits.length))
      const edits = mutation.edits.filter((_, i) => needed === null || needed.includes(i))
      const savedAs = join(saveFolder, `seed-${seed}-case-${number}`, basename(patient.path))
      mkdirSync(dirname(savedAs), { recursive: true })
      for (const [name, bytes] of Object.entries(patient.container?.files ?? {})) writeFileSync(join(dirname(savedAs), name), bytes)
      patient.apply(edits, mutation)
      writeFileSync(savedAs, patient.bytes.subarray(0, mutation.cutBytes ?? patient.bytes.length))
      patient.heal()
      failures.push({
        seed,
        number,
        reason: needed === null ? `${reason}\n(only among other cases, not by itself)` : reason,
        savedAs,
        edits: [patient.name, ...edits.map(editText)],
      })
    }
    for (const patient of patients) patient.close()
    return failures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const editText = ({ at, bytes, what }: Edit): string => `${what} at ${at}: ${Buffer.from(bytes.subarray(0, 32)).toString('hex')}`

/** Of a case that ends its process: leaves out one edit after the other for as long as it still fails. */
async function fewestEdits(request: FuzzRequest, number: number, editCount: number): Promise<readonly number[] | null> {
  const fails = async (edits: readonly number[]) =>
    (await runProcess(request, { seed: request.seed, first: number, cases: 1, seconds: 3600, edits })).failed.size > 0
  let kept = Array.from({ length: editCount }, (_, i) => i)
  if (!(await fails(kept))) return null
  for (const edit of [...kept]) {
    const fewer = kept.filter((i) => i !== edit)
    if (await fails(fewer)) kept = fewer
  }
  return kept
}

/** A failure as lines for people. */
export function failureText({ seed, number, reason, savedAs, edits }: FuzzFailure): string {
  return [
    `Case ${number} of seed ${seed} failed: ${reason}`,
    ...edits.map((edit) => `  ${edit}`),
    `  The image was saved as ${savedAs}.`,
  ].join('\n')
}
