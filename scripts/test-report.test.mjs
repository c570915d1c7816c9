import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { playwrightCounts, playwrightFlaky, summaryLine, vitestCounts } from './test-report.mjs'

let folder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-report-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function report(content) {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}
const vitest = (fields) => report({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [], ...fields })
const playwright = (fields) => report({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 2, ...fields } })

it('counts the tests of a run', () => {
  expect(vitestCounts(vitest({}), 0)).toEqual({ passed: 5, failed: 0, skipped: 2 })
  expect(playwrightCounts(playwright({}), 0)).toEqual({ passed: 5, failed: 0, skipped: 2 })
})

it('counts a test file that does not load as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(vitestCounts(vitest({ testResults }), 1).failed).toBe(1)
})

it('counts a failed test once', () => {
  const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }]
  expect(vitestCounts(vitest({ numFailedTests: 1, testResults }), 1).failed).toBe(1)
})

it('never lets a failing exit code pass for success', () => {
  expect(vitestCounts(vitest({}), 1).failed).toBe(1)
  expect(playwrightCounts(playwright({}), 1).failed).toBe(1)
  expect(vitestCounts(join(folder, 'absent.json'), 0).failed).toBe(1)
  expect(playwrightCounts(join(folder, 'absent.json'), 0).failed).toBe(1)
})

it('names what passed only at the second try', () => {
  const spec = (title, status) => ({ title, tests: [{ status }] })
  const suites = [{ file: 'rip.spec.ts', specs: [spec('one', 'expected')], suites: [{ specs: [spec('two', 'flaky')] }] }]
  expect(playwrightFlaky(report({ suites }))).toEqual(['rip.spec.ts: two'])
  expect(playwrightFlaky(join(folder, 'absent.json'))).toEqual([])
})

it('ends a run in one line', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
  expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
})
