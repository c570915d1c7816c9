/** `isomer help`: the list of commands, or one of them; the manual page and what shells complete. */
import { oneOf, operandsOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions } from './command.ts'
import { commandHelp, generalHelp } from './help-text.ts'
import { nearest } from './nearest.ts'
import { printResult } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const [name] = operandsOf('help', help, line, 0, 1)
  printResult(await textFor(line, name))
  return 0
}

async function textFor({ commands, options }: CommandLine, name: string | undefined): Promise<string> {
  if (options.flag('man')) return (await import('./man-page.ts')).manPage(commands, ISOMER_VERSION)
  const shell = options.value('completions')
  if (shell !== null) {
    const { completionsFor, shells } = await import('./completions.ts')
    return completionsFor(oneOf('completions', shell, shells, 'bash'), commands)
  }
  if (name === undefined) return generalHelp(commands)
  const load = commands.get(name)
  if (load !== undefined) return commandHelp(await load())
  const near = nearest(name, [...commands.keys()])
  throw usageProblem(
    'unknown-command',
    `There is no command ${name}.`,
    near === null ? 'See isomer help.' : `Did you mean isomer help ${near}?`,
  )
}

export const help: Command = {
  summary: 'explain a command',
  usage: 'help [COMMAND]',
  details: 'Lists the commands, or explains one.',
  options: {
    man: { type: 'boolean', help: 'print the manual page of all commands, for man' },
    completions: { type: 'string', value: 'SHELL', help: 'print what bash, zsh or fish need to complete commands and options' },
    ...commonOptions,
  },
  run,
}
