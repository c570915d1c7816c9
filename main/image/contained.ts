/** Where an image that is no file of its own comes from. */
import type { ContainerFacts, TrackFacts } from '../../shared/container.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { sessionCount, type Track } from '../containers/container.ts'
import type { OpenedFile } from '../containers/open-container.ts'

export class Contained {
  /** What was found on the way; the image goes on with it. */
  readonly log: FindingLog
  readonly file: OpenedFile
  /** Null for an image that is only wrapped. */
  readonly track: Track | null
  /** Where the file system of that track begins in the image's source: above 0 when it counts from the disc's beginning. */
  readonly startLba: number

  constructor(file: OpenedFile, track: Track | null, startLba: number, log: FindingLog) {
    this.file = file
    this.track = track
    this.startLba = startLba
    this.log = log
  }

  get facts(): ContainerFacts {
    return containerFacts(this.file, this.track)
  }

  /** Every file of the host that its bytes come from. */
  get files(): string[] {
    const { source, container } = this.file
    return [source.path, ...(container?.companions.map(({ path }) => path) ?? [])]
  }

  /** The host's identities of all files that its bytes come from. */
  get fileIdentities(): string[] {
    const { source, container } = this.file
    return [source.deviceAndInode, ...(container?.companions.map(({ deviceAndInode }) => deviceAndInode) ?? [])]
  }

  close(): void {
    this.file.close()
  }
}

/** What there is to tell of a container; `track` is the one that is shown. */
export function containerFacts({ container, wrappers, source }: OpenedFile, track: Track | null): ContainerFacts {
  return {
    kind: container?.kind ?? wrappers.at(-1)?.kind ?? 'iso',
    title: [...wrappers.map(({ title }) => title), ...(container === null ? [] : [container.title])].reverse().join(' in '),
    medium: container?.medium ?? 'dvd',
    // Those that lie in the same archive are no files of their own.
    companions: container?.companions.map(({ path }) => path).filter((path) => path !== source.path) ?? [],
    sessions: container === null ? 1 : sessionCount(container),
    tracks: container?.tracks.map(trackFacts) ?? [],
    track: track?.number ?? null,
    catalog: container?.catalog ?? null,
    hasCdText: container?.hasCdText ?? false,
    hasSubchannel: container?.hasSubchannel ?? false,
  }
}

function trackFacts(track: Track): TrackFacts {
  const { number, session, mode, startLba, lengthSectors, pregapSectors, isrc, flags, title, performer } = track
  const { sectorBytes, subchannelBytes } = track.layout
  return { number, session, mode, sectorBytes, subchannelBytes, startLba, lengthSectors, pregapSectors, isrc, flags, title, performer }
}
