/** `isomer convert`: an image in another format. */
import type { ConvertForecast, ConvertResult } from '../../shared/convert.ts'
import { formatDuration, formatSize } from '../../shared/format.ts'
import { ImageConversion } from '../image/convert/convert-image.ts'
import { convertFormats } from '../image/convert/writer-table.ts'
import { operandsOf, trackOf, usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption } from './command.ts'
import { withControl } from './command-control.ts'
import { confirm } from './confirm.ts'
import { printable, printNotice, printResult } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const [imagePath] = operandsOf('convert', convert, line, 1, 1) as [string]
  const { options } = line
  const outPath = options.value('output')
  if (outPath === null)
    throw usageProblem('missing-output', 'convert needs a name for the new image: -o OUT.', 'See isomer convert --help.')
  const wanted = { imagePath, outPath, format: options.value('format'), track: trackOf(line) }
  const conversion = await withControl(line, (control) => ImageConversion.open(wanted, control))
  try {
    const forecast = await conversion.forecast()
    if (options.flag('dry-run')) tellForecast(forecast, line)
    else await carryOut(conversion, forecast, line)
  } finally {
    conversion.close()
  }
  return 0
}

async function carryOut(conversion: ImageConversion, { losses }: ConvertForecast, line: CommandLine): Promise<void> {
  const { options } = line
  const serious = losses.filter(({ isMinor }) => !isMinor)
  if (serious.length > 0) await confirm(line, `${serious.map(({ message }) => message).join(' ')} Go on?`)
  const how = { overwrite: options.flag('force'), acceptsLoss: true }
  report(await withControl(line, (control) => conversion.run(how, control)), line)
}

function tellForecast({ title, files, sizeBytes, losses }: ConvertForecast, { options }: CommandLine): void {
  if (options.flag('json')) printResult(`${JSON.stringify({ title, files, sizeBytes, losses })}\n`)
  else
    printResult(
      [`${title}: ${files.join(', ')}, at most ${formatSize(sizeBytes)}`, ...losses.map(({ message }) => message), '']
        .map(printable)
        .join('\n'),
    )
}

function report({ kind: _, ...result }: ConvertResult, { options }: CommandLine): void {
  if (options.flag('json')) {
    printResult(`${JSON.stringify(result)}\n`)
    return
  }
  for (const { path, sizeBytes, sha256, contentSha256 } of result.files) {
    const content = contentSha256 === null || contentSha256 === sha256 ? '' : `\n  content ${contentSha256}`
    printResult(`${printable(path)}  ${formatSize(sizeBytes)}\n  SHA-256 ${sha256}${content}\n`)
  }
  if (!options.flag('quiet')) printNotice(`Written and read again in ${formatDuration(result.durationMs)}: nothing differs.\n`)
}

const formatList = convertFormats()
  .map(({ format, title, extension }) => `  ${format.padEnd(9)} ${extension.padEnd(6)} ${title}`)
  .join('\n')

export const convert: Command = {
  summary: 'make an image of another format of an image',
  usage: 'convert IMAGE -o OUT [--track N] [--format F] [--yes] [--force] [--dry-run] [--json]',
  details: `The format is told by the ending of OUT, or named:

${formatList}

What the format can't hold (sound, sub-channel, other tracks) is said first; then it asks, or needs --yes. Everything is read again and compared before it appears under its name. Sound becomes one file for each track with a CUE sheet, or one file for the --track that is named.`,
  options: {
    output: { type: 'string', short: 'o', value: 'OUT', help: 'the new image' },
    format: {
      type: 'string',
      value: 'F',
      help: convertFormats()
        .map(({ format }) => format)
        .join(', '),
    },
    track: { type: 'string', value: 'N', help: 'the data track that is meant, or the one track of sound' },
    yes: { type: 'boolean', short: 'y', help: 'go on though something is lost' },
    force: { type: 'boolean', short: 'f', help: 'replace files that are there' },
    'dry-run': { type: 'boolean', help: 'only tell what would be written and lost' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
