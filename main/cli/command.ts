/** What a command of the command line is. Help, checking and parsing all derive from its options. */

export interface OptionSpec {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  readonly multiple?: boolean
  /** Name of the value in help: `DIR`. */
  readonly value?: string
  readonly help: string
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** Values of parsed options, by long name. */
export interface Options {
  flag(name: string): boolean
  value(name: string): string | null
  values(name: string): readonly string[]
}

/** Commands by name, each loaded when it is wanted. */
export type CommandLoaders = ReadonlyMap<string, () => Promise<Command>>

export interface CommandLine {
  /** All commands, for help. */
  readonly commands: CommandLoaders
  readonly options: Options
  readonly operands: readonly string[]
}

export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** Such as `info IMAGE`. */
  readonly usage: string
  /** What is worth knowing beyond the options; plain sentences. */
  readonly details: string
  readonly options: OptionSpecs
  /** Gives the exit code; throws Problems. */
  run(line: CommandLine): Promise<number> | number
}

/** Options that every command has. */
export const commonOptions: OptionSpecs = {
  json: { type: 'boolean', help: 'print results as JSON, and errors as a JSON line on standard error' },
  quiet: { type: 'boolean', short: 'q', help: 'say nothing but results and errors' },
  verbose: { type: 'boolean', short: 'v', help: 'add technical detail to errors' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
}

/** For commands that take a while. */
export const progressOption: OptionSpecs = {
  progress: { type: 'string', value: 'HOW', help: 'auto (a line on a terminal), json (JSON lines on standard error) or none' },
}

export const sessionOption: OptionSpecs = {
  session: { type: 'string', value: 'N', help: 'a session of a multi-session image; the newest when not given' },
}

/** For images that may be tracks of a disc. */
export const trackOption: OptionSpecs = {
  track: { type: 'string', value: 'N', help: 'a data track of an image with several (BIN/CUE and its like)' },
}

export const viewOption: OptionSpecs = {
  view: { type: 'string', value: 'VIEW', help: 'auto (the best the image has), rockridge, udf, joliet or iso9660' },
}
