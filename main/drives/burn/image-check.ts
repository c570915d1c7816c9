import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { FileByteSource } from '../../bytes/byte-source.ts'
import { OpenImage } from '../../image/open-image.ts'

const CUT_OFF = 'image-cut-off'

/** A file that is to be burned, as far as can be told in a moment. */
export interface BurnableFile {
  readonly sizeBytes: number
  /** What is missing of it, in a sentence; null when it is whole, as far as it says itself. */
  readonly cutOff: string | null
  /** Why nothing is known of it: it is no image, or a damaged one. It can be burned all the same. */
  readonly unknownBecause: string | null
}

/** Looks at a file that is to be burned. Throws an `io` Problem when it can't be read. */
export function burnableFile(path: string): BurnableFile {
  const source = FileByteSource.open(path)
  const { sizeBytes } = source
  try {
    const image = new OpenImage(source)
    const cutOff = image.findings.find(({ code }) => code === CUT_OFF)?.message ?? null
    return { sizeBytes, cutOff, unknownBecause: null }
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind !== 'image') throw error
    return { sizeBytes, cutOff: null, unknownBecause: error.report.message }
  } finally {
    source.close()
  }
}

/**
 * The size of an image file in bytes. Throws an `image` Problem when it ends before its volume does, unless `force`;
 * what is no image can be burned all the same, and is mentioned in the log.
 */
export function checkedImageSize(path: string, force: boolean, control: Pick<JobControl, 'log'>): number {
  const { sizeBytes, cutOff, unknownBecause } = burnableFile(path)
  if (unknownBecause !== null) control.log('warning', `${unknownBecause} It is burned as it is.`)
  if (cutOff !== null && !force)
    throw new Problem({
      kind: 'image',
      code: CUT_OFF,
      message: cutOff,
      kept: 'The disc is as it was.',
      advice: 'Get the image again, or say that it is to be burned as it is (--force).',
    })
  return sizeBytes
}
