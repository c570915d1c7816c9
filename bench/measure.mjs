/** Runs programs one at a time, with a clock and, where GNU time is installed, their processor time and the peak of their memory. */
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const GNU_TIME = '/usr/bin/time'
const STDERR_TAIL_LINES = 3

/** True if peak memory and processor time can be told: Node knows them only of itself. */
export const canMeasureUsage = /GNU/.test(spawnSync(GNU_TIME, ['--version'], { encoding: 'utf8' }).stdout ?? '')

let running

/** Stops what is being measured, and what that has started. */
export function stopRunning() {
  if (running?.pid !== undefined && running.exitCode === null) process.kill(-running.pid, 'SIGKILL')
}

/** Full path of a program on the PATH, or undefined. */
export function findProgram(name) {
  for (const folder of name.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter)) {
    const path = folder === '' ? name : join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // not in this folder
    }
  }
  return undefined
}

function waitFor(command, args, options) {
  return new Promise((resolve) => {
    const startNs = process.hrtime.bigint()
    running = spawn(command, args, options)
    running.on('error', (error) => resolve({ seconds: 0, exitCode: -1, error: error.message }))
    running.on('exit', (exitCode, signal) =>
      resolve({ seconds: Number(process.hrtime.bigint() - startNs) / 1e9, exitCode: exitCode ?? -1, error: signal ?? undefined }),
    )
  })
}

/**
 * Runs one program to its end: `{ seconds, cpuSeconds, peakMemoryMib, failure }`, with null for what can't be told without
 * GNU time and `failure` a sentence if the program failed. Its output goes to `stdout.txt` and `stderr.txt` in `logFolder`.
 */
export async function runProgram({ program, args }, logFolder) {
  const [stdoutPath, stderrPath, usagePath] = ['stdout.txt', 'stderr.txt', 'usage.txt'].map((name) => join(logFolder, name))
  const [stdout, stderr] = [openSync(stdoutPath, 'w'), openSync(stderrPath, 'w')]
  // Programs with temporary files keep them where everything else is; a group of their own lets them be stopped together.
  const options = { stdio: ['ignore', stdout, stderr], detached: true, env: { ...process.env, TMPDIR: logFolder } }
  const [command, commandArgs] = canMeasureUsage ? [GNU_TIME, ['-q', '-f', '%M %U %S', '-o', usagePath, program, ...args]] : [program, args]
  const { seconds, exitCode, error } = await waitFor(command, commandArgs, options)
  closeSync(stdout)
  closeSync(stderr)
  const tail = exitCode === 0 ? '' : readFileSync(stderrPath, 'utf8').trim().split('\n').slice(-STDERR_TAIL_LINES).join(' / ')
  const usage = canMeasureUsage && exitCode === 0 ? readFileSync(usagePath, 'utf8').trim().split(' ').map(Number) : null
  return {
    seconds,
    cpuSeconds: usage === null ? null : usage[1] + usage[2],
    peakMemoryMib: usage === null ? null : usage[0] / 1024,
    failure: exitCode === 0 ? undefined : `ended with ${error ?? exitCode}${tail === '' ? '' : `: ${tail}`}`,
  }
}

/** One contender once, from an empty place and back to it. A result that fails its check is a failure. */
async function runContender(work, contender, scene) {
  rmSync(scene.outPath, { recursive: true, force: true })
  if (work.outIsFolder) mkdirSync(scene.outPath)
  // What the last one left to be written would be written at this one's expense.
  if (!scene.isInMemory) spawnSync('sync')
  const run = await runProgram(contender, scene.logFolder)
  const failure = run.failure ?? work.check({ ...scene, contender, stdoutPath: join(scene.logFolder, 'stdout.txt') })
  rmSync(scene.outPath, { recursive: true, force: true })
  return { ...run, failure }
}

/**
 * Runs the contenders of a work in turns (A B C A B C …), so that what else the machine does falls on all of them; the
 * first turn warms up and is not counted. Gives each contender with its `runs`, or `failure`, or `isMissing`.
 */
export async function measureWork(work, contenders, scene, runCount, say) {
  const results = contenders.map((contender) => ({ ...contender, runs: [], isMissing: contender.program === undefined }))
  for (let turn = 0; turn <= runCount; turn += 1) {
    const seen = []
    for (const result of results) {
      if (result.isMissing || result.failure !== undefined) continue
      const { failure, ...measured } = await runContender(work, result, scene)
      if (failure !== undefined) result.failure = failure
      else if (turn > 0) result.runs.push(measured)
      seen.push(`${result.name} ${failure ?? `${measured.seconds.toFixed(3)} s`}`)
    }
    say(`  ${turn === 0 ? 'warm-up' : `run ${turn} of ${runCount}`}: ${seen.join(' · ')}`)
  }
  return results
}
