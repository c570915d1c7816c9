/** Takes a little out of an image ahead of its being wanted, so that it can be dragged to another window. */
import { join } from 'node:path'
import { formatSize } from '../../../shared/format.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { safeHostName } from '../../output/safe-name.ts'
import { extractImage } from '../extract.ts'
import type { OpenImage } from '../open-image.ts'
import type { ChosenPaths } from './chosen-paths.ts'
import type { Listing } from './listing.ts'
import { measuredContent } from './measured-content.ts'

export interface TakeOutTarget {
  readonly outFolder: string
  readonly mostBytes: number
}

/** Gives the host paths of what lies right in the folder. Throws a `usage` Problem, before anything is written, when it is too much. */
export async function takeOut(
  image: OpenImage,
  { tree }: Pick<Listing, 'tree'>,
  chosen: Iterable<number>,
  { paths, strip, topNames }: ChosenPaths,
  { outFolder, mostBytes }: TakeOutTarget,
  control: JobControl,
): Promise<string[]> {
  const { contentBytes } = await measuredContent(tree, chosen, control)
  if (contentBytes > mostBytes) throw tooMuch(contentBytes)
  // Boot equipment is found by its paths from any tree.
  const view = tree.view.kind === 'boot' ? 'auto' : tree.view.kind
  const session = image.session?.number
  await extractImage({ imagePath: image.path, paths, view, strip, session, outFolder, overwrite: false }, control)
  return topNames.map((name) => join(outFolder, safeHostName(name).name))
}

function tooMuch(contentBytes: number): Problem {
  return new Problem({
    kind: 'usage',
    code: 'too-much-to-drag',
    message: `This holds ${formatSize(contentBytes)}, too much to be dragged.`,
    kept: 'Nothing was written.',
    advice: 'Use Extract: it shows how far it is, and can be stopped.',
  })
}
