/** Samples in a sound file beside a sheet: CD sound as RIFF WAVE, AIFF or FLAC. */
import { type ByteSource, readUpTo, WindowByteSource } from '../../bytes/byte-source.ts'
import { FlacSource } from './flac-source.ts'

export interface FoundSamples {
  readonly samples: ByteSource
  readonly isBigEndian: boolean
}

/** Chunks looked at before the samples; players' own chunks are a handful. */
const MAX_CHUNKS = 1000
const CHUNK_HEAD_BYTES = 8
/** Of AIFF, before the samples in their chunk: offset and block size. */
const SOUND_HEAD_BYTES = 8

/** Null for anything else: other formats, other rates, compressed samples. */
export function samplesIn(file: ByteSource): FoundSamples | null {
  const head = readUpTo(file, 0, 12).toString('latin1')
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return waveSamples(file)
  if (head.startsWith('FORM') && head.endsWith('AIFF')) return aiffSamples(file)
  const flac = FlacSource.of(file)
  return flac === null ? null : { samples: flac, isBigEndian: false }
}

interface Chunk {
  readonly id: string
  readonly at: number
  readonly lengthBytes: number
}

function* chunksOf(file: ByteSource, isBigEndian: boolean): Generator<Chunk> {
  let at = 12
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = readUpTo(file, at, CHUNK_HEAD_BYTES)
    if (head.length < CHUNK_HEAD_BYTES) return
    const lengthBytes = isBigEndian ? head.readUInt32BE(4) : head.readUInt32LE(4)
    yield { id: head.toString('latin1', 0, 4), at: at + CHUNK_HEAD_BYTES, lengthBytes }
    at += CHUNK_HEAD_BYTES + lengthBytes + (lengthBytes % 2)
  }
}

function waveSamples(file: ByteSource): FoundSamples | null {
  let isCd = false
  for (const { id, at, lengthBytes } of chunksOf(file, false)) {
    if (id === 'fmt ') {
      const format = readUpTo(file, at, 16)
      if (format.length < 16) return null
      const [channels, rate, bits] = [format.readUInt16LE(2), format.readUInt32LE(4), format.readUInt16LE(14)]
      isCd = channels === 2 && rate === 44_100 && bits === 16 && [1, 0xfffe].includes(format.readUInt16LE(0))
    }
    // A recorder that was stopped leaves no length: then the samples go to the end.
    if (id === 'data') return isCd ? { samples: new WindowByteSource(file, at, lengthBytes || file.sizeBytes), isBigEndian: false } : null
  }
  return null
}

function aiffSamples(file: ByteSource): FoundSamples | null {
  let isCd = false
  for (const { id, at, lengthBytes } of chunksOf(file, true)) {
    if (id === 'COMM') {
      const format = readUpTo(file, at, 18)
      // The rate is an 80-bit number; this is 44,100.
      isCd = format.length === 18 && format.readUInt16BE(0) === 2 && format.readUInt16BE(6) === 16 && format.readUInt32BE(8) === 0x400eac44
    }
    if (id === 'SSND') {
      const offset = readUpTo(file, at, 4)
      if (!isCd || offset.length < 4) return null
      const skipped = SOUND_HEAD_BYTES + offset.readUInt32BE(0)
      return { samples: new WindowByteSource(file, at + skipped, lengthBytes - skipped), isBigEndian: true }
    }
  }
  return null
}
