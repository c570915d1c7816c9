/**
 * Nero images: the tracks, then big-endian chunks that tell where each one lies, then where the chunks begin. Version 1
 * has 32-bit places (CUES, DAOI, ETNF), version 2 those of 64 bits (CUEX, DAOX, ETN2). Sessions end with SINF. Passed
 * over: TINF, TOCT, RELO, DINF, MTYP.
 */
import type { TrackMode } from '../../../shared/container.ts'
import { MAX_DESCRIPTOR_BYTES, MAX_TRACKS } from '../../../shared/limits.ts'
import { readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { FieldReader, fromBcd, textField } from '../byte-fields.ts'
import { type Container, type SectorLayout, strideOf, type Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { LEAD_IN_FRAMES, layoutOf } from '../sector-layout.ts'
import { makeTrack } from '../track-draft.ts'
import { unusableContainer } from '../unusable-container.ts'

const TITLE = 'Nero image (NRG)'
const FOOTER_1_BYTES = 8
const FOOTER_2_BYTES = 12
const LEAD_OUT = 0xaa
const DAO_HEADER_BYTES = 22

/** What a track has of the file, in bytes. */
interface Place {
  readonly number: number
  readonly mode: number
  readonly sectorBytes: number | null
  readonly isrc: string | null
  /** Of index 0, index 1 and the end. */
  readonly gapAt: number
  readonly startAt: number
  readonly endAt: number
  /** Of a track written by itself, counted without the pauses between tracks. */
  readonly lba: number | null
}

interface Chunks {
  /** By session. */
  readonly sessions: Place[][]
  readonly startLbas: Map<number, number>
  catalog: string | null
  hasCdText: boolean
}

/** By the mode's number: what it is, and what is stored of each sector, sub-channel apart. */
const MODES: ReadonlyMap<number, readonly [TrackMode, number, number]> = new Map([
  [0, ['mode1', 2048, 0]],
  [2, ['mode2', 2048, 0]],
  [3, ['mode2', 2336, 0]],
  [5, ['mode1', 2352, 0]],
  [6, ['mode2', 2352, 0]],
  [7, ['audio', 2352, 0]],
  [8, ['audio', 2352, 96]],
  [0x0f, ['mode1', 2352, 96]],
  [0x10, ['audio', 2352, 96]],
  [0x11, ['mode2', 2352, 96]],
])

/** Throws an `image` Problem when no track can be told. */
export function openNrg(candidate: Candidate): Container {
  const chunks = readChunks(candidate)
  const tracks = chunks.sessions.flatMap((places, session) => tracksOf(places, session + 1, chunks, candidate))
  if (tracks.length === 0) throw unusableContainer(candidate, TITLE, 'no DAOI, DAOX, ETNF or ETN2 chunk')
  return {
    kind: 'nrg',
    title: TITLE,
    medium: 'cd',
    tracks,
    mainTrack: null,
    companions: [],
    catalog: chunks.catalog,
    hasCdText: chunks.hasCdText,
    hasSubchannel: tracks.some(({ layout }) => layout.subchannelBytes > 0),
    close: () => {},
  }
}

function chunksAt({ tail, source }: Candidate): number {
  const is2 = tail.toString('latin1', tail.length - FOOTER_2_BYTES, tail.length - 8) === 'NER5'
  const at = is2 ? Number(tail.readBigUInt64BE(tail.length - 8)) : tail.readUInt32BE(tail.length - 4)
  return at >= source.sizeBytes - (is2 ? FOOTER_2_BYTES : FOOTER_1_BYTES) ? -1 : at
}

function readChunks(candidate: Candidate): Chunks {
  const { source, log } = candidate
  const at = chunksAt(candidate)
  if (at < 0) throw unusableContainer(candidate, TITLE, 'the chunks begin behind the end of the file')
  const fields = new FieldReader(readUpTo(source, at, Math.min(MAX_DESCRIPTOR_BYTES, source.sizeBytes - at)))
  const chunks: Chunks = { sessions: [[]], startLbas: new Map(), catalog: null, hasCdText: false }
  for (;;) {
    const id = fields.bytes(4).toString('latin1')
    const content = fields.bytes(fields.uint32BE())
    if (id === 'END!') return chunks
    if (fields.isOver) {
      log.add('chunks-cut-off', 'damaged', 'The list of tracks breaks off; the image is probably damaged at its end.')
      return chunks
    }
    takeChunk(id, content, chunks)
  }
}

function takeChunk(id: string, content: Buffer, chunks: Chunks): void {
  const current = chunks.sessions.at(-1) as Place[]
  if (id === 'CUES' || id === 'CUEX') takeCues(content, id === 'CUEX', chunks.startLbas)
  else if (id === 'DAOI' || id === 'DAOX') {
    chunks.catalog ??= textField(content.subarray(4, 17))
    current.push(...discAtOnce(content, id === 'DAOX'))
  } else if (id === 'ETNF' || id === 'ETN2') {
    const before = chunks.sessions.flat().length
    current.push(...trackAtOnce(content, id === 'ETN2', before))
  } else if (id === 'CDTX') chunks.hasCdText = true
  else if (id === 'SINF' && chunks.sessions.length < MAX_TRACKS) chunks.sessions.push([])
}

/** Where tracks begin on the disc: as sectors, or in version 1 as minutes, seconds and frames. */
function takeCues(content: Buffer, is2: boolean, startLbas: Map<number, number>): void {
  for (let at = 0; at + 8 <= content.length; at += 8) {
    const [track, index] = [content.readUInt8(at + 1), content.readUInt8(at + 2)]
    const [minutes, seconds, frames] = [5, 6, 7].map((i) => fromBcd(content.readUInt8(at + i))) as [number, number, number]
    const lba = is2 ? content.readInt32BE(at + 4) : (minutes * 60 + seconds) * 75 + frames - LEAD_IN_FRAMES
    if (track !== LEAD_OUT && index === 1 && startLbas.size < MAX_TRACKS) startLbas.set(fromBcd(track), lba)
  }
}

function discAtOnce(content: Buffer, is2: boolean): Place[] {
  const places: Place[] = []
  const first = content.length >= DAO_HEADER_BYTES ? content.readUInt8(20) : 1
  const fields = new FieldReader(content, DAO_HEADER_BYTES)
  const place = () => (is2 ? fields.uint64BE() : fields.uint32BE())
  while (places.length < MAX_TRACKS) {
    const isrc = textField(fields.bytes(12))
    const sectorBytes = fields.uint16BE()
    const mode = fields.uint8()
    fields.skip(3)
    const [gapAt, startAt, endAt] = [place(), place(), place()]
    if (fields.isOver) break
    places.push({ number: first + places.length, mode, sectorBytes, isrc, gapAt, startAt, endAt, lba: null })
  }
  return places
}

function trackAtOnce(content: Buffer, is2: boolean, tracksBefore: number): Place[] {
  const places: Place[] = []
  const fields = new FieldReader(content)
  const place = () => (is2 ? fields.uint64BE() : fields.uint32BE())
  while (places.length < MAX_TRACKS) {
    const [startAt, lengthBytes] = [place(), place()]
    const [mode, lba] = [fields.uint32BE(), fields.uint32BE()]
    fields.skip(is2 ? 8 : 4)
    if (fields.isOver) break
    const number = tracksBefore + places.length + 1
    places.push({ number, mode, sectorBytes: null, isrc: null, gapAt: startAt, startAt, endAt: startAt + lengthBytes, lba })
  }
  return places
}

function tracksOf(places: readonly Place[], session: number, { startLbas }: Chunks, candidate: Candidate): Track[] {
  let lba = 0
  return places.slice(0, MAX_TRACKS).map((place, i) => {
    const alone = place.lba === null ? null : place.lba + i * LEAD_IN_FRAMES
    const track = trackAt(place, session, startLbas.get(place.number) ?? alone ?? lba, candidate)
    lba = track.startLba + track.lengthSectors
    return track
  })
}

function trackAt(place: Place, session: number, startLba: number, { source, log }: Candidate): Track {
  const { number, gapAt, startAt, endAt, isrc } = place
  const { mode, layout } = modeOf(place)
  const stride = strideOf(layout)
  if (endAt > source.sizeBytes || startAt > endAt || gapAt > startAt) {
    log.add('track-outside-file', 'damaged', `Track ${number} is said to lie where the file has no bytes; the image is probably cut off.`)
  }
  const gapSectors = Math.max(0, Math.floor((startAt - gapAt) / stride))
  const stored = new WindowByteSource(source, startAt, Math.max(0, endAt - startAt))
  const storedPregap = gapSectors === 0 ? null : new WindowByteSource(source, startAt - gapSectors * stride, gapSectors * stride)
  return makeTrack({ number, session, mode, layout, startLba, stored, storedPregap, pregapSectors: gapSectors, isrc }, log)
}

function modeOf({ mode: code, sectorBytes }: Place): { mode: TrackMode; layout: SectorLayout } {
  const [mode, usualBytes, subchannelBytes] = MODES.get(code) ?? (['mode1', 2048, 0] as const)
  const stored = sectorBytes !== null && sectorBytes >= 2048 ? sectorBytes - subchannelBytes : usualBytes
  return { mode, layout: layoutOf(mode, stored, subchannelBytes) }
}
