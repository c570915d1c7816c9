/** Asking before something that can't be undone. */
import { createInterface } from 'node:readline/promises'
import { Problem } from '../../shared/problem.ts'
import { usageProblem } from './arguments.ts'
import type { CommandLine } from './command.ts'
import { printable } from './output.ts'

/** Goes on when --yes was given or a person says so. Throws a `usage` Problem where nobody can be asked, `cancelled` at a no. */
export async function confirm(line: CommandLine, question: string): Promise<void> {
  if (line.options.flag('yes')) return
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true)
    throw usageProblem('not-confirmed', `This would be done: ${question}`, 'Nobody can be asked here: say --yes if that is right.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`${printable(question)} [y/N] `)
    if (!/^y(?:es)?$/i.test(answer.trim())) throw declined()
  } finally {
    terminal.close()
  }
}

const declined = (): Problem =>
  new Problem({ kind: 'cancelled', code: 'declined', message: 'Not done, as you said.', kept: 'Everything is as it was.' })
