/** What is converted: a disc of tracks, also where it is an image without any. */
import { Problem } from '../../../shared/problem.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { chosenTrack } from '../../containers/chosen-track.ts'
import { type Container, isData, type Track } from '../../containers/container.ts'
import { type FileSystemPlace, fileSystemPlace } from '../../containers/disc-source.ts'
import { type OpenedFile, openContainer } from '../../containers/open-container.ts'
import type { OpeningControl } from '../../containers/opening-control.ts'
import { DATA_BYTES, layoutOf } from '../../containers/sector-layout.ts'
import { makeTrack } from '../../containers/track-draft.ts'
import { imageIn } from '../open-any-image.ts'
import type { OpenImage } from '../open-image.ts'

/** 99 minutes: longer than any CD. */
const MOST_CD_SECTORS = 99 * 60 * 75

export class ConvertSource {
  readonly path: string
  readonly file: OpenedFile
  readonly disc: Container
  readonly log: FindingLog
  /** The track that was asked for by its number, data or sound. */
  readonly wanted: Track | null

  private constructor(path: string, file: OpenedFile, disc: Container, log: FindingLog, wanted: number | undefined) {
    this.path = path
    this.file = file
    this.disc = disc
    this.log = log
    this.wanted = wanted === undefined ? null : this.#trackOf(wanted)
  }

  /** Throws what opening throws, and a `usage` Problem when there is no such track. */
  static async open(path: string, track: number | undefined, control?: OpeningControl): Promise<ConvertSource> {
    const log = new FindingLog()
    const file = await openContainer(path, log, control)
    try {
      return new ConvertSource(path, file, file.container ?? plainDisc(file), log, track)
    } catch (error) {
      file.close()
      throw error
    }
  }

  /** An image that is open already; whoever opened it closes it. What sound it has counts, whichever track is shown. */
  static of({ source, contained, findingLog }: OpenImage): ConvertSource {
    return ConvertSource.ofFile(contained?.file ?? { wrappers: [], container: null, source, close: () => {} }, findingLog)
  }

  /** The same for what a file holds. */
  static ofFile(file: OpenedFile, log: FindingLog): ConvertSource {
    return new ConvertSource(file.source.path, file, file.container ?? plainDisc(file), log, undefined)
  }

  get sound(): Track[] {
    if (this.wanted !== null) return isData(this.wanted) ? [] : [this.wanted]
    return this.disc.tracks.filter((track) => !isData(track))
  }

  get dataTracks(): Track[] {
    return this.disc.tracks.filter(isData)
  }

  /** The data track that is meant. Throws a Problem when there is none. */
  get dataTrack(): Track {
    return chosenTrack(this.path, this.disc, this.wanted?.number)
  }

  /** Where its file system is read from. */
  get dataPlace(): FileSystemPlace {
    return fileSystemPlace(this.disc, this.dataTrack)
  }

  /** Whether files can be read in the data track that is meant. */
  get hasFiles(): boolean {
    try {
      imageIn(this.file, new FindingLog(), { track: this.disc.kind === 'iso' ? undefined : this.dataTrack.number })
      return true
    } catch (error) {
      if (error instanceof Problem && error.report.kind === 'image') return false
      throw error
    }
  }

  get isCd(): boolean {
    return this.disc.medium !== 'dvd' && this.disc.tracks.reduce((sum, { lengthSectors }) => sum + lengthSectors, 0) <= MOST_CD_SECTORS
  }

  /** Host files that it is made of. */
  get files(): string[] {
    return [this.file.source.path, ...this.disc.companions.map(({ path }) => path)]
  }

  assertUnchanged(): void {
    this.file.source.assertUnchanged()
    for (const companion of this.disc.companions) companion.assertUnchanged()
  }

  close(): void {
    this.file.close()
  }

  #trackOf(number: number): Track {
    const track = this.disc.tracks.find((candidate) => candidate.number === number)
    if (track !== undefined) return track
    throw new Problem({
      kind: 'usage',
      code: 'no-such-track',
      message: `${this.path} has no track ${number}.`,
      advice: `It has: ${this.disc.tracks.map((candidate) => candidate.number).join(', ')}.`,
    })
  }
}

/** An image that is nothing but user data, as the one track of a disc. */
function plainDisc({ source, wrappers }: OpenedFile): Container {
  const layout = layoutOf('mode1', DATA_BYTES, 0)
  const track = makeTrack({ number: 1, session: 1, mode: 'mode1', layout, startLba: 0, stored: source }, new FindingLog())
  return {
    kind: 'iso',
    title: wrappers[0]?.title ?? 'ISO image',
    medium: track.lengthSectors > MOST_CD_SECTORS ? 'dvd' : 'cd',
    tracks: [track],
    mainTrack: 1,
    companions: [],
    catalog: null,
    hasCdText: false,
    hasSubchannel: false,
    close: () => {},
  }
}
