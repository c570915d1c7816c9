/**
 * TOC files of cdrdao. A track is put together from pieces of files, silence and zeros. Covered: disc type, CATALOG,
 * TRACK with sub-channel mode, FILE, AUDIOFILE, DATAFILE, SILENCE, ZERO, START, PREGAP, INDEX, ISRC, flags, CD_TEXT
 * (passed over but for its being there). Not covered: FIFO.
 */
import { noTrackFlags, type TrackFlags, type TrackMode } from '../../../shared/container.ts'
import { MAX_INDEXES, MAX_TRACK_PIECES, MAX_TRACKS } from '../../../shared/limits.ts'
import type { FindingLog } from '../../bytes/finding-log.ts'
import type { SectorLayout } from '../container.ts'
import { layoutOf, RAW_SECTOR_BYTES } from '../sector-layout.ts'
import { framesOf } from '../sheet-text.ts'

/** A length or place: in sectors as `mm:ss:ff`, in samples or bytes as a plain number. */
export type TocLength = { readonly frames: number } | { readonly units: number }

export interface TocPiece {
  /** Null for silence or zeros. */
  readonly file: string | null
  /** `#` and a number of bytes, before which nothing is read. */
  readonly offsetBytes: number
  readonly start: TocLength | null
  /** Null: to the end of the file. */
  readonly length: TocLength | null
  readonly isAudio: boolean
  readonly isSwapped: boolean
}

export interface TocTrack {
  readonly mode: TrackMode
  readonly layout: SectorLayout
  readonly pieces: TocPiece[]
  /** Where index 1 begins: frames from the beginning of the pieces, or behind so many of them. */
  start: { readonly frames: number } | { readonly pieces: number }
  /** Of silence or zeros that the sheet asks for before the pieces. */
  pregapFrames: number
  readonly indexes: number[]
  flags: TrackFlags
  isrc: string | null
}

export interface TocFile {
  readonly tracks: readonly TocTrack[]
  readonly catalog: string | null
  readonly hasCdText: boolean
}

const MODES: ReadonlyMap<string, readonly [TrackMode, number]> = new Map([
  ['AUDIO', ['audio', RAW_SECTOR_BYTES]],
  ['MODE0', ['mode1', 2336]],
  ['MODE1', ['mode1', 2048]],
  ['MODE1_RAW', ['mode1', RAW_SECTOR_BYTES]],
  ['MODE2', ['mode2', 2336]],
  ['MODE2_RAW', ['mode2', RAW_SECTOR_BYTES]],
  ['MODE2_FORM1', ['mode2', 2048]],
  ['MODE2_FORM2', ['mode2', 2324]],
  ['MODE2_FORM_MIX', ['mode2', 2336]],
])

type Token = { readonly text: string; readonly isQuoted: boolean }

/** Words, texts in quotation marks, braces; what follows `//` is a remark. */
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\/\/[^\r\n]*|"((?:\\.|[^"\\])*)"|([{}])|[^\s{}"]+/g)]
    .filter(([all]) => !all.startsWith('//'))
    .map(([all, quoted]) => ({ text: quoted === undefined ? all : unescaped(quoted), isQuoted: quoted !== undefined }))
}

