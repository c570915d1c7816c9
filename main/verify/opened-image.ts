/** An image as it is verified: a disc of sound alone, or with files that Isomer can't read, has tracks and sums all the same. */
import type { Finding } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import { Problem, problemReport } from '../../shared/problem.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { type OpenedFile, openContainer } from '../containers/open-container.ts'
import { checkImage } from '../image/check-image.ts'
import { imageIn } from '../image/open-any-image.ts'
import type { OpenImage } from '../image/open-image.ts'
import { packedFindings } from './packed-findings.ts'
import { trackFindings } from './track-findings.ts'

export class OpenedImage {
  /** Null for a file that is no image that Isomer knows: it can be compared all the same. */
  readonly image: OpenImage | null
  /** Null where not even a container could be opened. */
  readonly #file: OpenedFile | null
  /** What was found while it was opened, where there is no image that tells it. */
  readonly #told: readonly Finding[]

  private constructor(image: OpenImage | null, file: OpenedFile | null, told: readonly Finding[]) {
    this.image = image
    this.#file = file
    this.#told = told
  }

  /** Throws an `io` Problem when the file can't be read, and what the control throws. */
  static async open(path: string, control: JobControl): Promise<OpenedImage> {
    const log = new FindingLog()
    let file: OpenedFile | null = null
    try {
      file = await openContainer(path, log, control)
      return new OpenedImage(imageIn(file, log), file, [])
    } catch (error) {
      if (!(error instanceof Problem) || error.report.kind !== 'image') {
        file?.close()
        throw error
      }
      return new OpenedImage(null, file, [findingOf(path, error), ...log.list()])
    }
  }

  /** What its structures, its packing and its sectors say. */
  async findings(control: JobControl): Promise<Finding[]> {
    const { image } = this
    const findings = image === null ? [...this.#told] : await checkImage(image, control)
    const isContained = this.#file !== null && (this.#file.container !== null || this.#file.wrappers.length > 0)
    if (this.#file !== null && isContained) findings.push(...(await packedFindings(this.#file, control)))
    if (image !== null && isContained) findings.push(...(await trackFindings(image, control)))
    return findings
  }

  close(): void {
    if (this.image === null) this.#file?.close()
    else this.image.close()
  }
}

/** Images of other formats are nothing bad, unless they are called what they are not. */
function findingOf(path: string, error: Problem): Finding {
  const { code, message } = problemReport(error)
  const isOther = (code === 'other-format' || code === 'audio-only') && !/\.iso$/i.test(path)
  return { code, severity: isOther ? 'suspicious' : 'fatal', message }
}
