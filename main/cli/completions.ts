/** Completions for shells, put together from what the commands say of themselves. */
import type { CommandLoaders, OptionSpec, OptionSpecs } from './command.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

interface CommandWords {
  readonly name: string
  readonly summary: string
  readonly options: OptionSpecs
}

/** A script that the shell reads. */
export async function completionsFor(shell: Shell, commands: CommandLoaders): Promise<string> {
  const all: CommandWords[] = []
  for (const [name, load] of commands) {
    const { summary, options } = await load()
    all.push({ name, summary, options })
  }
  return scripts[shell](all)
}

const scripts: Readonly<Record<Shell, (commands: readonly CommandWords[]) => string>> = { bash, zsh, fish }

const flagsOf = (options: OptionSpecs): string[] =>
  Object.entries(options).flatMap(([name, { short }]) => [`--${name}`, ...(short ? [`-${short}`] : [])])

function bash(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const cases = commands.map(({ name, options }) => `    ${name}) options='${flagsOf(options).join(' ')}' ;;`)
  return `# Completions of isomer for bash. Made by: isomer help --completions bash
_isomer() {
  local current=\${COMP_WORDS[COMP_CWORD]} options=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  if [ "\${COMP_WORDS[1]}" = help ] && [ "\${current#-}" = "$current" ]; then
    COMPREPLY=($(compgen -W '${names}' -- "$current"))
  elif [ "\${current#-}" != "$current" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  fi
}
complete -o default -o bashdefault -F _isomer isomer
`
}

/** Between single quotes. */
const quoted = (words: string): string => `'${words.replaceAll("'", "'\\''")}'`

function zsh(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  const cases = commands.map(({ name, options }) => {
    const lines = Object.entries(options).map(([option, spec]) => `        ${zshOption(option, spec)}`)
    const operand = name === 'help' ? "'*:command:_isomer_commands'" : "'*:file:_files'"
    return `    ${name})\n      _arguments -s \\\n${[...lines, `        ${operand}`].join(' \\\n')}\n      ;;`
  })
  return `#compdef isomer
# Completions of isomer for zsh. Made by: isomer help --completions zsh
_isomer_commands() {
  local -a commands=(
${described.join('\n')}
  )
  _describe command commands
}
_isomer() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C '1:command:_isomer_commands' '*::argument:->arguments'
  [ "$state" = arguments ] || return
  case $words[1] in
${cases.join('\n')}
  esac
}
_isomer "$@"
`
}

function zshOption(name: string, { short, value, multiple, help }: OptionSpec): string {
  const explained = `[${help.replace(/[\\[\]]/g, '\\$&')}]${value ? `:${value.replaceAll(':', '\\:')}:_files` : ''}`
  const long = `--${name}${value ? '=' : ''}`
  const star = multiple ? '*' : ''
  if (!short) return quoted(`${star}${long}${explained}`)
  const excluded = multiple ? '' : `(-${short} --${name})`
  return `${quoted(`${star}${excluded}`)}{-${short}${value ? '+' : ''},${long}}${quoted(explained)}`
}

/** Fish reads a backslash before a quote within single quotes. */
const fishQuoted = (words: string): string => `'${words.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function fish(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const lines = [
    '# Completions of isomer for fish. Made by: isomer help --completions fish',
    ...commands.map(({ name, summary }) => `complete -c isomer -n __fish_use_subcommand -a ${name} -d ${fishQuoted(summary)}`),
    `complete -c isomer -n '__fish_seen_subcommand_from help' -f -a ${fishQuoted(names)}`,
  ]
  for (const { name, options } of commands)
    for (const [option, { short, value, help }] of Object.entries(options)) {
      const flags = `-l ${option}${short ? ` -s ${short}` : ''}${value ? ' -r' : ''}`
      lines.push(`complete -c isomer -n '__fish_seen_subcommand_from ${name}' ${flags} -d ${fishQuoted(help)}`)
    }
  return `${lines.join('\n')}\n`
}
