/** All tracks as whole sectors of 2352 bytes in one file, with a CUE sheet. */
import { basename } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { Track } from '../../containers/container.ts'
import { wordOf } from '../../containers/cue/track-modes.ts'
import { type Piece, PiecesSource } from '../../containers/pieces-source.ts'
import { RAW_SECTOR_BYTES } from '../../containers/sector-layout.ts'
import { wholeGap, wholeSectors } from '../../containers/whole-sectors.ts'
import type { ConvertSource } from './convert-source.ts'
import { cueText, type SheetTrack } from './cue-text.ts'
import { besideName, textFile } from './described-files.ts'
import type { ImageWriter } from './image-writer.ts'
import { copyPieces } from './iso-writer.ts'
import { lossesOfSheet } from './losses.ts'

export const binCueWriter: ImageWriter = {
  format: 'bin-cue',
  title: 'BIN/CUE',
  extension: '.cue',
  losses: lossesOfSheet,
  plan: (source, outPath) => {
    if (!source.isCd) throw notForDvds(source)
    const binPath = besideName(outPath, '.bin')
    const { content, sheet } = wholeDisc(source.wanted === null ? source.disc.tracks : [source.wanted], basename(binPath))
    return [
      { path: binPath, sizeBytes: content.sizeBytes, content, write: copyPieces, reopen: (written) => written },
      textFile(besideName(outPath, '.cue'), cueText(source.disc, sheet)),
    ]
  },
}

interface WholeDisc {
  readonly content: ByteSource
  readonly sheet: SheetTrack[]
}

function wholeDisc(tracks: readonly Track[], name: string): WholeDisc {
  const pieces: Piece[] = []
  const sheet: SheetTrack[] = []
  let frames = 0
  const take = (source: ByteSource): void => {
    const sectors = Math.floor(source.sizeBytes / RAW_SECTOR_BYTES)
    pieces.push({ source, offsetBytes: 0, lengthBytes: sectors * RAW_SECTOR_BYTES })
    frames += sectors
  }
  for (const [i, track] of tracks.entries()) {
    const { stored, silentSectors } = wholeGap(track, i === 0)
    const gapFrames = stored === null ? null : frames
    if (stored !== null) take(stored)
    const file = i === 0 ? { name, type: 'BINARY' as const } : null
    sheet.push({ track, mode: wordOf(track.mode), file, gapFrames, startFrames: frames, silentFrames: silentSectors })
    take(wholeSectors(track))
  }
  return { content: new PiecesSource(pieces), sheet }
}

function notForDvds({ path }: ConvertSource): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-a-cd',
    message: `${path} is no image of a CD; BIN/CUE is only for CDs.`,
    advice: 'An .iso holds it.',
  })
}
