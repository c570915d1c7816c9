/** `isomer help`: the list of commands, or one of them. */
import { operandsOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions } from './command.ts'
import { commandHelp, generalHelp } from './help-text.ts'
import { nearest } from './nearest.ts'
import { printResult } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const [name] = operandsOf('help', help, line, 0, 1)
  if (name === undefined) {
    printResult(await generalHelp(line.commands))
    return 0
  }
  const load = line.commands.get(name)
  if (load === undefined) {
    const near = nearest(name, [...line.commands.keys()])
    throw usageProblem(
      'unknown-command',
      `There is no command ${name}.`,
      near === null ? 'See isomer help.' : `Did you mean isomer help ${near}?`,
    )
  }
  printResult(commandHelp(await load()))
  return 0
}

export const help: Command = {
  summary: 'explain a command',
  usage: 'help [COMMAND]',
  details: 'Lists the commands, or explains one.',
  options: commonOptions,
  run,
}
