/**
 * Alcohol 120 % images: the .mds says what lies where in the .mdf. Version 1 only; version 2 (MDX, and .mds that are
 * encrypted) is told and refused. Passed over: disc structures and the timing measured for copy protections.
 */
import type { DiscMedium, TrackMode } from '../../../shared/container.ts'
import { MAX_DESCRIPTOR_BYTES, MAX_TRACKS } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ByteSource, readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { FieldReader } from '../byte-fields.ts'
import { Companions, NOTHING } from '../companions.ts'
import { type Container, strideOf, type Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { DATA_BYTES, layoutOf, RAW_SECTOR_BYTES } from '../sector-layout.ts'
import { makeTrack } from '../track-draft.ts'
import { unusableContainer } from '../unusable-container.ts'

const TITLE = 'MDS/MDF'
const FIRST_DVD_MEDIUM = 0x10
const SESSION_BYTES = 24
const TRACK_BYTES = 80
const MAX_NAME_BYTES = 1024
const SUBCHANNEL_96 = 8
/** By the low bits of the mode: audio, mode 1, mode 2, its form 1 and form 2. */
const MODES: ReadonlyMap<number, TrackMode> = new Map([
  [1, 'audio'],
  [2, 'mode1'],
  [3, 'mode2'],
  [4, 'mode2'],
  [5, 'mode2'],
])

/** Throws an `image` Problem when no track can be told, or no .mdf is there. */
export function openMds(candidate: Candidate): Container {
  const bytes = readUpTo(candidate.source, 0, MAX_DESCRIPTOR_BYTES)
  const header = new FieldReader(bytes, 16)
  if (header.uint8() !== 1) throw encrypted(candidate)
  header.skip(1)
  const medium: DiscMedium = header.uint16LE() >= FIRST_DVD_MEDIUM ? 'dvd' : 'cd'
  const sessionCount = Math.min(header.uint16LE(), MAX_TRACKS)
  const sessionsAt = new FieldReader(bytes, 80).uint32LE()
  const companions = new Companions(candidate)
  const reader = new TrackReader(bytes, medium, companions, candidate)
  const tracks: Track[] = []
  for (let i = 0; i < sessionCount && tracks.length < MAX_TRACKS; i++) tracks.push(...reader.session(sessionsAt + i * SESSION_BYTES))
  if (tracks.length === 0) throw unusableContainer(candidate, TITLE, 'no track block')
  companions.requireSome()
  return {
    kind: 'mds',
    title: TITLE,
    medium,
    tracks,
    mainTrack: null,
    companions: companions.files,
    catalog: null,
    hasCdText: false,
    hasSubchannel: tracks.some(({ layout }) => layout.subchannelBytes > 0),
    close: () => companions.close(),
  }
}

class TrackReader {
  readonly #bytes: Buffer
  readonly #medium: DiscMedium
  readonly #companions: Companions
  readonly #candidate: Candidate

  constructor(bytes: Buffer, medium: DiscMedium, companions: Companions, candidate: Candidate) {
    this.#bytes = bytes
    this.#medium = medium
    this.#companions = companions
    this.#candidate = candidate
  }

  session(at: number): Track[] {
    const fields = new FieldReader(this.#bytes, at + 8)
    const number = fields.uint16LE()
    const blocks = fields.uint8()
    fields.skip(9)
    const blocksAt = fields.uint32LE()
    const tracks: Track[] = []
    if (fields.isOver) this.#candidate.log.add('tracks-cut-off', 'damaged', 'The list of tracks breaks off.')
    for (let i = 0; i < blocks && !fields.isOver && tracks.length < MAX_TRACKS; i++) {
      const track = this.#track(blocksAt + i * TRACK_BYTES, number)
      if (track !== null) tracks.push(track)
    }
    return tracks
  }

  /** Null for a block that is no track but one of the lead-in's. */
  #track(at: number, session: number): Track | null {
    const fields = new FieldReader(this.#bytes, at)
    const modeCode = fields.uint8()
    const subchannelBytes = fields.uint8() === SUBCHANNEL_96 ? 96 : 0
    const control = fields.uint8() & 15
    fields.skip(1)
    const point = fields.uint8()
    fields.skip(7)
    const extraAt = fields.uint32LE()
    const storedBytes = fields.uint16LE()
    fields.skip(18)
    const startLba = fields.int32LE()
    const startAt = fields.uint64LE()
    fields.skip(4)
    const footerAt = fields.uint32LE()
    if (fields.isOver) {
      this.#candidate.log.add('tracks-cut-off', 'damaged', 'The list of tracks breaks off.')
      return null
    }
    if (point === 0 || point > MAX_TRACKS) return null
    const mode = MODES.get(modeCode & 7) ?? 'mode1'
    const sectorBytes = storedBytes - subchannelBytes
    const layout = layoutOf(mode, sectorBytes >= DATA_BYTES && sectorBytes <= RAW_SECTOR_BYTES ? sectorBytes : DATA_BYTES, subchannelBytes)
    const [pregapSectors, lengthSectors] = this.#medium === 'dvd' ? [0, null] : this.#lengths(extraAt)
    const mdf = this.#file(footerAt)
    const lengthBytes = lengthSectors === null ? mdf.sizeBytes - startAt : lengthSectors * strideOf(layout)
    if (mdf !== NOTHING && startAt + lengthBytes > mdf.sizeBytes) {
      const message = `Track ${point} is said to lie where the file has no bytes; the image is probably cut off.`
      this.#candidate.log.add('track-outside-file', 'damaged', message)
    }
    const stored = new WindowByteSource(mdf, startAt, lengthBytes)
    const flags = {
      copyPermitted: (control & 2) !== 0,
      preEmphasis: (control & 1) !== 0,
      fourChannels: (control & 8) !== 0,
      serialCopy: false,
    }
    const isAudio = mode === 'audio'
    return makeTrack(
      {
        number: point,
        session,
        mode,
        layout,
        startLba,
        stored,
        pregapSectors,
        flags: { ...flags, preEmphasis: isAudio && flags.preEmphasis },
      },
      this.#candidate.log,
    )
  }

  /** Pregap and length, in sectors. */
  #lengths(at: number): [number, number] {
    const fields = new FieldReader(this.#bytes, at)
    return [fields.uint32LE(), fields.uint32LE()]
  }

  #file(footerAt: number): ByteSource {
    const fields = new FieldReader(this.#bytes, footerAt)
    const nameAt = fields.uint32LE()
    const isWide = fields.uint32LE() !== 0
    const name = nameAt === 0 || fields.isOver ? '' : this.#name(nameAt, isWide)
    const ownStem = this.#candidate.name.replace(/\.[^.]*$/, '')
    // Most say `*.mdf`: the name of the .mds itself.
    return this.#companions.open(name === '' ? `${ownStem}.mdf` : name.replace(/^\*/, ownStem)) ?? NOTHING
  }

  #name(at: number, isWide: boolean): string {
    const bytes = this.#bytes.subarray(at, at + MAX_NAME_BYTES)
    const text = isWide ? bytes.toString('utf16le') : bytes.toString('latin1')
    return text.split('\0', 1)[0] ?? ''
  }
}

function encrypted({ path }: Candidate): Problem {
  return new Problem({
    kind: 'image',
    code: 'other-format',
    message: `${path} is an MDS or MDX of version 2, whose description is encrypted.`,
    advice: 'Convert it to .iso with the program that made it; the .mdf beside it may open by itself.',
  })
}
