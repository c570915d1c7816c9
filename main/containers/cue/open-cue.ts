/** Opens a CUE sheet with its files. */
import { Problem } from '../../../shared/problem.ts'
import { type ByteSource, readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { samplesIn } from '../audio/audio-file.ts'
import { Companions, NOTHING } from '../companions.ts'
import { type Container, strideOf, type Track } from '../container.ts'
import type { Candidate } from '../container-format.ts'
import { HIGH_DENSITY_LBA, sessionGapSectors } from '../disc-places.ts'
import { LEAD_IN_FRAMES } from '../sector-layout.ts'
import { readings } from '../sheet-text.ts'
import { makeTrack } from '../track-draft.ts'
import { type CueFile, type CueIndex, type CueSheet, type CueTrack, parseCueSheet } from './cue-sheet.ts'
import { type SheetMode, sheetMode } from './track-modes.ts'

/** Opens; throws an `image` Problem when the sheet has no tracks, or none of its files is there. */
export function openCue(candidate: Candidate): Container {
  const companions = new Companions(candidate)
  const sheet = bestReading(candidate, companions)
  if (sheet.tracks.length === 0) throw noTracks(candidate)
  const tracks = new CueDisc(sheet, companions, candidate.log).tracks()
  companions.requireSome()
  return {
    kind: 'cue',
    title: 'BIN/CUE',
    medium: sheet.isGd ? 'gd' : 'cd',
    tracks,
    mainTrack: sheet.isGd ? (tracks.find(({ startLba, mode }) => startLba >= HIGH_DENSITY_LBA && mode !== 'audio')?.number ?? null) : null,
    companions: companions.files,
    catalog: sheet.catalog,
    hasCdText: sheet.hasCdText,
    hasSubchannel: tracks.some(({ layout }) => layout.subchannelBytes > 0),
    close: () => companions.close(),
  }
}

/** Among the encodings that the sheet may have: the one whose names are there. */
function bestReading(candidate: Candidate, companions: Companions): CueSheet {
  const texts = readings(readUpTo(candidate.source, 0, candidate.source.sizeBytes))
  const missing = (text: string) => parseCueSheet(text, new FindingLog()).files.filter(({ name }) => !companions.has(name)).length
  const best = texts.length === 1 ? texts[0] : [...texts].sort((a, b) => missing(a) - missing(b))[0]
  return parseCueSheet(best as string, candidate.log)
}

/** What a track has of one file. */
interface Stretch {
  readonly file: CueFile
  readonly fromFrames: number
  /** Null: to the end of the file. */
  readonly toFrames: number | null
}

class CueDisc {
  readonly #sheet: CueSheet
  readonly #companions: Companions
  readonly #log: FindingLog
  readonly #bytes = new Map<CueFile, { source: ByteSource; isBigEndian: boolean }>()
  /** Where the frames of a file that were taken so far end, in bytes: its tracks may have sectors of different lengths. */
  readonly #taken = new Map<CueFile, { frames: number; bytes: number }>()

  constructor(sheet: CueSheet, companions: Companions, log: FindingLog) {
    this.#sheet = sheet
    this.#companions = companions
    this.#log = log
  }

  tracks(): Track[] {
    const made: Track[] = []
    let lba = 0
    for (const [i, sheet] of this.#sheet.tracks.entries()) {
      const before = this.#sheet.tracks[i - 1]
      if (before !== undefined && before.session !== sheet.session) lba += sessionGapSectors(before.session)
      if (sheet.isHighDensity && before?.isHighDensity !== true) lba = HIGH_DENSITY_LBA
      const track = this.#track(sheet, this.#sheet.tracks[i + 1], lba)
      lba = track.startLba + track.lengthSectors + track.postgapSectors
      made.push(track)
    }
    return made
  }

  #track(sheet: CueTrack, next: CueTrack | undefined, lba: number): Track {
    const mode = this.#modeOf(sheet)
    const gap = sheet.indexes.find(({ number }) => number === 0)
    const start = this.#startOf(sheet, gap)
    if (start === undefined) {
      this.#log.add('track-without-start', 'damaged', `Track ${sheet.number} has no INDEX 01; it can't be read.`)
      return makeTrack({ number: sheet.number, session: sheet.session, ...mode, startLba: lba, stored: NOTHING }, this.#log)
    }
    const pregap = gap === undefined ? null : this.#bytesOf(pregapStretch(gap, start), mode)
    const rest = this.#bytesOf({ file: start.file, fromFrames: start.frames, toFrames: endOf(start, next) }, mode)
    const stride = strideOf(mode.layout)
    const storedGapSectors = pregap === null ? 0 : Math.floor(pregap.source.sizeBytes / stride)
    // Nobody counts the pause that every disc begins with.
    const isStandardPause = lba === 0 && storedGapSectors === LEAD_IN_FRAMES
    return makeTrack(
      {
        number: sheet.number,
        session: sheet.session,
        ...mode,
        startLba: lba + sheet.pregapFrames + (isStandardPause ? 0 : storedGapSectors),
        stored: rest.source,
        storedPregap: storedGapSectors === 0 ? null : (pregap?.source ?? null),
        pregapSectors: sheet.pregapFrames + storedGapSectors,
        postgapSectors: sheet.postgapFrames,
        indexes: sheet.indexes.filter(({ number, file }) => number > 1 && file === start.file).map(({ frames }) => frames - start.frames),
        flags: sheet.flags,
        isrc: sheet.isrc,
        title: sheet.title,
        performer: sheet.performer,
        isBigEndian: rest.isBigEndian,
      },
      this.#log,
    )
  }

  /** Undefined where nothing tells it. */
  #startOf({ indexes, firstOf, number: track }: CueTrack, gap: CueIndex | undefined): CueIndex | undefined {
    const said = indexes.find(({ number }) => number === 1) ?? indexes.find(({ number }) => number > 0)
    if (said !== undefined || firstOf === null) return said
    const message = `Track ${track} has no INDEX 01; it was taken to begin where its file does.`
    this.#log.add('track-start-assumed', 'suspicious', message)
    return { number: 1, frames: gap?.frames ?? 0, file: firstOf }
  }

  #modeOf({ mode: word, number }: CueTrack): SheetMode {
    const known = sheetMode(word)
    if (known !== null) return known
    this.#log.add(
      'track-mode-unknown',
      'suspicious',
      `Track ${number} is said to be ‘${word}’, which no program writes; its sectors were looked at.`,
    )
    return sheetMode(word.startsWith('MODE2') ? 'MODE2/2352' : 'MODE1/2352') as SheetMode
  }

  #bytesOf({ file, fromFrames, toFrames }: Stretch, { layout }: SheetMode): { source: ByteSource; isBigEndian: boolean } {
    const { source, isBigEndian } = this.#open(file)
    const taken = this.#taken.get(file) ?? { frames: 0, bytes: 0 }
    const stride = strideOf(layout)
    const fromBytes = taken.bytes + Math.max(0, fromFrames - taken.frames) * stride
    const lengthBytes = toFrames === null ? source.sizeBytes - fromBytes : Math.max(0, toFrames - fromFrames) * stride
    this.#taken.set(file, { frames: toFrames ?? fromFrames, bytes: fromBytes + Math.max(0, lengthBytes) })
    if (source !== NOTHING && (fromFrames < taken.frames || fromBytes + Math.max(0, lengthBytes) > source.sizeBytes)) {
      this.#log.add('track-outside-file', 'damaged', `‘${file.name}’ is too short for the tracks in it; the image is probably cut off.`, {
        path: file.name,
      })
    }
    return { source: new WindowByteSource(source, fromBytes, lengthBytes), isBigEndian }
  }

  #open(file: CueFile): { source: ByteSource; isBigEndian: boolean } {
    const known = this.#bytes.get(file)
    if (known !== undefined) return known
    const opened = this.#opened(file)
    this.#bytes.set(file, opened)
    return opened
  }

  #opened(file: CueFile): { source: ByteSource; isBigEndian: boolean } {
    const source = this.#companions.open(file.name)
    if (source === null) return { source: NOTHING, isBigEndian: false }
    if (file.type === 'BINARY' || file.type === 'MOTOROLA') return { source, isBigEndian: file.type === 'MOTOROLA' }
    const found = samplesIn(source)
    if (found !== null) return { source: found.samples, isBigEndian: found.isBigEndian }
    const message = `‘${file.name}’ (${file.type}) has no CD sound that Isomer reads (WAV, AIFF, FLAC); its tracks are left out.`
    this.#log.add('audio-not-read', 'suspicious', message, { path: file.name })
    return { source: NOTHING, isBigEndian: false }
  }
}

/** Some programs put the gap at the end of the file before. */
function pregapStretch(gap: CueIndex, start: CueIndex): Stretch {
  return { file: gap.file, fromFrames: gap.frames, toFrames: gap.file === start.file ? start.frames : null }
}

/** Where the next track takes over in the same file; null when none does. */
function endOf(start: CueIndex, next: CueTrack | undefined): number | null {
  const first = next?.indexes[0]
  return first !== undefined && first.file === start.file ? first.frames : null
}

function noTracks({ path }: Candidate): Problem {
  return new Problem({
    kind: 'image',
    code: 'no-tracks',
    message: `${path} describes no track.`,
    advice: 'Get it again; open the .bin file itself in the meantime.',
  })
}
