/** Programs that answer what was recorded, one answer for each call, and keep what they were called with. */
import type { ProgramResult, RunProgram } from '../run-program.ts'

export interface RecordedPrograms {
  readonly run: RunProgram
  /** Program and arguments of each call, with a blank between. */
  readonly lines: string[]
  readonly environments: (Readonly<Record<string, string>> | undefined)[]
}

export function recordedPrograms(answers: readonly Partial<ProgramResult>[]): RecordedPrograms {
  const lines: string[] = []
  const environments: RecordedPrograms['environments'] = []
  const run: RunProgram = async ({ program, args, env }) => {
    const answer = answers[lines.length]
    lines.push([program, ...args].join(' '))
    environments.push(env)
    if (answer === undefined) throw new Error(`nothing was recorded for: ${lines.at(-1)}`)
    return { exitCode: 0, stdout: '', stderr: '', isMissing: false, ...answer }
  }
  return { run, lines, environments }
}
