/**
 * DiscJuggler images (versions 2, 3 and 3.5): the tracks, then how many sessions and tracks there are and of what
 * lengths, then eight bytes with the version and where that begins. The order of fields is the one that all readers of
 * the format found out; its maker never published it.
 */
import type { TrackMode } from '../../../shared/container.ts'
import { MAX_DESCRIPTOR_BYTES, MAX_TRACKS } from '../../../shared/limits.ts'
import { readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { FieldReader } from '../byte-fields.ts'
import { type Container, strideOf, type Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { LEAD_IN_FRAMES, layoutOf } from '../sector-layout.ts'
import { makeTrack } from '../track-draft.ts'
import { unusableContainer } from '../unusable-container.ts'
import { VERSION_2, VERSION_3_5, versionOf } from './recognise-cdi.ts'

const TITLE = 'DiscJuggler image (CDI)'
const TRACK_MARK = Buffer.from('000001000000ffffffff', 'hex')
const MODES: readonly TrackMode[] = ['audio', 'mode1', 'mode2']
/** By their number: what is stored of each sector, and of its sub-channel. */
const SECTOR_SIZES = [
  [2048, 0],
  [2336, 0],
  [2352, 0],
  [2352, 16],
  [2352, 96],
] as const

interface SaidTrack {
  readonly session: number
  readonly pregapSectors: number
  readonly lengthSectors: number
  readonly totalSectors: number
  readonly mode: number
  readonly startLba: number
  readonly sectorSize: number
}

/** Throws an `image` Problem when no track can be told. */
export function openCdi(candidate: Candidate): Container {
  const said = readTracks(candidate)
  if (said.length === 0) throw unusableContainer(candidate, TITLE, 'no track')
  const tracks: Track[] = []
  let at = 0
  for (const [i, track] of said.entries()) {
    const [sectorBytes, subchannelBytes] = SECTOR_SIZES[track.sectorSize] ?? SECTOR_SIZES[0]
    const mode = MODES[track.mode] ?? 'mode1'
    const layout = layoutOf(mode, sectorBytes, subchannelBytes)
    tracks.push(trackAt({ ...track, number: i + 1, trackMode: mode, layout, at }, candidate))
    at += track.totalSectors * strideOf(layout)
  }
  return {
    kind: 'cdi',
    title: TITLE,
    medium: 'cd',
    tracks,
    mainTrack: null,
    companions: [],
    catalog: null,
    hasCdText: false,
    hasSubchannel: tracks.some(({ layout }) => layout.subchannelBytes > 0),
    close: () => {},
  }
}

interface PlacedTrack extends SaidTrack {
  readonly number: number
  readonly trackMode: TrackMode
  readonly layout: Track['layout']
  readonly at: number
}

/** Addresses are counted from the pause that the disc begins with. */
function trackAt(track: PlacedTrack, { source, log }: Candidate): Track {
  const { number, session, trackMode: mode, layout, at, pregapSectors, lengthSectors } = track
  const stride = strideOf(layout)
  const startAt = at + pregapSectors * stride
  const lengthBytes = lengthSectors * stride
  if (startAt + lengthBytes > source.sizeBytes) {
    log.add('track-outside-file', 'damaged', `Track ${number} is said to lie where the file has no bytes; the image is probably cut off.`)
  }
  const stored = new WindowByteSource(source, startAt, lengthBytes)
  const storedPregap = pregapSectors === 0 ? null : new WindowByteSource(source, at, pregapSectors * stride)
  return makeTrack(
    { number, session, mode, layout, startLba: track.startLba + pregapSectors - LEAD_IN_FRAMES, stored, storedPregap, pregapSectors },
    log,
  )
}

function readTracks(candidate: Candidate): SaidTrack[] {
  const { source, tail, log } = candidate
  const version = versionOf(tail)
  const place = tail.readUInt32LE(tail.length - 4)
  const at = version === VERSION_3_5 ? source.sizeBytes - place : place
  if (at < 0 || at >= source.sizeBytes) throw unusableContainer(candidate, TITLE, 'the description begins outside the file')
  const fields = new FieldReader(readUpTo(source, at, Math.min(MAX_DESCRIPTOR_BYTES, source.sizeBytes - at)))
  const tracks: SaidTrack[] = []
  const sessions = Math.min(MAX_TRACKS, fields.uint16LE())
  for (let session = 1; session <= sessions; session++) {
    const count = fields.uint16LE()
    for (let i = 0; i < count && tracks.length < MAX_TRACKS; i++) {
      const track = readTrack(fields, session, version === VERSION_2)
      if (track === null) {
        log.add('tracks-cut-off', 'damaged', 'The list of tracks breaks off; the image is probably damaged at its end.')
        return tracks
      }
      tracks.push(track)
    }
    fields.skip(version === VERSION_2 ? 12 : 13)
  }
  return tracks
}

/** Null where no track stands. */
function readTrack(fields: FieldReader, session: number, is2: boolean): SaidTrack | null {
  if (fields.uint32LE() !== 0) fields.skip(8)
  const marks = fields.bytes(2 * TRACK_MARK.length)
  const isTrack = marks.length === 20 && marks.subarray(0, 10).equals(TRACK_MARK) && marks.subarray(10).equals(TRACK_MARK)
  if (!isTrack) return null
  fields.skip(4)
  fields.skip(fields.uint8())
  fields.skip(19)
  if (fields.uint32LE() === 0x80000000) fields.skip(8)
  fields.skip(2)
  const [pregapSectors, lengthSectors] = [fields.uint32LE(), fields.uint32LE()]
  fields.skip(6)
  const mode = fields.uint32LE()
  fields.skip(12)
  const [startLba, totalSectors] = [fields.uint32LE(), fields.uint32LE()]
  fields.skip(16)
  const sectorSize = fields.uint32LE()
  fields.skip(29)
  if (!is2) {
    fields.skip(5)
    if (fields.uint32LE() === 0xffffffff) fields.skip(78)
  }
  return fields.isOver ? null : { session, pregapSectors, lengthSectors, totalSectors, mode, startLba, sectorSize }
}
