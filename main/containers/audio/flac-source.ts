/**
 * The samples of a FLAC file of CD sound. Frames have no lengths: each is found by expanding the one before, and
 * remembered. Reading on is fast, a jump far ahead takes what expanding up to there takes.
 */
import { type ByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { expandFlac } from '../codecs/flac-frames.ts'

const MARK_BYTES = 4
const BLOCK_HEAD_BYTES = 4
const MAX_BLOCKS = 1000
const SAMPLE_BYTES = 4
/** The longest frame: 65,535 samples as they are, one channel with 17 bits, and its head. */
const MOST_BLOCK_SAMPLES = 65_535

interface StreamFacts {
  readonly blockSamples: number
  readonly sampleCount: number
  readonly framesAt: number
}

export class FlacSource implements ByteSource {
  readonly sizeBytes: number
  readonly #file: ByteSource
  readonly #facts: StreamFacts
  /** Where each frame that was met begins in the file; the last entry is where the next one will. */
  readonly #places: number[]
  readonly #packed: Buffer
  readonly #block: Buffer
  #heldFrame = -1

  private constructor(file: ByteSource, facts: StreamFacts) {
    this.#file = file
    this.#facts = facts
    this.#places = [facts.framesAt]
    this.sizeBytes = facts.sampleCount * SAMPLE_BYTES
    this.#packed = Buffer.allocUnsafe(facts.blockSamples * 5 + 64)
    this.#block = Buffer.allocUnsafe(facts.blockSamples * SAMPLE_BYTES)
  }

  /** Null for anything but two channels of 16 bits, 44,100 a second, in blocks of one length. */
  static of(file: ByteSource): FlacSource | null {
    const facts = streamFacts(file)
    return facts === null ? null : new FlacSource(file, facts)
  }

  /** Throws an `image` Problem where a frame is damaged. */
  read(offsetBytes: number, target: Uint8Array): number {
    const wanted = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    const blockBytes = this.#block.length
    let done = 0
    while (done < wanted) {
      const frame = Math.floor((offsetBytes + done) / blockBytes)
      const within = (offsetBytes + done) % blockBytes
      const held = this.#hold(frame)
      const part = held.subarray(within, within + wanted - done)
      if (part.length === 0) return done
      target.set(part, done)
      done += part.length
    }
    return done
  }

  close(): void {}

  #hold(frame: number): Buffer {
    const samples = Math.min(this.#facts.blockSamples, this.#facts.sampleCount - frame * this.#facts.blockSamples)
    const block = this.#block.subarray(0, samples * SAMPLE_BYTES)
    if (this.#heldFrame === frame) return block
    for (let next = Math.min(frame, this.#places.length - 1); next <= frame; next++) {
      this.#heldFrame = -1
      const at = this.#places[next] as number
      const got = this.#file.read(at, this.#packed)
      const whole = next < frame ? this.#block : block
      const used = expandFlac(this.#packed.subarray(0, got), whole, false)
      if (next === this.#places.length - 1) this.#places.push(at + used)
    }
    this.#heldFrame = frame
    return block
  }
}

/** RFC 9639 8: blocks of metadata, of which the first tells what the sound is. */
function streamFacts(file: ByteSource): StreamFacts | null {
  const head = readUpTo(file, 0, 42)
  if (head.length < 42 || head.toString('latin1', 0, MARK_BYTES) !== 'fLaC') return null
  const [least, most] = [head.readUInt16BE(8), head.readUInt16BE(10)]
  const rest = head.readBigUInt64BE(18)
  const isCd = rest >> 44n === 44_100n && ((rest >> 41n) & 7n) === 1n && ((rest >> 36n) & 31n) === 15n
  const sampleCount = Number(rest & 0xf_ffff_ffffn)
  // The last block may be shorter; some encoders count it, so the largest is the length of the others.
  if (!isCd || sampleCount === 0 || least === 0 || most > MOST_BLOCK_SAMPLES || (least !== most && sampleCount > most)) return null
  let at = MARK_BYTES
  for (let i = 0; i < MAX_BLOCKS; i++) {
    const block = readUpTo(file, at, BLOCK_HEAD_BYTES)
    if (block.length < BLOCK_HEAD_BYTES) return null
    at += BLOCK_HEAD_BYTES + block.readUIntBE(1, 3)
    if ((block.readUInt8() & 0x80) !== 0) return { blockSamples: most, sampleCount, framesAt: at }
  }
  return null
}
