import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { FileByteSource } from '../../bytes/byte-source.ts'
import { OpenImage } from '../../image/open-image.ts'

const CUT_OFF = 'image-cut-off'

/**
 * The size of an image file in bytes. Throws an `image` Problem when it ends before its volume does, unless `force`;
 * what is no image can be burned all the same, and is mentioned in the log.
 */
export function checkedImageSize(path: string, force: boolean, control: Pick<JobControl, 'log'>): number {
  const source = FileByteSource.open(path)
  try {
    const cut = cutOffOf(source, control)
    if (cut !== null && !force)
      throw new Problem({
        kind: 'image',
        code: CUT_OFF,
        message: cut,
        kept: 'The disc is as it was.',
        advice: 'Get the image again, or say that it is to be burned as it is (--force).',
      })
    return source.sizeBytes
  } finally {
    source.close()
  }
}

function cutOffOf(source: FileByteSource, control: Pick<JobControl, 'log'>): string | null {
  try {
    return new OpenImage(source).findings.find(({ code }) => code === CUT_OFF)?.message ?? null
  } catch (error) {
    if (!(error instanceof Problem) || error.report.kind !== 'image') throw error
    control.log('warning', `${error.report.message} It is burned as it is.`)
    return null
  }
}
