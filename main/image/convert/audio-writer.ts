/** Tracks of sound as files, WAV or FLAC, with a CUE sheet that tells how they stood on the disc. */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { Problem } from '../../../shared/problem.ts'
import { type ByteSource, WindowByteSource } from '../../bytes/byte-source.ts'
import { BLOCK_SAMPLES, FlacEncoder, flacHead } from '../../containers/audio/flac-encoder.ts'
import { FlacSource } from '../../containers/audio/flac-source.ts'
import { WAVE_HEAD_BYTES, waveHead } from '../../containers/audio/wave-head.ts'
import type { Track } from '../../containers/container.ts'
import { type Piece, PiecesSource } from '../../containers/pieces-source.ts'
import { wholeGap, wholeSectors } from '../../containers/whole-sectors.ts'
import type { ConvertSource } from './convert-source.ts'
import { cueText } from './cue-text.ts'
import { besideName, textFile } from './described-files.ts'
import type { ImageWriter, OutputStream, PlannedFile } from './image-writer.ts'
import { lossesBesideSound } from './losses.ts'

/** Of two channels with 16 bits. */
const SAMPLE_BYTES = 4
const BLOCK_BYTES = BLOCK_SAMPLES * SAMPLE_BYTES
const MD5_PART_BYTES = 4 * 2 ** 20

interface SoundFormat {
  readonly extension: '.wav' | '.flac'
  readonly file: (path: string, content: ByteSource) => PlannedFile
}

export const wavWriter = soundWriter('wav', 'WAV files', {
  extension: '.wav',
  file: (path, content) => ({
    path,
    sizeBytes: content.sizeBytes + WAVE_HEAD_BYTES,
    content,
    write: async (pieces, out) => {
      out.append(waveHead(content.sizeBytes))
      for await (const piece of pieces) out.append(piece)
    },
    reopen: (written) => new WindowByteSource(written, WAVE_HEAD_BYTES, content.sizeBytes),
  }),
})

export const flacWriter = soundWriter('flac', 'FLAC files', {
  extension: '.flac',
  file: (path, content) => ({
    path,
    // Noise does not get smaller, and each block has a head.
    sizeBytes: Math.ceil(content.sizeBytes * 1.01) + 1000,
    content,
    write: (pieces, out) => writeFlac(pieces, content, out),
    reopen: (written) => FlacSource.of(written) ?? written,
  }),
})

function soundWriter(format: string, title: string, sound: SoundFormat): ImageWriter {
  return {
    format,
    title,
    extension: sound.extension,
    isOfSound: true,
    losses: lossesBesideSound,
    plan: (source, outPath) => {
      const tracks = source.sound
      if (tracks.length === 0) throw noSound(source)
      // One track that was asked for is one file, and needs no description.
      if (source.wanted !== null) return [sound.file(outPath, trackSound(tracks[0] as Track, tracks[0] === source.disc.tracks[0]).content)]
      // What is missing is said; a file without a sound would only seem to be there.
      const there = tracks.filter(({ lengthSectors }) => lengthSectors > 0)
      return describedTracks(source, there, outPath, sound)
    },
  }
}

function describedTracks({ disc }: ConvertSource, tracks: readonly Track[], outPath: string, sound: SoundFormat): PlannedFile[] {
  const files: PlannedFile[] = []
  const sheet = tracks.map((track) => {
    const path = besideName(outPath, ` ${String(track.number).padStart(2, '0')}${sound.extension}`)
    const { content, gapFrames, silentFrames } = trackSound(track, track === disc.tracks[0])
    files.push(sound.file(path, content))
    // Both are sound files; programs know the word WAVE for any of them.
    const file = { name: basename(path), type: 'WAVE' as const }
    return { track, mode: 'AUDIO', file, gapFrames: gapFrames === 0 ? null : 0, startFrames: gapFrames, silentFrames }
  })
  return [...files, textFile(besideName(outPath, '.cue'), cueText(disc, sheet))]
}

/** A track with the gap before it, as far as it is stored. */
function trackSound(track: Track, isFirst: boolean): { content: ByteSource; gapFrames: number; silentFrames: number } {
  const { stored, storedSectors: gapFrames, silentSectors: silentFrames } = wholeGap(track, isFirst)
  const rest = wholeSamples(wholeSectors(track))
  if (stored === null) return { content: rest, gapFrames, silentFrames }
  const pieces = [stored, rest].map((source): Piece => ({ source, offsetBytes: 0, lengthBytes: source.sizeBytes }))
  return { content: new PiecesSource(pieces), gapFrames, silentFrames }
}

/** A track that is cut off may end within a sample. */
const wholeSamples = (sound: ByteSource): ByteSource =>
  sound.sizeBytes % SAMPLE_BYTES === 0 ? sound : new WindowByteSource(sound, 0, sound.sizeBytes - (sound.sizeBytes % SAMPLE_BYTES))

/** The head has the MD5 of all samples, so they are read once more before. */
async function writeFlac(pieces: AsyncIterable<Uint8Array>, content: ByteSource, out: OutputStream): Promise<void> {
  const sampleCount = Math.floor(content.sizeBytes / SAMPLE_BYTES)
  out.append(flacHead(sampleCount, md5Of(content)))
  const encoder = new FlacEncoder()
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    held = Buffer.concat([held, piece])
    let at = 0
    for (; at + BLOCK_BYTES <= held.length; at += BLOCK_BYTES) out.append(encoder.encode(held.subarray(at, at + BLOCK_BYTES)))
    held = held.subarray(at)
  }
  const rest = held.subarray(0, held.length - (held.length % SAMPLE_BYTES))
  if (rest.length > 0) out.append(encoder.encode(rest))
}

function md5Of(content: ByteSource): Buffer {
  const md5 = createHash('md5')
  const part = Buffer.allocUnsafe(MD5_PART_BYTES)
  const whole = content.sizeBytes - (content.sizeBytes % SAMPLE_BYTES)
  for (let at = 0; at < whole; ) {
    const got = content.read(at, part.subarray(0, Math.min(part.length, whole - at)))
    if (got === 0) break
    md5.update(part.subarray(0, got))
    at += got
  }
  return md5.digest()
}

function noSound({ path }: ConvertSource): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-sound',
    message: `${path} has no track of sound to make files of.`,
    advice: 'isomer info lists its tracks.',
  })
}
