/** Problems and findings, as people or programs read them on standard error. */
import type { Finding } from '../../shared/image-model.ts'
import { exitCodeOf, problemReport } from '../../shared/problem.ts'
import { OutputClosed, printable, printNotice } from './output.ts'

export interface ReportStyle {
  readonly json: boolean
  readonly verbose: boolean
}

/** Says what went wrong and gives the exit code. */
export function reportProblem(thrown: unknown, style: ReportStyle): number {
  if (thrown instanceof OutputClosed) return 0
  const report = problemReport(thrown)
  if (style.json) {
    printNotice(`${JSON.stringify({ error: report })}\n`)
    return exitCodeOf(report.kind)
  }
  const lines = [
    `isomer: ${report.message}`,
    report.kept,
    report.advice,
    style.verbose || report.kind === 'bug' ? report.technical : undefined,
  ]
  for (const line of lines) if (line !== undefined && line !== '') printNotice(`${line.split('\n').map(printable).join('\n')}\n`)
  return exitCodeOf(report.kind)
}

/** Worst first; of those that are no damage only the number, unless `all`. */
export function reportFindings(findings: readonly Finding[], all: boolean): void {
  const shown = findings.filter((finding) => all || finding.severity === 'damaged' || finding.severity === 'fatal')
  for (const finding of shown) printNotice(`isomer: ${findingLine(finding)}\n`)
}

export function findingLine(finding: Finding): string {
  const place =
    finding.path !== undefined ? ` (${finding.path})` : finding.offsetBytes !== undefined ? ` (at byte ${finding.offsetBytes})` : ''
  return printable(`${finding.severity}: ${finding.message}${place}`)
}
