/** `isomer list`: what is in an image, as paths, columns or JSON lines. */
import { entryPath, findEntries, folderPathOf } from '../image/entry-path.ts'
import type { ImageEntry, ImageView } from '../image/image-view.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import type { OpenImage } from '../image/open-image.ts'
import { type WalkRun, walkRuns } from '../image/walk-view.ts'
import { oneOf, operandsOf, sessionOf, trackOf, viewOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption, sessionOption, trackOption, viewOption } from './command.ts'
import { withOpening } from './command-control.ts'
import { EntryLines } from './entry-lines.ts'
import { ResultLines } from './output.ts'
import { reportFindings } from './report.ts'

async function run(line: CommandLine): Promise<number> {
  const [imagePath, path] = operandsOf('list', list, line, 1, 2) as [string, string | undefined]
  const kind = viewOf(line)
  const hash = oneOf('hash', line.options.value('hash'), ['none', 'sha256'], 'none')
  const image = await withOpening(line, (control) => openAnyImage(imagePath, { session: sessionOf(line), track: trackOf(line), control }))
  try {
    const { view, entries: starts } = await findEntries(image, image.view(kind), [path ?? '/'])
    const lines = new ResultLines()
    const sha256 = hash === 'none' ? null : (await import('../image/entry-digest.ts')).entrySha256
    const digest = (entry: ImageEntry) => (sha256 === null ? undefined : sha256(view, entry))
    const text = new EntryLines()
    const format: (folder: string, entry: ImageEntry) => string = line.options.flag('json')
      ? (folder, entry) => text.json(folder, entry, digest(entry))
      : line.options.flag('long') || sha256 !== null
        ? (folder, entry) => text.long(folder, entry, digest(entry))
        : (folder, entry) => text.path(folder, entry)
    for (const { folder, entries } of runsBelow(image, view, starts[0] as ImageEntry)) {
      for (const entry of entries) lines.add(format(folder, entry))
    }
    lines.flush()
    if (!line.options.flag('quiet')) reportFindings(image.findings, line.options.flag('verbose'))
    return 0
  } finally {
    image.close()
  }
}

/** Everything below a folder, or the one entry itself. */
function runsBelow(image: OpenImage, view: ImageView, start: ImageEntry): Iterable<WalkRun> {
  return start.type === 'directory'
    ? walkRuns(view, start, entryPath(start), image.findingLog)
    : [{ folder: folderPathOf(start), entries: [start] }]
}

export const list: Command = {
  summary: 'list what is in an image',
  usage: 'list IMAGE [PATH] [--view VIEW] [--session N] [--track N] [--hash sha256] [-l] [--json]',
  details:
    'Lists everything below PATH, or all of the image. Boot images are listed below [BOOT], partitions below [PARTITIONS]. With --json, one JSON object a line: path, type, sizeBytes, modified, mode, uid, gid, target, links, extents, and sha256 with --hash.',
  options: {
    ...viewOption,
    ...sessionOption,
    ...trackOption,
    hash: { type: 'string', value: 'sha256', help: "add each file's SHA-256" },
    long: { type: 'boolean', short: 'l', help: 'add type and mode, owner, size and date' },
    ...progressOption,
    ...commonOptions,
  },
  run,
}
