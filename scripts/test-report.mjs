/** Reads the counts out of what vitest and Playwright report as JSON. Each count is `{ passed, failed, skipped }`. */
import { readFileSync } from 'node:fs'

export const counts = (passed = 0, failed = 0, skipped = 0) => ({ passed, failed, skipped })

export const sum = (all) => all.reduce((a, b) => counts(a.passed + b.passed, a.failed + b.failed, a.skipped + b.skipped), counts())

/** A run that failed without naming a failed test (a file that did not load, a crash) still counts as one failure. */
function withExitCode(result, exitCode) {
  return exitCode !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // the run ended before it could report
  }
}

export function vitestCounts(reportPath, exitCode) {
  const report = readReport(reportPath)
  if (!report) return counts(0, 1)
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const skipped = report.numPendingTests + report.numTodoTests
  return withExitCode(counts(report.numPassedTests, report.numFailedTests + unloadable.length, skipped), exitCode)
}

export function playwrightCounts(reportPath, exitCode) {
  const stats = readReport(reportPath)?.stats
  return stats ? withExitCode(counts(stats.expected + stats.flaky, stats.unexpected, stats.skipped), exitCode) : counts(0, 1)
}

/** Journeys that passed only at the second try, by file and title: each is a fault somewhere, to be found. */
export function playwrightFlaky(reportPath) {
  const names = []
  const walk = (suite, file) => {
    for (const { title, tests } of suite.specs ?? []) if (tests.some(({ status }) => status === 'flaky')) names.push(`${file}: ${title}`)
    for (const inner of suite.suites ?? []) walk(inner, file)
  }
  for (const suite of readReport(reportPath)?.suites ?? []) walk(suite, suite.file ?? suite.title)
  return names
}

/** The last line of a test run. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
