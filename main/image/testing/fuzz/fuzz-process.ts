/** Runs cases one after the other and tells of those that fail. If one never ends, whoever started this process ends it. */
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type FuzzCase, fuzzCase } from './fuzz-case.ts'
import { type FuzzOrder, type FuzzReport, MAX_CASE_MS, MAX_FAILURES, MAX_RESIDENT_BYTES, STATUS_FILE } from './fuzz-messages.ts'
import { ordeal } from './ordeal.ts'
import { admitPatients } from './patients.ts'

const NO_TIME = { user: 0, system: 0 }

const tell = (report: FuzzReport) => new Promise<void>((resolve) => void process.send?.(report, () => resolve()))

process.once('message', (order: FuzzOrder) => {
  run(order).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function run({ seed, first, cases, seconds, folder, work, only, edits }: FuzzOrder): Promise<void> {
  const patients = await admitPatients(folder)
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch)
  const status = openSync(join(folder, STATUS_FILE), 'w')
  const own = new Set(readdirSync(folder))
  await tell({ kind: 'ready' })
  const endMs = performance.now() + seconds * 1000
  let done = 0
  let failures = 0
  const running = Buffer.alloc(8)
  for (let isFull = false; done < cases && failures < MAX_FAILURES && !isFull && performance.now() < endMs; done++) {
    const number = first + done
    running.writeDoubleLE(number)
    writeSync(status, running, 0, 8, 0)
    const chosen = fuzzCase(patients, seed, number, only)
    const found = work === null ? chosen : { ...chosen, further: [work] }
    const reason = await runCase(found, scratch, edits)
    if (reason === null) continue
    // The highest use of memory stays what it was: which edits it takes is for new processes to find out.
    isFull = highestResidentBytes() > MAX_RESIDENT_BYTES
    await tell({ kind: 'failed', number, reason, kept: edits !== null || isFull ? edits : await fewestEdits(found, scratch) })
    failures++
  }
  closeSync(status)
  const strangers = readdirSync(folder).filter((name) => !own.has(name))
  if (strangers.length > 0) throw new Error(`written where nothing was to be: ${strangers.join(', ')}`)
  for (const patient of patients) patient.close()
  await tell({ kind: 'done', cases: done, highestBytes: highestResidentBytes() })
}

/** Leaves out one edit after the other for as long as the case still fails. */
async function fewestEdits(found: FuzzCase, scratch: string): Promise<readonly number[] | null> {
  let kept = found.mutation.edits.map((_, i) => i)
  if ((await runCase(found, scratch, kept)) === null) return null
  for (const edit of [...kept]) {
    const fewer = kept.filter((i) => i !== edit)
    if ((await runCase(found, scratch, fewer)) !== null) kept = fewer
  }
  return kept
}

/** Why the case failed; null when it did not. Time that the machine itself stood still counts as the process's, so what is slow must be so twice. */
async function runCase(found: FuzzCase, scratch: string, edits: readonly number[] | null): Promise<string | null> {
  const first = await caseOnce(found, scratch, edits)
  const { reason, processorMs } = first.processorMs > MAX_CASE_MS ? await caseOnce(found, scratch, edits) : first
  if (reason !== null) return reason
  if (processorMs > MAX_CASE_MS) return `took ${Math.round(processorMs)} ms of processor time`
  const residentBytes = highestResidentBytes()
  return residentBytes > MAX_RESIDENT_BYTES ? `${Math.round(residentBytes / 2 ** 20)} MiB in memory` : null
}

interface CaseReport {
  /** Null when nothing was thrown. */
  readonly reason: string | null
  readonly processorMs: number
}

async function caseOnce({ patient, mutation, further }: FuzzCase, scratch: string, edits: readonly number[] | null): Promise<CaseReport> {
  const startMs = performance.now()
  const before = process.cpuUsage()
  patient.apply(edits === null ? mutation.edits : mutation.edits.filter((_, i) => edits.includes(i)), mutation)
  let reason: string | null = null
  try {
    await ordeal(patient.openedPath, scratch, further)
  } catch (error) {
    reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  } finally {
    patient.heal()
    for (const name of readdirSync(scratch)) rmSync(join(scratch, name), { recursive: true })
  }
  // On a busy machine a case may have to wait; only its own time counts.
  const { user, system } = performance.now() - startMs > MAX_CASE_MS ? process.cpuUsage(before) : NO_TIME
  return { reason, processorMs: (user + system) / 1000 }
}

/** Of all cases up to now. */
const highestResidentBytes = (): number => process.resourceUsage().maxRSS * 1024
