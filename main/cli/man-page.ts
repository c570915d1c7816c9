/** The manual page `isomer.1`, put together from what the commands say of themselves. */
import type { Command, CommandLoaders, OptionSpecs } from './command.ts'
import { exitCodes } from './help-text.ts'

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['isomer create Photos -o photos.iso --label "Photos 2019"', 'Makes an image of what is in a folder.'],
  ['isomer create Photos -o photos.iso --dry-run', 'Tells the exact size and what each file system would change, and writes nothing.'],
  ['isomer extract photos.iso Letters -o out', 'Takes a folder out of an image.'],
  ['isomer verify debian.iso --sums SHA256SUMS --signature SHA256SUMS.sign --key debian.asc', 'Tells whether an image is genuine.'],
  ['isomer rip /dev/sr0 -o disc.iso', 'Copies a disc, also a damaged one.'],
]

/** In the language of man(7). */
export async function manPage(commands: CommandLoaders, version: string): Promise<string> {
  const sections: string[] = []
  for (const [name, load] of commands) sections.push(commandSection(name, await load()))
  return `${[
    `.TH ISOMER 1 "" "isomer ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    'isomer \\- create, open, edit, compare, verify, mount, rip and burn disc images',
    '.SH SYNOPSIS',
    '.B isomer',
    '.I COMMAND',
    '.RI [ OPTIONS ]',
    '.br',
    '.B isomer',
    '.RI [ FILE... ]',
    '.SH DESCRIPTION',
    ...paragraph(
      'With a command, isomer does its work here, without a window. Without one it opens the window, with the files that are named.',
    ),
    ...paragraph('Results go to standard output, everything else to standard error. Nothing is asked where standard input is no terminal.'),
    '.SH COMMANDS',
    ...sections,
    '.SH EXIT STATUS',
    ...exitCodes.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, text(meaning)]),
    '.SH ENVIRONMENT',
    ...[
      ['SOURCE_DATE_EPOCH', 'the date of everything in a reproducible image, in seconds since 1970'],
      ['ISOMER_KEYS', 'the folder of trusted keys'],
      ['ISOMER_STATE', 'the folder where it is noted what is being written'],
    ].flatMap(([name = '', meaning = '']) => ['.TP', `.B ${escaped(name)}`, text(meaning)]),
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(([line, meaning]) => ['.TP', `.B ${escaped(line)}`, text(meaning)]),
    '.SH SEE ALSO',
    '.BR xorriso (1),',
    '.BR genisoimage (1),',
    '.BR ddrescue (1),',
    '.BR cdrskin (1)',
  ].join('\n')}\n`
}

function commandSection(name: string, { summary, usage, details, options }: Command): string {
  return [
    `.SS "isomer ${escaped(name)}: ${escaped(summary)}"`,
    '.P',
    `.B isomer ${escaped(usage)}`,
    ...details.split('\n').flatMap(paragraph),
    ...optionLines(options),
  ].join('\n')
}

function optionLines(options: OptionSpecs): string[] {
  return Object.entries(options).flatMap(([name, { short, value, help }]) => {
    const flags = `${short ? `\\-${short}, ` : ''}\\-\\-${escaped(name)}`
    return ['.TP', value ? `\\fB${flags}\\fR \\fI${escaped(value)}\\fR` : `\\fB${flags}\\fR`, text(help)]
  })
}

/** A line that begins with blanks is a table's, and stays as it is. */
function paragraph(line: string): string[] {
  return line.startsWith(' ') ? ['.RS', '.nf', text(line.trimStart()), '.fi', '.RE'] : ['.P', text(line)]
}

/** A line of text can't be taken for a command of the language. */
const text = (line: string): string => escaped(line).replace(/^([.'])/, '\\&$1')

function escaped(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('’', "'").replaceAll("'", '\\(cq').replaceAll('"', '\\(dq')
}