const unescaped = (text: string): string =>
  Buffer.from(
    text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))).replace(/\\(["\\])/g, '$1'),
  ).toString()

export function parseToc(text: string, log: FindingLog): TocFile {
  const parser = new TocParser(tokensOf(text), log)
  parser.all()
  return { tracks: parser.tracks, catalog: parser.catalog, hasCdText: parser.hasCdText }
}

class TocParser {
  readonly tracks: TocTrack[] = []
  catalog: string | null = null
  hasCdText = false
  readonly #tokens: readonly Token[]
  readonly #log: FindingLog
  #at = 0

  constructor(tokens: readonly Token[], log: FindingLog) {
    this.#tokens = tokens
    this.#log = log
  }

  all(): void {
    while (this.#at < this.#tokens.length) this.#statement(this.#word())
  }

  #statement(word: string): void {
    if (word === 'TRACK') this.#track()
    else if (word === 'CATALOG') this.#catalogNumber()
    else if (word === 'CD_TEXT') this.#passOver()
    else {
      const track = this.tracks.at(-1)
      if (track !== undefined) this.#ofTrack(track, word)
    }
  }

  #ofTrack(track: TocTrack, word: string): void {
    const set = (flag: keyof TrackFlags, value: boolean) => {
      track.flags = { ...track.flags, [flag]: value }
    }
    if (word === 'FILE' || word === 'AUDIOFILE') this.#piece(track, this.#file(true))
    else if (word === 'DATAFILE') this.#piece(track, this.#file(false))
    else if (word === 'SILENCE' || word === 'ZERO') this.#piece(track, this.#blank())
    else if (word === 'PREGAP') track.pregapFrames = this.#frames() ?? 0
    else if (word === 'START') track.start = startOf(this.#frames(), track)
    else if (word === 'INDEX') {
      if (track.indexes.length < MAX_INDEXES) track.indexes.push(this.#frames() ?? 0)
    } else if (word === 'ISRC') track.isrc = this.#word()
    else if (word === 'NO') set(this.#flag(this.#word()), false)
    else if (FLAGS.has(word)) set(this.#flag(word), true)
  }

  #flag(word: string): keyof TrackFlags {
    return FLAGS.get(word) ?? 'serialCopy'
  }

  #track(): void {
    const [mode, sectorBytes] = this.#mode(this.#word())
    const subchannel = this.#peek()
    const subchannelBytes = subchannel === 'RW' || subchannel === 'RW_RAW' ? 96 : 0
    if (subchannelBytes > 0) this.#at++
    if (this.tracks.length === MAX_TRACKS) {
      this.#log.add('too-many-tracks', 'damaged', `The file has more than ${MAX_TRACKS} tracks; the rest was left out.`)
      this.#at = this.#tokens.length
      return
    }
    const layout = layoutOf(mode, sectorBytes, subchannelBytes)
    this.tracks.push({ mode, layout, pieces: [], start: { frames: 0 }, pregapFrames: 0, indexes: [], flags: noTrackFlags, isrc: null })
  }

  #mode(word: string): readonly [TrackMode, number] {
    const known = MODES.get(word)
    if (known !== undefined) return known
    this.#log.add('track-mode-unknown', 'suspicious', `A track is said to be ‘${word}’, which no program writes; it was taken for mode 1.`)
    return ['mode1', RAW_SECTOR_BYTES]
  }

  /** After the name: SWAP, an offset, then start and length of sound or the length of data. */
  #file(isAudio: boolean): TocPiece {
    const file = this.#word()
    const isSwapped = this.#peek() === 'SWAP'
    if (isSwapped) this.#at++
    const offset = /^#(\d+)$/.exec(this.#peek())
    if (offset !== null) this.#at++
    const start = isAudio ? this.#length() : null
    const length = this.#length()
    const isRest = length === null || Object.values(length)[0] === 0
    const piece = { file, offsetBytes: Number(offset?.[1] ?? 0), start, length: isRest ? null : length, isAudio, isSwapped }
    if (!Number.isSafeInteger(piece.offsetBytes))
      this.#log.add('sheet-line-unclear', 'suspicious', `The place in ‘${file}’ makes no sense.`)
    return piece
  }

  #blank(): TocPiece {
    while (MODES.has(this.#peek()) || this.#peek().startsWith('RW')) this.#at++
    return { file: null, offsetBytes: 0, start: null, length: this.#length(), isAudio: true, isSwapped: false }
  }

  #piece(track: TocTrack, piece: TocPiece): void {
    if (track.pieces.length < MAX_TRACK_PIECES) track.pieces.push(piece)
    else this.#log.add('too-many-pieces', 'damaged', `A track is in more than ${MAX_TRACK_PIECES} pieces; the rest was left out.`)
  }

  #catalogNumber(): void {
    const text = this.#peek() === 'TRACK' ? '' : this.#word()
    if (/^\d{13}$/.test(text)) this.catalog = text
    else this.#log.add('catalog-wrong', 'note', 'The catalogue number has not its thirteen digits and was left out.')
  }

  #passOver(): void {
    this.hasCdText = true
    let depth = 0
    do {
      const token = this.#tokens[this.#at++]
      if (token === undefined) return
      if (!token.isQuoted && token.text === '{') depth++
      if (!token.isQuoted && token.text === '}') depth--
    } while (depth > 0)
  }

  #frames(): number | null {
    const length = this.#length()
    return length === null || !('frames' in length) ? null : length.frames
  }

  /** Null when what follows is no length; then it stays there. */
  #length(): TocLength | null {
    const word = this.#peek()
    const frames = framesOf(word)
    const units = /^\d{1,15}$/.test(word) ? Number(word) : null
    if (frames === null && units === null) {
      if (word.includes(':') && !this.#isQuotedNext()) this.#unclear(word)
      return null
    }
    this.#at++
    return frames !== null ? { frames } : { units: units as number }
  }

  /** A time that is none. */
  #unclear(word: string): void {
    this.#log.add('sheet-line-unclear', 'suspicious', `‘${word}’ is no time and was passed over.`)
    this.#at++
  }

  #isQuotedNext(): boolean {
    return this.#tokens[this.#at]?.isQuoted ?? false
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? ''
  }

  #word(): string {
    return this.#tokens[this.#at++]?.text ?? ''
  }
}

const FLAGS: ReadonlyMap<string, keyof TrackFlags> = new Map([
  ['COPY', 'copyPermitted'],
  ['PRE_EMPHASIS', 'preEmphasis'],
  ['FOUR_CHANNEL_AUDIO', 'fourChannels'],
])

/** START without a length: all pieces so far are the gap, however long their files are. */
const startOf = (frames: number | null, { pieces }: TocTrack): TocTrack['start'] =>
  frames === null ? { pieces: pieces.length } : { frames }
