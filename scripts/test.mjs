#!/usr/bin/env node
/**
 * npm test: sets up what the tests need, then runs every step, ending with one line of counts.
 * `--only unit,e2e` runs some steps: lint, house, types, build, unit, lab, package, e2e. A step that another needs runs too.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveRuntime } from './electron-runtime.mjs'
import { ensureBootImages } from './setup/boot-images.mjs'
import { canHaveLab } from './setup/lab-tools.mjs'
import { ensureNpmPackages } from './setup/npm-packages.mjs'
import { ensureTestTools } from './setup/test-tools.mjs'
import { counts, playwrightCounts, playwrightFlaky, sum, summaryLine, vitestCounts } from './test-report.mjs'

const CANNOT_RUN = 2
const root = join(import.meta.dirname, '..')
const reports = join(root, 'node_modules/.cache/test-reports')
const vitestReport = join(reports, 'vitest.json')
const labReport = join(reports, 'lab.json')
const playwrightReport = join(reports, 'playwright.json')
const bin = (name) => join(root, 'node_modules/.bin', name)
const say = (sentence) => console.log(sentence)

function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment },
  })
  if (error) say(`${command}: ${error.message}`)
  return status ?? 1
}

const oneCheck = (exitCode) => (exitCode === 0 ? counts(1, 0) : counts(0, 1))
const script = (name, ...args) => run(process.execPath, [join(root, 'scripts', name), ...args])

function runUnit(extraArgs) {
  const exitCode = run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`, ...extraArgs])
  return vitestCounts(vitestReport, exitCode)
}

function runJourneys(extraArgs, failed) {
  const projects = failed.has('package') ? ['--project=built'] : []
  const command = [bin('playwright'), 'test', '--reporter=list,json', ...projects, ...extraArgs]
  const virtualDisplay = process.platform === 'linux' ? ['xvfb-run', '-a'] : []
  const [program, ...args] = [...virtualDisplay, ...command]
  const exitCode = run(program, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport })
  for (const name of playwrightFlaky(playwrightReport)) say(`needed a second try: ${name}`)
  return playwrightCounts(playwrightReport, exitCode)
}

/** All of it takes much longer: `npm run test:lab`. */
function runShortLab() {
  if (!canHaveLab()) {
    say('The lab needs an x86-64 Linux with apt, which this system is not: left out.')
    return counts(0, 0, 1)
  }
  return vitestCounts(labReport, script('test-lab.mjs', 'journey'))
}

const steps = [
  { name: 'lint', title: 'Lint and format', run: () => oneCheck(run(bin('biome'), ['check', '.'])) },
  { name: 'house', title: 'House rules', run: () => oneCheck(script('check-house.mjs')) },
  { name: 'types', title: 'Types', run: () => oneCheck(run(bin('tsc'), ['-b'])) },
  { name: 'build', title: 'Build', run: () => oneCheck(run('npm', ['run', 'build', '--silent', '--', '--logLevel', 'warn'])) },
  { name: 'unit', title: 'Unit tests and foreign tools', needs: ['build'], run: runUnit },
  { name: 'lab', title: 'A short run in the lab: a kernel and a burner of its own', needs: ['build'], run: runShortLab },
  { name: 'package', title: 'Package', needs: ['build'], run: () => oneCheck(script('package.mjs', '--e2e')) },
  { name: 'e2e', title: 'Journeys through the built and the packaged app', needs: ['build'], uses: ['package'], run: runJourneys },
]

function chosenSteps(only) {
  if (!only) return steps
  const names = new Set(only.split(','))
  const unknown = [...names].filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) throw new Error(`There is no step “${unknown[0]}”. The steps are: ${steps.map((step) => step.name).join(', ')}.`)
  for (const step of steps) if (names.has(step.name)) for (const need of [...(step.needs ?? []), ...(step.uses ?? [])]) names.add(need)
  return steps.filter((step) => names.has(step.name))
}

function runStep(step, extraArgs, failed) {
  say(`\n=== ${step.title}`)
  const broken = step.needs?.filter((need) => failed.has(need)) ?? []
  if (broken.length > 0) {
    say(`=== ${step.title}: not run, because this failed: ${broken.join(', ')}`)
    return counts(0, 1)
  }
  const startMs = performance.now()
  const result = step.run(extraArgs, failed)
  say(`=== ${step.title}: ${result.failed === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - startMs) / 1000).toFixed(1)} s`)
  return result
}

async function main() {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
  const chosen = chosenSteps(values.only)
  ensureNpmPackages(root, say)
  if (chosen.some(({ name }) => name === 'unit' || name === 'e2e')) ensureTestTools(say)
  if (chosen.some(({ name }) => name === 'unit')) ensureBootImages(join(root, 'node_modules/.cache'), say)
  if (chosen.some(({ name }) => name === 'package')) await resolveRuntime(say)
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  const failed = new Set()
  const results = chosen.map((step) => {
    const result = runStep(step, step.name === chosen.at(-1).name ? positionals : [], failed)
    if (result.failed > 0) failed.add(step.name)
    return result
  })
  const total = sum(results)
  say(`\n${summaryLine(total)}`)
  return total.failed === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error.message)
  process.exitCode = CANNOT_RUN
}
