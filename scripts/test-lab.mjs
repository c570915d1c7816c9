#!/usr/bin/env node
/**
 * npm run test:lab: tests on a kernel and drives of their own, in QEMU (docs/lab.md), ending with one line of counts.
 * Words behind `--` go to vitest: part of a file's name runs that file.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFreshBuild } from './setup/fresh-build.mjs'
import { ensureLabTools } from './setup/lab-tools.mjs'
import { ensureNpmPackages } from './setup/npm-packages.mjs'
import { summaryLine, vitestCounts } from './test-report.mjs'

const CANNOT_RUN = 2
const root = join(import.meta.dirname, '..')
const reports = join(root, 'node_modules/.cache/test-reports')
const report = join(reports, 'lab.json')

function main() {
  ensureNpmPackages(root, console.log)
  ensureLabTools(console.log)
  ensureFreshBuild(root, console.log)
  mkdirSync(reports, { recursive: true })
  rmSync(report, { force: true })
  const vitest = [join(root, 'node_modules/.bin/vitest'), 'run', '--config', join(root, 'e2e/lab/vitest.config.ts')]
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync(process.execPath, [...vitest, ...reporters, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  const counts = vitestCounts(report, status ?? 1)
  console.log(`\n${summaryLine(counts)}`)
  return counts.failed === 0 ? 0 : 1
}

try {
  process.exitCode = main()
} catch (error) {
  console.error(error.message)
  process.exitCode = CANNOT_RUN
}
