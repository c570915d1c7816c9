/** Keeps the names of files that something is wrong with; of very many only the number. */

import type { JobControl } from '../../shared/job.ts'
import { MAX_NAMED_FILES } from '../../shared/limits.ts'
import type { ByteRange, NamedFiles } from '../../shared/verify.ts'
import type { OpenImage } from '../image/open-image.ts'
import { pathOfStep, walkView } from '../image/walk-view.ts'

const STEPS_BETWEEN_CHECKPOINTS = 512

export class NameKeeper {
  readonly #paths: string[] = []
  #more = 0

  add(path: string): void {
    if (this.#paths.length < MAX_NAMED_FILES) this.#paths.push(path)
    else this.#more++
  }

  get named(): NamedFiles {
    return { paths: [...this.#paths], more: this.#more }
  }
}

/** The files of an image's best tree that have a byte in one of these ranges, which are in rising order. */
export async function filesWithin(
  image: OpenImage,
  ranges: readonly ByteRange[],
  control: Pick<JobControl, 'checkpoint'>,
): Promise<NamedFiles> {
  const view = image.view('auto')
  const keeper = new NameKeeper()
  let steps = 0
  for (const step of walkView(view, view.root, '/', image.findingLog)) {
    const { entry } = step
    const isHit = entry.extents.some((extent) => overlaps(ranges, view.offsetBytes(extent), extent.lengthBytes))
    if (entry.type === 'file' && isHit) keeper.add(pathOfStep(step))
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  return keeper.named
}

function overlaps(ranges: readonly ByteRange[], startBytes: number, lengthBytes: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    const range = ranges[middle] as ByteRange
    if (range.offsetBytes + range.lengthBytes <= startBytes) low = middle + 1
    else high = middle
  }
  const first = ranges[low]
  return first !== undefined && first.offsetBytes < startBytes + lengthBytes
}
