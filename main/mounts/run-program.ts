/** The one place where the mounting programs of the system are started. */
import { execFile } from 'node:child_process'

export interface ProgramCall {
  readonly program: string
  readonly args: readonly string[]
  /** Besides the ordinary environment. */
  readonly env?: Readonly<Record<string, string>>
}

export interface ProgramResult {
  /** Null when the program could not be started or was stopped. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** The program is not installed. */
  readonly isMissing: boolean
}

export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>

/** A drive that spins up, a person who types a password: long, but not for ever. */
const MOST_MS = 120_000

/** Runs a program without a shell, in plain English; never throws. */
export const runProgram: RunProgram = ({ program, args, env }) =>
  new Promise((resolve) => {
    const options = {
      env: { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: 'en', ...env },
      timeout: MOST_MS,
      maxBuffer: 16 * 1024 * 1024,
      windowsHide: true,
    }
    execFile(program, [...args], options, (error, stdout, stderr) => {
      // A folder in PATH that may not be entered makes a missing program look forbidden.
      const isMissing = typeof error?.code === 'string' && ['ENOENT', 'EACCES'].includes(error.code)
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      resolve({ exitCode, stdout, stderr, isMissing })
    })
  })
