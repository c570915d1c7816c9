/** Runs a program that works with drives, and hears every line that it says. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { Problem } from '../../shared/problem.ts'
import { LineSplitter } from './line-splitter.ts'

/** Text kept of what a program said; the first half matters most, because causes come before consequences. */
const MAX_KEPT_CHARACTERS = 256 * 1024

export interface ToolCommand {
  readonly program: string
  readonly args: readonly string[]
  /** Besides the ordinary environment. */
  readonly env?: Readonly<Record<string, string>>
}

export interface ToolEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: string | null
  /** Everything that it said, up to a limit. */
  readonly text: string
}

export interface RunningTool {
  /** Where its input goes; null unless it was asked for. */
  readonly input: Writable | null
  readonly ended: Promise<ToolEnd>
  /** Asks it to stop; burning programs then bring the drive to rest, which can take minutes. */
  stop(): void
}

export interface ToolOptions {
  readonly wantsInput?: boolean
  readonly onLine?: (line: string) => void
}

/** Starts a program. `ended` rejects with an `io` Problem when it can't be started. */
export function startTool({ program, args, env }: ToolCommand, options: ToolOptions = {}): RunningTool {
  const child = spawn(program, args, {
    stdio: [options.wantsInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    // A process group of its own: an interrupt on the terminal is for us to answer, not for a program in mid-burn.
    detached: process.platform !== 'win32',
    env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: 'en', ...env },
    windowsHide: true,
  })
  const kept = new KeptText()
  const splitters = [child.stdout, child.stderr].map((stream) => {
    const splitter = new LineSplitter((line) => {
      kept.add(line)
      options.onLine?.(line)
    })
    stream?.setEncoding('utf8')
    stream?.on('data', (text: string) => splitter.feed(text))
    return splitter
  })
  // A program that ends before it has read everything says why itself.
  child.stdin?.on('error', () => {})
  return { input: child.stdin, ended: endOf(child, program, splitters, kept), stop: () => void child.kill('SIGTERM') }
}

/** Runs a program to its end. */
export function runTool(command: ToolCommand, options: Omit<ToolOptions, 'wantsInput'> = {}): Promise<ToolEnd> {
  return startTool(command, options).ended
}

function endOf(child: ChildProcess, program: string, splitters: readonly LineSplitter[], kept: KeptText): Promise<ToolEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(notStarted(program, error)))
    child.once('close', (exitCode, signal) => {
      for (const splitter of splitters) splitter.end()
      resolve({ exitCode, signal, text: kept.text })
    })
  })
}

/** How a program ended, for experts. */
export const endingOf = ({ exitCode, signal }: ToolEnd): string => (signal === null ? `exit code ${exitCode}` : `signal ${signal}`)

function notStarted(program: string, error: Error): Problem {
  return new Problem(
    { kind: 'io', code: 'tool-not-started', message: `The program ${program} could not be started.`, technical: error.message },
    { cause: error },
  )
}

/** Lines up to a limit; in the middle of too many, some are left out. */
class KeptText {
  #head = ''
  #tail = ''

  add(line: string): void {
    if (this.#head.length < MAX_KEPT_CHARACTERS / 2) this.#head += `${line}\n`
    else this.#tail = `${this.#tail}${line}\n`.slice(-MAX_KEPT_CHARACTERS / 2)
  }

  get text(): string {
    return this.#head + this.#tail
  }
}
