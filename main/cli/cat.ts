/** `isomer cat`: a file's content on standard output. */
import { Problem } from '../../shared/problem.ts'
import { entryContent } from '../image/entry-content.ts'
import { noSuchPath } from '../image/entry-path.ts'
import { openImage } from '../image/open-image.ts'
import { operandsOf, viewOf } from './arguments.ts'
import { type Command, type CommandLine, commonOptions, viewOption } from './command.ts'
import { writeResultBytes } from './output.ts'

function run(line: CommandLine): number {
  const [imagePath, path] = operandsOf('cat', cat, line, 2, 2) as [string, string]
  const view = viewOf(line)
  const image = openImage(imagePath)
  try {
    const tree = image.view(view)
    const entry = tree.lookup(path)
    if (entry === null) throw noSuchPath(path, imagePath)
    if (entry.type !== 'file') {
      throw new Problem({
        kind: 'usage',
        code: 'not-a-file',
        message: `‘${path}’ is no file${entry.target === null ? '' : ` but a link to ‘${entry.target}’`}.`,
        advice: 'cat shows the content of files.',
      })
    }
    for (const piece of entryContent(tree, entry, image.source)) writeResultBytes(piece)
    return 0
  } finally {
    image.close()
  }
}

export const cat: Command = {
  summary: "write a file's content to standard output",
  usage: 'cat IMAGE PATH [--view VIEW]',
  details: 'Writes the bytes of one file in the image to standard output.',
  options: { ...viewOption, ...commonOptions },
  run,
}
