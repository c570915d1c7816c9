/**
 * CUE sheets as CDRWIN defined them and as others write them: words in any case, unknown lines passed over. Covered:
 * FILE, TRACK, INDEX, PREGAP, POSTGAP, FLAGS, CATALOG, ISRC, TITLE, PERFORMER, CDTEXTFILE, REM SESSION, and what Redump
 * writes for GD-ROM. Not covered: SONGWRITER and other remarks, which say nothing of where bytes lie.
 */
import { noTrackFlags, type TrackFlags } from '../../../shared/container.ts'
import { MAX_INDEXES, MAX_TRACKS } from '../../../shared/limits.ts'
import type { FindingLog } from '../../bytes/finding-log.ts'
import { framesOf, wordsOf } from '../sheet-text.ts'

export interface CueFile {
  readonly name: string
  /** BINARY, MOTOROLA, WAVE, AIFF … in capitals. */
  readonly type: string
}

export interface CueIndex {
  readonly number: number
  /** In frames from the beginning of its file. */
  readonly frames: number
  readonly file: CueFile
}

export interface CueTrack {
  readonly number: number
  /** `MODE1/2352`, in capitals. */
  readonly mode: string
  readonly session: number
  readonly isHighDensity: boolean
  /** The file that it is the first of; null where another track comes before it there. */
  readonly firstOf: CueFile | null
  readonly indexes: CueIndex[]
  pregapFrames: number
  postgapFrames: number
  flags: TrackFlags
  isrc: string | null
  title: string | null
  performer: string | null
}

export interface CueSheet {
  readonly files: readonly CueFile[]
  readonly tracks: readonly CueTrack[]
  readonly catalog: string | null
  readonly hasCdText: boolean
  readonly isGd: boolean
}

export function parseCueSheet(text: string, log: FindingLog): CueSheet {
  const parser = new CueParser(log)
  for (const { words, line } of wordsOf(text)) parser.take(words, line)
  return parser.sheet()
}

class CueParser {
  readonly #log: FindingLog
  readonly #files: CueFile[] = []
  readonly #tracks: CueTrack[] = []
  #catalog: string | null = null
  #hasCdText = false
  #session = 1
  #isGd = false
  #isHighDensity = false

  constructor(log: FindingLog) {
    this.#log = log
  }

  sheet(): CueSheet {
    return { files: this.#files, tracks: this.#tracks, catalog: this.#catalog, hasCdText: this.#hasCdText, isGd: this.#isGd }
  }

  take([word = '', ...rest]: readonly string[], line: number): void {
    const name = word.toUpperCase()
    if (name === 'FILE') this.#file(rest)
    else if (name === 'TRACK') this.#track(rest, line)
    else if (name === 'INDEX') this.#index(rest, line)
    else if (name === 'REM') this.#remark(rest)
    else if (name === 'CATALOG') this.#catalogNumber(rest[0] ?? '')
    else if (name === 'CDTEXTFILE') this.#hasCdText = true
    else this.#ofTrack(name, rest, line)
  }

  #ofTrack(word: string, rest: readonly string[], line: number): void {
    const track = this.#tracks.at(-1)
    if (word === 'TITLE' || word === 'PERFORMER') this.#hasCdText = true
    if (track === undefined) return
    const frames = () => framesOf(rest[0]) ?? this.#unclear(line)
    if (word === 'PREGAP') track.pregapFrames = frames()
    else if (word === 'POSTGAP') track.postgapFrames = frames()
    else if (word === 'FLAGS') track.flags = flagsOf(rest)
    else if (word === 'ISRC') track.isrc = rest[0] ?? null
    else if (word === 'TITLE') track.title = rest.join(' ')
    else if (word === 'PERFORMER') track.performer = rest.join(' ')
  }

  #catalogNumber(text: string): void {
    if (/^\d{13}$/.test(text)) this.#catalog = text
    else this.#log.add('catalog-wrong', 'note', 'The catalogue number has not its thirteen digits and was left out.')
  }

  /** Without quotation marks, a name with spaces goes up to the last word. */
  #file(words: readonly string[]): void {
    const type = words.length > 1 ? (words.at(-1) as string).toUpperCase() : 'BINARY'
    const name = words.length > 1 ? words.slice(0, -1).join(' ') : (words[0] ?? '')
    this.#files.push({ name, type })
  }

  #track([number, mode = 'AUDIO']: readonly string[], line: number): void {
    if (this.#tracks.length === MAX_TRACKS) {
      this.#log.add('too-many-tracks', 'damaged', `The sheet has more than ${MAX_TRACKS} tracks; the rest was left out.`)
      return
    }
    if (!/^\d{1,2}$/.test(number ?? '')) this.#unclear(line)
    const before = this.#tracks.at(-1)?.number ?? 0
    const said = Number.parseInt(number ?? '', 10)
    this.#tracks.push({
      number: said > before ? said : before + 1,
      mode: mode.toUpperCase(),
      session: this.#session,
      isHighDensity: this.#isHighDensity,
      firstOf: this.#untakenFile(),
      indexes: [],
      pregapFrames: 0,
      postgapFrames: 0,
      flags: noTrackFlags,
      isrc: null,
      title: null,
      performer: null,
    })
  }

  #untakenFile(): CueFile | null {
    const file = this.#files.at(-1) ?? null
    return this.#tracks.some(({ firstOf, indexes }) => firstOf === file || indexes.some((index) => index.file === file)) ? null : file
  }

  #index([number, place]: readonly string[], line: number): void {
    const [track, file, frames] = [this.#tracks.at(-1), this.#files.at(-1), framesOf(place)]
    if (track === undefined || file === undefined || frames === null || track.indexes.length > MAX_INDEXES) {
      this.#unclear(line)
      return
    }
    track.indexes.push({ number: Number.parseInt(number ?? '1', 10) || 0, frames, file })
  }

  #remark(words: readonly string[]): void {
    const [first = '', second = ''] = words.map((word) => word.toUpperCase())
    if (first === 'SESSION' && /^\d+$/.test(second)) this.#session = Math.min(MAX_TRACKS, Math.max(1, Number(second)))
    if (first === 'SINGLE-DENSITY') this.#isGd = true
    if (first === 'HIGH-DENSITY') {
      this.#isGd = true
      this.#isHighDensity = true
      this.#session++
    }
  }

  #unclear(line: number): number {
    this.#log.add('sheet-line-unclear', 'suspicious', `Line ${line} of the sheet makes no sense and was passed over.`, {
      path: `line ${line}`,
    })
    return 0
  }
}

function flagsOf(words: readonly string[]): TrackFlags {
  const flags = new Set(words.map((word) => word.toUpperCase()))
  return { copyPermitted: flags.has('DCP'), preEmphasis: flags.has('PRE'), fourChannels: flags.has('4CH'), serialCopy: flags.has('SCMS') }
}
