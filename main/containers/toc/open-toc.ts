/** Opens a TOC file of cdrdao with its files. */
import { type ByteSource, readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { samplesIn } from '../audio/audio-file.ts'
import { Companions, NOTHING } from '../companions.ts'
import { type Container, strideOf, type Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { type Piece, PiecesSource } from '../pieces-source.ts'
import { readings } from '../sheet-text.ts'
import { makeTrack } from '../track-draft.ts'
import { unusableContainer } from '../unusable-container.ts'
import { parseToc, type TocLength, type TocPiece, type TocTrack } from './toc-file.ts'

/** Of 16 bits, left and right. */
const SAMPLE_BYTES = 4
/** Zeros are given for as long as a disc is at most; what claims more is wrong. */
const MAX_BLANK_FRAMES = 450_000

/** Throws an `image` Problem when it has no track, or none of its files is there. */
export function openToc(candidate: Candidate): Container {
  const toc = parseToc(readings(readUpTo(candidate.source, 0, candidate.source.sizeBytes))[0] ?? '', candidate.log)
  if (toc.tracks.length === 0) throw unusableContainer(candidate, 'TOC', 'no track')
  const companions = new Companions(candidate)
  const tracks: Track[] = []
  let lba = 0
  for (const [i, said] of toc.tracks.entries()) {
    const track = trackOf(said, i + 1, lba, companions, candidate)
    lba = track.startLba + track.lengthSectors
    tracks.push(track)
  }
  companions.requireSome()
  return {
    kind: 'toc',
    title: 'cdrdao TOC',
    medium: 'cd',
    tracks,
    mainTrack: null,
    companions: companions.files,
    catalog: toc.catalog,
    hasCdText: toc.hasCdText,
    hasSubchannel: tracks.some(({ layout }) => layout.subchannelBytes > 0),
    close: () => companions.close(),
  }
}

function trackOf(said: TocTrack, number: number, lba: number, companions: Companions, candidate: Candidate): Track {
  const { mode, layout, flags, isrc, start, pregapFrames } = said
  const stride = strideOf(layout)
  const pieces = said.pieces.map((piece) => pieceOf(piece, stride, companions, candidate))
  const whole = new PiecesSource(pieces.map(({ piece }) => piece))
  const saidGapBytes = 'frames' in start ? start.frames * stride : bytesOfAll(pieces.slice(0, start.pieces))
  const gapBytes = Math.min(saidGapBytes, whole.sizeBytes)
  const startFrames = Math.floor(saidGapBytes / stride)
  return makeTrack(
    {
      number,
      session: 1,
      mode,
      layout,
      startLba: lba + startFrames + pregapFrames,
      stored: new WindowByteSource(whole, gapBytes, whole.sizeBytes - gapBytes),
      storedPregap: gapBytes === 0 ? null : new WindowByteSource(whole, 0, gapBytes),
      pregapSectors: startFrames + pregapFrames,
      indexes: said.indexes,
      flags,
      isrc,
      isBigEndian: mode === 'audio' && pieces.some(({ isBigEndian }) => isBigEndian),
    },
    candidate.log,
  )
}

interface OpenedPiece {
  readonly piece: Piece
  readonly isBigEndian: boolean
}

const bytesOfAll = (pieces: readonly OpenedPiece[]): number => pieces.reduce((sum, { piece }) => sum + piece.lengthBytes, 0)

function pieceOf(said: TocPiece, stride: number, companions: Companions, { log }: Candidate): OpenedPiece {
  const unitBytes = said.isAudio ? SAMPLE_BYTES : 1
  const bytesOf = (length: TocLength | null) =>
    length === null ? null : 'frames' in length ? length.frames * stride : length.units * unitBytes
  if (said.file === null) {
    const lengthBytes = Math.min(bytesOf(said.length) ?? 0, MAX_BLANK_FRAMES * stride)
    return { piece: { source: null, offsetBytes: 0, lengthBytes }, isBigEndian: false }
  }
  const opened = companions.open(said.file) ?? NOTHING
  const sound = said.isAudio ? samplesIn(opened) : null
  const source: ByteSource = sound?.samples ?? opened
  const offsetBytes = said.offsetBytes + (bytesOf(said.start) ?? 0)
  const heldBytes = Math.max(0, source.sizeBytes - offsetBytes)
  const wantedBytes = bytesOf(said.length) ?? heldBytes
  const isBehindEnd = offsetBytes > 0 && heldBytes === 0
  if (opened !== NOTHING && (wantedBytes > heldBytes || isBehindEnd)) {
    log.add('track-outside-file', 'damaged', `‘${said.file}’ is too short for what a track has of it.`, { path: said.file })
  }
  const piece = { source, offsetBytes, lengthBytes: Math.min(wantedBytes, heldBytes) }
  // Samples that are no sound file stand with their high bytes first, unless they are said to be swapped.
  const isBigEndian = said.isAudio && (sound === null ? !said.isSwapped : sound.isBigEndian)
  return { piece, isBigEndian }
}
