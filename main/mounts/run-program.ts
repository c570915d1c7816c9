/** The one place where the mounting programs of the system are started. */
import { execFile } from 'node:child_process'

export interface ProgramCall {
  readonly program: string
  readonly args: readonly string[]
  /** Besides the ordinary environment. */
  readonly env?: Readonly<Record<string, string>>
  /** It goes on in the background when it has answered, so it may keep nothing of ours open. */
  readonly staysBehind?: boolean
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

/**
 * Closes every file that Electron left open to its children, then becomes the program: a program that stays would hold
 * them, and whoever waits for the app's end would wait for ever. Bash, as plain shells can't name files above 9.
 */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own words
const BECOME = 'for fd in /proc/self/fd/*; do fd=${fd##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done; exec "$@"'
const NOT_FOUND_EXIT = 127

/** Runs a program in plain English, its arguments never read by a shell; never throws. */
export const runProgram: RunProgram = async (call) => {
  if (call.staysBehind !== true) return run(call)
  const result = await run({ ...call, program: 'bash', args: ['-c', BECOME, 'bash', call.program, ...call.args] })
  return result.isMissing ? run(call) : { ...result, isMissing: result.exitCode === NOT_FOUND_EXIT }
}

const run = ({ program, args, env }: ProgramCall): Promise<ProgramResult> =>
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
