/** How the program says that something went wrong: one shape for the engine, the command line and the window. */

/**
 * Whose fault it is, which decides the exit code and the wording:
 * `bug` ours · `usage` the caller's · `io` reading or writing failed · `image` the image is damaged or unsupported ·
 * `mismatch` a check said no · `cancelled` somebody asked to stop.
 */
export type ProblemKind = 'bug' | 'usage' | 'io' | 'image' | 'mismatch' | 'cancelled'

/** What a person is told; crosses process borders as plain data. */
export interface ProblemReport {
  readonly kind: ProblemKind
  /** Stable name for programs and tests, in kebab-case: `target-inside-source`. */
  readonly code: string
  /** One plain sentence: what happened, to which thing. */
  readonly message: string
  /** What is still as it was, or was saved. */
  readonly kept?: string | undefined
  /** What to do next. */
  readonly advice?: string | undefined
  /** For experts, one click below: errno, system call, offset. */
  readonly technical?: string | undefined
}

/** The only error that engine, jobs and command line throw on purpose. */
export class Problem extends Error {
  readonly report: ProblemReport

  constructor(report: ProblemReport, options?: { cause?: unknown }) {
    super(report.message, options)
    this.name = 'Problem'
    this.report = report
  }

  static cancelled(): Problem {
    return new Problem({ kind: 'cancelled', code: 'cancelled', message: 'Stopped as you asked.', kept: 'Nothing was written.' })
  }
}

/** The report of any thrown value; what is not a Problem is a bug of ours and is said to be one. */
export function problemReport(thrown: unknown): ProblemReport {
  if (thrown instanceof Problem) return thrown.report
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return {
    kind: 'bug',
    code: 'internal',
    message: 'Isomer ran into a fault of its own and stopped.',
    advice: 'Please report it with the technical line.',
    technical: error.stack ?? error.message,
  }
}

/** The command line's exit code for a problem (docs: product table "Exit"). */
export function exitCodeOf(kind: ProblemKind): number {
  switch (kind) {
    case 'mismatch':
      return 1
    case 'usage':
      return 2
    case 'io':
    case 'bug':
      return 3
    case 'image':
      return 4
    case 'cancelled':
      return 130
  }
}

/** All sentences of a report in reading order. */
export function problemText(report: ProblemReport): string {
  return [report.message, report.kept, report.advice].filter((part) => part !== undefined && part !== '').join(' ')
}
