/** `isomer edit`: an image with something put in, taken out or renamed. */
import { resolve } from 'node:path'
import { formatCount, formatDuration, formatExactBytes } from '../../shared/format.ts'
import type { EditMode, EditStep } from '../../shared/image-edit.ts'
import type { EditResult } from '../../shared/job.ts'
import { editImage } from '../image/edit/edit-image.ts'
import { operandsOf, trackOf, usageProblem } from './arguments.ts'
import { changeLine } from './change-line.ts'
import { type Command, type CommandLine, commonOptions, progressOption, trackOption } from './command.ts'
import { withControl } from './command-control.ts'
import { printable, printNotice, printResult } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const [imagePath] = operandsOf('edit', edit, line, 1, 1) as [string]
  const { options } = line
  const isInPlace = options.flag('in-place')
  const outPath = options.value('output') ?? (isInPlace ? imagePath : null)
  if (outPath === null) throw usageProblem('missing-output', 'edit needs a name for the new image: -o OUT.iso.', 'See isomer edit --help.')
  const mode: EditMode = options.flag('append-session') ? 'append-session' : 'rewrite'
  if (isInPlace && mode === 'rewrite')
    throw usageProblem('in-place-rewrite', '--in-place only goes with --append-session.', IN_PLACE_ADVICE)
  if (isInPlace && options.value('output') !== null)
    throw usageProblem('in-place-output', '--in-place changes the image itself, so that -o has no place beside it.')
  const request = {
    imagePath,
    track: trackOf(line),
    outPath,
    overwrite: options.flag('force') || isInPlace,
    steps: stepsOf(line),
    label: options.value('label'),
    mode,
    exclude: options.values('exclude'),
  }
  if (request.steps.length === 0 && request.label === null)
    throw usageProblem('nothing-to-edit', 'Nothing is to be changed.', 'Give --add, --remove, --rename or --label.')
  report(await withControl(line, (control) => editImage(request, control)), line)
  return 0
}

const IN_PLACE_ADVICE = 'A new image needs a name of its own: -o OUT.iso.'

/** First what goes, then what is renamed, then what comes: so that one path can go and come. */
function stepsOf({ options }: CommandLine): EditStep[] {
  return [
    ...options.values('remove').map((path): EditStep => ({ step: 'remove', path })),
    ...options.values('rename').map((pair): EditStep => {
      const [path, to] = split('rename', pair)
      return { step: 'rename', path, to }
    }),
    ...options.values('add').map((pair): EditStep => {
      const [hostPath, path] = split('add', pair)
      return { step: 'add', hostPath: resolve(hostPath), path }
    }),
  ]
}

/** At the last sign of equality: paths in images rarely have one, host paths may. */
function split(option: string, pair: string): [string, string] {
  const at = pair.lastIndexOf('=')
  if (at > 0 && at < pair.length - 1) return [pair.slice(0, at), pair.slice(at + 1)]
  const form = option === 'add' ? 'HOST=PATH' : 'OLD=NEW'
  throw usageProblem('bad-option-value', `--${option} needs two paths: --${option} ${form}, not ${pair}.`, 'See isomer edit --help.')
}

function report(result: EditResult, line: CommandLine): void {
  const { path, sizeBytes, sessionBytes, writtenBytes, sha256, files, directories, added, replaced, removed, renamed, changes } = result
  if (line.options.flag('json')) {
    const facts = { path, sizeBytes, sessionBytes, writtenBytes, sha256, files, directories, added, replaced, removed, renamed, changes }
    printResult(`${JSON.stringify(facts)}\n`)
    return
  }
  if (line.options.flag('quiet')) return
  for (const change of changes) printNotice(`isomer: ${changeLine(change)}\n`)
  const what = `${formatCount(files, 'file', 'files')} and ${formatCount(directories, 'folder', 'folders')}`
  printResult(`Wrote ${printable(path)}: ${formatExactBytes(sizeBytes)}, ${what}, in ${formatDuration(result.durationMs)}.\n`)
  if (sessionBytes !== null) printResult(`The new session has ${formatExactBytes(sessionBytes)}.\n`)
  if (sha256 !== null) printResult(`SHA-256 ${sha256}\n`)
}

export const edit: Command = {
  summary: 'put files into an image, take some out, rename',
  usage: 'edit IMAGE -o OUT.iso [--add HOST=PATH]… [--remove PATH]… [--rename OLD=NEW]… [--label L] [--append-session]',
  details:
    'Writes a new image with the changes; the old one is only read. Names, modes, owners, dates, links, file systems and volume identifiers stay as they were, and what starts computers goes along: boot catalog, boot information tables, MBR, GPT and Apple partition map, appended partitions. What can not be kept is listed. Removals come first, then renamings, then additions. A file takes the place of one at its path or goes into a folder that is there; a folder is merged with one that is there; folders on the way are made. With --append-session all old bytes stay, and a session with the new tree and what is new is put behind them: much less to write, but what was removed is still in the file.',
  options: {
    output: { type: 'string', short: 'o', value: 'OUT.iso', help: 'name of the new image' },
    add: { type: 'string', multiple: true, value: 'HOST=PATH', help: 'put a file or folder of this computer at a path in the image' },
    remove: { type: 'string', multiple: true, value: 'PATH', help: 'take out a file, or a folder with all that is in it' },
    rename: {
      type: 'string',
      multiple: true,
      value: 'OLD=NEW',
      help: 'give an entry another path; into a folder that is there it goes as it is',
    },
    label: { type: 'string', value: 'L', help: 'volume label; the old one when not given' },
    exclude: { type: 'string', multiple: true, value: 'GLOB', help: 'leave out what matches in added folders' },
    'append-session': { type: 'boolean', help: 'keep all old bytes and append a session' },
    'in-place': { type: 'boolean', help: 'with --append-session: change the image itself instead of a copy' },
    force: { type: 'boolean', short: 'f', help: 'replace an image of that name, which may be the old one' },
    ...trackOption,
    ...progressOption,
    ...commonOptions,
  },
  run,
}
