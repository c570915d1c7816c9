/** Parses a command's arguments; wrong usage becomes a Problem that says what would have been right. */
import { parseArgs } from 'node:util'
import { type FileSystemKind, fileSystemKinds } from '../../shared/image-project.ts'
import { Problem } from '../../shared/problem.ts'
import type { Command, CommandLine, CommandLoaders, OptionSpecs } from './command.ts'
import { nearest } from './nearest.ts'

/** Throws a `usage` Problem for unknown options, missing values and too few or too many operands. */
export function parseCommandLine(
  name: string,
  command: Pick<Command, 'options' | 'usage'>,
  args: readonly string[],
  commands: CommandLoaders,
): CommandLine {
  const { values, positionals } = parse(name, command.options, args)
  const value = (option: string): unknown => values[option]
  return {
    commands,
    operands: positionals,
    options: {
      flag: (option) => value(option) === true,
      value: (option) => (typeof value(option) === 'string' ? (value(option) as string) : null),
      values: (option) => (Array.isArray(value(option)) ? (value(option) as string[]) : []),
    },
  }
}

function parse(name: string, options: OptionSpecs, args: readonly string[]) {
  const config: Record<string, { type: 'boolean' | 'string'; short?: string; multiple?: boolean }> = {}
  for (const [option, { type, short, multiple }] of Object.entries(options)) {
    config[option] = { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) }
  }
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw wrongOption(name, options, args, error as NodeJS.ErrnoException)
  }
}

function wrongOption(name: string, options: OptionSpecs, args: readonly string[], error: NodeJS.ErrnoException): Problem {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const option = quoted.split(' ')[0] ?? ''
    const near = option.startsWith('--') ? nearest(option.slice(2), Object.keys(options)) : null
    return usageProblem(
      'unknown-option',
      `${name} has no option ${option}.`,
      near === null ? `See isomer ${name} --help.` : `Did you mean --${near}? See isomer ${name} --help.`,
    )
  }
  const option = /--[\w-]+/.exec(quoted)?.[0] ?? args.find((arg) => arg.startsWith('-')) ?? ''
  const spec = options[option.replace(/^--/, '')]
  const message =
    spec?.type === 'boolean' ? `${option} takes no value.` : `${option} needs a value${spec?.value ? `: ${option} ${spec.value}` : ''}.`
  return usageProblem('bad-option-value', message, `See isomer ${name} --help.`)
}

export function usageProblem(code: string, message: string, advice?: string): Problem {
  return new Problem({ kind: 'usage', code, message, advice })
}

/** The operands, which must be at least `least` and at most `most`. */
export function operandsOf(
  name: string,
  command: Pick<Command, 'usage'>,
  line: CommandLine,
  least: number,
  most: number,
): readonly string[] {
  const { operands } = line
  if (operands.length < least)
    throw usageProblem('missing-operand', `${name} needs more than that: isomer ${command.usage}`, `See isomer ${name} --help.`)
  if (operands.length > most) {
    throw usageProblem('too-many-operands', `${name} does not know what to do with ${operands[most]}.`, `Usage: isomer ${command.usage}`)
  }
  return operands
}

/** Throws unless the value is one of those allowed. */
export function oneOf<const T extends string>(option: string, value: string | null, allowed: readonly T[], otherwise: T): T {
  if (value === null) return otherwise
  const known = allowed.find((candidate) => candidate === value.toLowerCase())
  if (known !== undefined) return known
  throw usageProblem('bad-option-value', `--${option} can't be ${value}.`, `It can be ${allowed.join(', ')}.`)
}

/** A number of at most three digits; null when the option was not given. */
export function numberOf(option: string, line: CommandLine): number | null {
  const text = line.options.value(option)
  if (text === null) return null
  if (/^\d{1,3}$/.test(text)) return Number(text)
  throw usageProblem('bad-option-value', `--${option} needs a number, not ${text}.`)
}

/** The track that was asked for; undefined for the main one. */
export const trackOf = (line: CommandLine): number | undefined => numberOf('track', line) ?? undefined

/** The session that was asked for; undefined for the newest. */
export const sessionOf = (line: CommandLine): number | undefined => numberOf('session', line) ?? undefined

export function viewOf(line: CommandLine): FileSystemKind | 'auto' {
  return oneOf('view', line.options.value('view'), ['auto', ...fileSystemKinds], 'auto')
}
