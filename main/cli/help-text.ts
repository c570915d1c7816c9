/** Help, put together from what the commands say of themselves. */
import type { Command, CommandLoaders } from './command.ts'

const WIDTH = 100
/** Where the explanations of options begin. */
const INDENT = 30

/** What each exit code says. */
export const exitCodes: readonly (readonly [number, string])[] = [
  [0, 'done'],
  [1, 'a check said no'],
  [2, 'wrong usage'],
  [3, 'reading or writing failed'],
  [4, 'the image is damaged or unsupported'],
  [130, 'stopped'],
]

/** All commands with a line each. */
export async function generalHelp(commands: CommandLoaders): Promise<string> {
  const lines = [
    'isomer: create, open, edit, compare, verify, mount, rip and burn disc images',
    '',
    'Usage: isomer COMMAND [OPTIONS]',
    '',
    'Commands:',
  ]
  for (const [name, load] of commands) lines.push(`  ${name.padEnd(10)}${(await load()).summary}`)
  lines.push(
    '',
    'isomer help COMMAND tells more about one of them; isomer --version gives the version.',
    '',
    `Exit codes: ${exitCodes.map(([code, meaning]) => `${code} ${meaning}`).join(' · ')}`,
  )
  return `${lines.join('\n')}\n`
}

/** Usage, details and options of one command. */
export function commandHelp(command: Command): string {
  const lines = [`Usage: isomer ${command.usage}`, '', ...wrapped(command.details, WIDTH), '', 'Options:']
  for (const [name, { short, value, help }] of Object.entries(command.options)) {
    const option = `  ${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`
    const [first, ...more] = wrapped(help, WIDTH - INDENT)
    lines.push(option.padEnd(INDENT) + first, ...more.map((line) => ' '.repeat(INDENT) + line))
  }
  return `${lines.join('\n')}\n`
}

/** Lines of at most `width`; lines that begin with a blank are tables and stay as they are. */
function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => (line.startsWith(' ') ? line : wrappedLine(line, width)))
}

function wrappedLine(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] as string
    if (last !== '' && last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}
