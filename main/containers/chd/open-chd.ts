/** Opens a CHD: a CD or GD-ROM with its tracks, or a DVD or anything else as one track of data. */
import type { Container, Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { layoutOf } from '../sector-layout.ts'
import { makeTrack } from '../track-draft.ts'
import { CD_UNIT_BYTES } from './chd-codecs.ts'
import { type ChdFacts, readChdFacts } from './chd-header.ts'
import { type ChdMetadata, readChdMetadata } from './chd-metadata.ts'
import { openChdContent } from './chd-source.ts'
import { overallSha1 } from './chd-sums.ts'
import { chdTracks, GD_TAG, TRACK_TAGS } from './chd-tracks.ts'

const SECTOR_BYTES = 2048

/** Throws an `image` Problem when header, map or metadata are damaged, and for what needs a parent. */
export function openChd({ source, log }: Candidate): Container {
  const facts = readChdFacts(source)
  const content = openChdContent(source, facts)
  const metadata = readChdMetadata(source, facts.metadataAt)
  noteMetadataSum(facts, metadata, log)
  const isDisc = metadata.some(({ tag }) => (TRACK_TAGS as readonly string[]).includes(tag)) && facts.unitBytes === CD_UNIT_BYTES
  const { tracks, hasSubchannel } = isDisc
    ? chdTracks(content, metadata, log)
    : { tracks: [wholeTrack(content, log)], hasSubchannel: false }
  return {
    kind: 'chd',
    title: 'CHD',
    medium: !isDisc ? 'dvd' : metadata.some(({ tag }) => tag === GD_TAG) ? 'gd' : 'cd',
    tracks,
    mainTrack: null,
    companions: [],
    catalog: null,
    hasCdText: false,
    hasSubchannel,
    ownSum: hasSums(facts) ? { content, sha1: facts.rawSha1.toString('hex') } : undefined,
    close: () => content.close(),
  }
}

/** Files that aren't compressed have none. */
const hasSums = ({ sha1 }: Pick<ChdFacts, 'sha1'>): boolean => sha1.some((byte) => byte !== 0)

/** The sum of the content is believed here: whoever verifies looks at that one too. */
function noteMetadataSum({ rawSha1, sha1 }: ChdFacts, metadata: readonly ChdMetadata[], log: Candidate['log']): void {
  const summed = metadata.filter(({ isSummed }) => isSummed)
  if (!hasSums({ sha1 }) || overallSha1(rawSha1, summed).equals(sha1)) return
  log.add('chd-metadata-sum', 'damaged', 'What the CHD says of its tracks, or of its own checksum, was changed after it was made.')
}

/** The content as sectors of a DVD, which is what it is or nothing that Isomer reads. */
function wholeTrack(stored: ReturnType<typeof openChdContent>, log: Candidate['log']): Track {
  return makeTrack({ number: 1, session: 1, mode: 'mode1', layout: layoutOf('mode1', SECTOR_BYTES, 0), startLba: 0, stored }, log)
}
