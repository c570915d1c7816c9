/** One command line from its words to its exit code: finds the command, loads it, runs it. */
import { Problem } from '../../shared/problem.ts'
import { parseCommandLine } from './arguments.ts'
import { commandLoaders } from './command-table.ts'
import { nearest } from './nearest.ts'
import { printResult } from './output.ts'
import { reportProblem } from './report.ts'

/** Throws nothing: what goes wrong is reported, and gives its exit code. Commands are loaded only when called. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === '--version' || name === '-V') {
      printResult(`isomer ${ISOMER_VERSION}\n`)
      return 0
    }
    if (name === undefined || name === '--help' || name === '-h') {
      const { generalHelp } = await import('./help-text.ts')
      printResult(await generalHelp(commandLoaders))
      return name === undefined ? 2 : 0
    }
    const load = commandLoaders.get(name)
    if (load === undefined) throw unknownCommand(name)
    const command = await load()
    const line = parseCommandLine(name, command, rest, commandLoaders)
    if (line.options.flag('help')) {
      const { commandHelp } = await import('./help-text.ts')
      printResult(commandHelp(command))
      return 0
    }
    return await command.run(line)
  } catch (error) {
    const before = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
    return reportProblem(error, { json: before.includes('--json'), verbose: before.includes('-v') || before.includes('--verbose') })
  }
}

function unknownCommand(name: string): Problem {
  const near = nearest(name, [...commandLoaders.keys()])
  return new Problem({
    kind: 'usage',
    code: 'unknown-command',
    message: `There is no command ${name}.`,
    advice: near === null ? 'See isomer --help.' : `Did you mean isomer ${near}? See isomer --help.`,
  })
}
