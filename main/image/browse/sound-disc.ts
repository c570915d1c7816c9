/** An image with nothing but sound, as it is looked at: it has no trees, only tracks. */
import type { ImageDescription } from '../../../shared/browse.ts'
import { Problem } from '../../../shared/problem.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { type OpenedFile, openContainer } from '../../containers/open-container.ts'
import type { OpeningControl } from '../../containers/opening-control.ts'
import { containerFacts } from '../contained.ts'
import { ConvertSource } from '../convert/convert-source.ts'
import { worstFindingsFirst } from './describe-image.ts'

export class SoundDisc {
  readonly file: OpenedFile
  readonly #log: FindingLog

  private constructor(file: OpenedFile, log: FindingLog) {
    this.file = file
    this.#log = log
  }

  /** To be called when `isMeant` said so. Throws what opening throws. */
  static async open(path: string, control: OpeningControl): Promise<SoundDisc> {
    const log = new FindingLog()
    return new SoundDisc(await openContainer(path, log, control), log)
  }

  /** Whether it can't be opened as an image with files for having nothing but sound. */
  static isMeant(problem: unknown): boolean {
    return problem instanceof Problem && problem.report.code === 'audio-only'
  }

  /** Of all tracks. */
  get sizeBytes(): number {
    return this.file.container?.tracks.reduce((sum, { stored }) => sum + stored.sizeBytes, 0) ?? 0
  }

  get title(): string {
    return containerFacts(this.file, null).title
  }

  get convertSource(): ConvertSource {
    return ConvertSource.ofFile(this.file, this.#log)
  }

  describe(): ImageDescription {
    const none = { files: 0, directories: 0, contentBytes: 0, fileSystems: [], sessions: [], boot: [], partitions: [], isHybrid: false }
    return { ...none, disc: containerFacts(this.file, null), findings: worstFindingsFirst(this.#log.list()) }
  }

  close(): void {
    this.file.close()
  }
}
