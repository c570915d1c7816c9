import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const cliOptions = new Set(['--help', '-h', '--version', '-V'])

/**
 * Tells what the arguments of `npm start` ask for: `{ kind: 'cli', args }`, `{ kind: 'window', args }` with paths made
 * absolute, or `{ kind: 'missing', path }`. A command word wins over a file of the same name.
 * @param args the arguments
 * @param commands the command words of the command line
 * @param cwd the folder that relative paths are meant from
 */
export function startRequest(args, commands, cwd) {
  if (args.some((arg) => cliOptions.has(arg))) return { kind: 'cli', args }
  const word = args.find((arg) => !arg.startsWith('-'))
  if (word === undefined) return { kind: 'window', args }
  if (commands.includes(word)) return { kind: 'cli', args }
  if (existsSync(resolve(cwd, word))) return { kind: 'window', args: args.map((arg) => (arg.startsWith('-') ? arg : resolve(cwd, arg))) }
  // A misspelt command is the command line's to explain, a misspelt path is not.
  return /[/\\.]/.test(word) ? { kind: 'missing', path: word } : { kind: 'cli', args }
}
