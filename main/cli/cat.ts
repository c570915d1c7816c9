/** `isomer cat`: a file's content on standard output. */
import { Problem } from '../../shared/problem.ts'
import { entryContent } from '../image/entry-content.ts'
import { findEntries } from '../image/entry-path.ts'
import type { ImageEntry } from '../image/image-view.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import { operandsOf, sessionOf, trackOf, viewOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, progressOption, sessionOption, trackOption, viewOption } from './command.ts'
import { withOpening } from './command-control.ts'
import { writeResultBytes } from './output.ts'

async function run(line: CommandLine): Promise<number> {
  const [imagePath, path] = operandsOf('cat', cat, line, 2, 2) as [string, string]
  const view = viewOf(line)
  const image = await withOpening(line, (control) => openAnyImage(imagePath, { session: sessionOf(line), track: trackOf(line), control }))
  try {
    const found = await findEntries(image, image.view(view), [path])
    const entry = found.entries[0] as ImageEntry
    if (entry.type !== 'file') {
      throw new Problem({
        kind: 'usage',
        code: 'not-a-file',
        message: `‘${path}’ is no file${entry.target === null ? '' : ` but a link to ‘${entry.target}’`}.`,
        advice: 'cat shows the content of files.',
      })
    }
    for (const piece of entryContent(found.view, entry)) writeResultBytes(piece)
    return 0
  } finally {
    image.close()
  }
}

export const cat: Command = {
  summary: "write a file's content to standard output",
  usage: 'cat IMAGE PATH [--view VIEW] [--session N] [--track N]',
  details:
    'Writes the bytes of one file in the image to standard output. Boot images and partitions are files too: [BOOT]/1-bios.img, [PARTITIONS]/gpt-2.img; isomer info names them.',
  options: { ...viewOption, ...sessionOption, ...trackOption, ...progressOption, ...commonOptions },
  run,
}
