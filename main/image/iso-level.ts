/** Which level of interchange (ECMA-119 11) the plain tree of an image keeps to; images don't say it themselves. */
import type { IsoLevel } from '../../shared/image-project.ts'
import type { JobControl } from '../../shared/job.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import type { OpenImage } from './open-image.ts'
import { walkView } from './walk-view.ts'

const LEVEL_1_FILE = /^[^.]{0,8}(?:\.[^.]{0,3})?$/
const LEVEL_1_DIRECTORY_CHARACTERS = 8
const STEPS_BETWEEN_CHECKPOINTS = 512

/** 3 as soon as a file has several extents, 2 when a name is longer than 8 and 3 characters. */
export async function isoLevelOf(image: OpenImage, control: Pick<JobControl, 'checkpoint'>): Promise<IsoLevel> {
  const view = image.view('iso9660')
  let level: IsoLevel = 1
  let steps = 0
  // What is wrong with the tree is found by whoever looks at it for its own sake.
  for (const { entry } of walkView(view, view.root, '/', new FindingLog())) {
    if (entry.extents.length > 1) return 3
    const isShort = entry.type === 'directory' ? entry.name.length <= LEVEL_1_DIRECTORY_CHARACTERS : LEVEL_1_FILE.test(entry.name)
    if (!isShort) level = 2
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  return level
}
