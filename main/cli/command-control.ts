/** Runs long work for the command line: signals cancel it, progress goes to standard error. */
import { rmSync } from 'node:fs'
import type { JobControl, JobProgress, LogLine } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import { OutputJournal, sweepOutputs } from '../output/output-journal.ts'
import { oneOf } from './arguments.ts'
import type { CommandLine } from './command.ts'
import { printable, printNotice } from './output.ts'
import { progressText } from './progress-text.ts'

/** Work goes on this long before it lets signals in: short for people, long for the cost of it. */
const TURN_MS = 30
const BETWEEN_LINES_MS = 100
const BETWEEN_JSON_MS = 250
const INTERRUPTED_EXIT = 130
const CLEAR_LINE = '\r\u001b[K'

type ProgressStyle = 'line' | 'json' | 'none'

export class CommandControl implements JobControl {
  readonly #style: ProgressStyle
  readonly #quiet: boolean
  readonly #json: boolean
  readonly #verbose: boolean
  readonly #startedMs = performance.now()
  #cancelled = false
  #temporary: string | null = null
  readonly #journal = new OutputJournal()
  #lastTurnMs = performance.now()
  #lastProgressMs = 0
  #lineShown = false
  readonly #onSignal = () => this.#interrupt()

  constructor(line: CommandLine) {
    const how = oneOf('progress', line.options.value('progress'), ['auto', 'json', 'none'], 'auto')
    this.#quiet = line.options.flag('quiet')
    this.#json = line.options.flag('json')
    this.#verbose = line.options.flag('verbose')
    const onTerminal = process.stderr.isTTY === true && !this.#quiet
    this.#style = how === 'json' ? 'json' : how === 'auto' && onTerminal ? 'line' : 'none'
    process.on('SIGINT', this.#onSignal)
    process.on('SIGTERM', this.#onSignal)
  }

  checkpoint(): Promise<void> | undefined {
    if (this.#cancelled) throw Problem.cancelled()
    const nowMs = performance.now()
    if (nowMs - this.#lastTurnMs < TURN_MS) return undefined
    return this.#turn()
  }

  progress(progress: JobProgress): void {
    if (this.#style === 'none') return
    const nowMs = performance.now()
    if (nowMs - this.#lastProgressMs < (this.#style === 'json' ? BETWEEN_JSON_MS : BETWEEN_LINES_MS)) return
    this.#lastProgressMs = nowMs
    if (this.#style === 'json') {
      printNotice(`${JSON.stringify({ progress })}\n`)
      return
    }
    const columns = process.stderr.columns ?? 80
    printNotice(`${CLEAR_LINE}${progressText(progress, nowMs - this.#startedMs, columns - 1)}`)
    this.#lineShown = true
  }

  log(level: LogLine['level'], text: string): void {
    if ((this.#quiet && level !== 'error') || (!this.#verbose && level === 'info')) return
    this.clearLine()
    printNotice(this.#json ? `${JSON.stringify({ log: { level, text } })}\n` : `isomer: ${printable(text)}\n`)
  }

  temporary(path: string | null): void {
    this.#temporary = path
    this.#journal.note(path)
  }

  /** Takes the progress line away, so that what is printed next stands alone. */
  clearLine(): void {
    if (this.#lineShown) printNotice(CLEAR_LINE)
    this.#lineShown = false
  }

  /** Gives the signals back; to be called when the work is over. */
  end(): void {
    this.clearLine()
    this.#journal.end()
    process.off('SIGINT', this.#onSignal)
    process.off('SIGTERM', this.#onSignal)
  }

  async #turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#lastTurnMs = performance.now()
    if (this.#cancelled) throw Problem.cancelled()
  }

  /** The first signal asks, the second does not wait. */
  #interrupt(): void {
    if (!this.#cancelled) {
      this.#cancelled = true
      return
    }
    if (this.#temporary !== null) rmSync(this.#temporary, { force: true })
    this.#journal.end()
    process.exit(INTERRUPTED_EXIT)
  }
}

/** Runs work with a control of its own; what an earlier one that was killed left half-written goes first. */
export async function withControl<T>(line: CommandLine, work: (control: CommandControl) => Promise<T>): Promise<T> {
  sweepOutputs()
  return withOpening(line, work)
}

/** The same for opening something, which writes nothing that could be left: afterwards signals end the program as they always do. */
export async function withOpening<T>(line: CommandLine, open: (control: CommandControl) => Promise<T>): Promise<T> {
  const control = new CommandControl(line)
  try {
    return await open(control)
  } finally {
    control.end()
  }
}
