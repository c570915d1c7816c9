/** `isomer extract`: files of an image into a folder. */
import { formatCount, formatDuration, formatSize } from '../../shared/format.ts'
import type { ExtractResult } from '../../shared/job.ts'
import { extractImage } from '../image/extract.ts'
import { numberOf, operandsOf, sessionOf, trackOf, usageProblem, viewOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption, sessionOption, trackOption, viewOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const [imagePath, ...paths] = operandsOf('extract', extract, line, 1, Number.POSITIVE_INFINITY) as [string, ...string[]]
  const outFolder = line.options.value('output')
  if (outFolder === null) throw usageProblem('missing-output', 'extract needs a folder to write to: -o DIR.', 'See isomer extract --help.')
  const view = viewOf(line)
  const strip = numberOf('strip', line) ?? 0
  const session = sessionOf(line)
  const track = trackOf(line)
  const leave = { portableNames: line.options.flag('portable-names'), expand: line.options.flag('expand') }
  const request = { imagePath, paths, view, outFolder, overwrite: line.options.flag('force'), strip, session, track, ...leave }
  const result = await withControl(line, (control) => extractImage(request, control))
  report(result, line)
  return 0
}

function report(result: ExtractResult, line: CommandLine): void {
  const { path, files, directories, sizeBytes, notes } = result
  if (line.options.flag('json')) {
    printResult(`${JSON.stringify({ path, files, directories, sizeBytes, notes })}\n`)
    return
  }
  if (line.options.flag('quiet')) return
  for (const note of notes) printNotice(`isomer: ${printable(`${note.path}: ${note.reason}`)}\n`)
  const what = `${formatCount(files, 'file', 'files')} and ${formatCount(directories, 'folder', 'folders')}, ${formatSize(sizeBytes)}`
  printResult(`Extracted ${what} to ${printable(path)} in ${formatDuration(result.durationMs)}.\n`)
}

export const extract: Command = {
  summary: 'take files out of an image',
  usage: 'extract IMAGE [PATH…] -o DIR [--view VIEW] [--session N] [--track N] [--force] [--strip N] [--portable-names] [--json]',
  details:
    'Extracts everything, or each PATH with what is below it, under its path in the image. Nothing is written outside DIR or over what is there; dates and modes are kept. Links that lead out of DIR, devices and set-user-id bits are left out and listed. If DIR has a file of the same name, nothing is written unless --force is given, which replaces files, never folders or links.',
  options: {
    output: { type: 'string', short: 'o', value: 'DIR', help: 'where to; made when it is not there' },
    ...viewOption,
    ...sessionOption,
    ...trackOption,
    force: { type: 'boolean', short: 'f', help: 'replace files that are there already' },
    'portable-names': { type: 'boolean', help: 'give names that Windows takes too; always done on FAT volumes' },
    expand: { type: 'boolean', help: 'also take out what grows to many times the size of the image' },
    strip: { type: 'string', value: 'N', help: 'leave off N leading folders of each path' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
