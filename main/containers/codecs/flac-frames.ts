/** Expands frames of FLAC (RFC 9639 9) with two channels of 16 bits, without what stands before them in a file. */
import { packedDamage } from '../packed-problem.ts'
import { FlacBits } from './flac-bits.ts'

const SYNC = 0x3ffe
const CHANNELS = 2
const SAMPLE_BITS = 16
/** Codes of stereo whose second, first or second channel is the difference. */
const LEFT_SIDE = 8
const SIDE_RIGHT = 9
const MID_SIDE = 10
const STEREO = 1
const CONSTANT = 0
const VERBATIM = 1
const FIXED = 8
const LINEAR = 32
const FIXED_COEFFICIENTS = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]] as const

/** Fills `out` with samples of 16 bits, left and right by turns. Gives how many bytes of `packed` that took. */
export function expandFlac(packed: Uint8Array, out: Uint8Array, isBigEndian: boolean): number {
  const bits = new FlacBits(packed)
  const samples = new DataView(out.buffer, out.byteOffset, out.byteLength)
  const total = out.length / (CHANNELS * 2)
  for (let done = 0; done < total; ) {
    const [left, right] = readFrame(bits, total - done)
    for (let i = 0; i < left.length; i++) {
      samples.setInt16((done + i) * 4, left[i] as number, !isBigEndian)
      samples.setInt16((done + i) * 4 + 2, right[i] as number, !isBigEndian)
    }
    done += left.length
  }
  return bits.byteOffset
}

type Channels = readonly [Int32Array, Int32Array]

function readFrame(bits: FlacBits, mostSamples: number): Channels {
  if (bits.bits(14) !== SYNC) throw packedDamage('a frame of sound does not begin as it must')
  bits.bits(2)
  const sizeCode = bits.bits(4)
  const rateCode = bits.bits(4)
  const assignment = bits.bits(4)
  bits.bits(4) // sample size, which is known
  bits.skipNumber()
  const samples = blockSamples(bits, sizeCode)
  if (rateCode >= 12) bits.bits(rateCode === 12 ? 8 : 16)
  bits.bits(8) // sum of the header; the hunk has one of all
  const isKnown = assignment === STEREO || (assignment >= LEFT_SIDE && assignment <= MID_SIDE)
  if (!isKnown || samples === 0 || samples > mostSamples) throw packedDamage('a frame of sound is wrong')
  const first = readChannel(bits, samples, SAMPLE_BITS + (assignment === SIDE_RIGHT ? 1 : 0))
  const second = readChannel(bits, samples, SAMPLE_BITS + (assignment === LEFT_SIDE || assignment === MID_SIDE ? 1 : 0))
  bits.alignToByte()
  bits.bits(16)
  return together(first, second, assignment)
}

/** RFC 9639 9.1.1. */
function blockSamples(bits: FlacBits, code: number): number {
  if (code === 1) return 192
  if (code <= 5) return code === 0 ? 0 : 576 * 2 ** (code - 2)
  if (code === 6) return bits.bits(8) + 1
  if (code === 7) return bits.bits(16) + 1
  return 256 * 2 ** (code - 8)
}

function together(first: Int32Array, second: Int32Array, assignment: number): Channels {
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] as number, second[i] as number]
    if (assignment === LEFT_SIDE) second[i] = a - b
    else if (assignment === SIDE_RIGHT) first[i] = a + b
    else if (assignment === MID_SIDE) {
      const mid = a * 2 + (b & 1)
      first[i] = (mid + b) >> 1
      second[i] = (mid - b) >> 1
    }
  }
  return [first, second]
}

/** RFC 9639 9.2. */
function readChannel(bits: FlacBits, samples: number, sampleBits: number): Int32Array {
  if (bits.bits(1) !== 0) throw packedDamage('a frame of sound is wrong')
  const kind = bits.bits(6)
  const wasted = bits.bits(1) === 1 ? bits.unary() + 1 : 0
  const width = sampleBits - wasted
  if (width < 1) throw packedDamage('a frame of sound is wrong')
  const out = new Int32Array(samples)
  if (kind === CONSTANT) out.fill(bits.signed(width))
  else if (kind === VERBATIM) for (let i = 0; i < samples; i++) out[i] = bits.signed(width)
  else if (kind >= FIXED && kind <= FIXED + 4) predict(bits, out, width, FIXED_COEFFICIENTS[kind - FIXED] as readonly number[], 0)
  else if (kind >= LINEAR) readLinear(bits, out, width, kind - LINEAR + 1)
  else throw packedDamage('a frame of sound is wrong')
  if (wasted > 0) for (let i = 0; i < samples; i++) out[i] = (out[i] as number) << wasted
  return out
}

function readLinear(bits: FlacBits, out: Int32Array, width: number, order: number): void {
  if (order > out.length) throw packedDamage('a frame of sound is wrong')
  for (let i = 0; i < order; i++) out[i] = bits.signed(width)
  const precision = bits.bits(4) + 1
  const shift = bits.signed(5)
  if (precision === 16 || shift < 0) throw packedDamage('a frame of sound is wrong')
  const coefficients = Array.from({ length: order }, () => bits.signed(precision))
  addResiduals(bits, out, coefficients, shift)
}

function predict(bits: FlacBits, out: Int32Array, width: number, coefficients: readonly number[], shift: number): void {
  if (coefficients.length > out.length) throw packedDamage('a frame of sound is wrong')
  for (let i = 0; i < coefficients.length; i++) out[i] = bits.signed(width)
  addResiduals(bits, out, coefficients, shift)
}

/** What differs from what is predicted, in partitions that each have a parameter of their own (RFC 9639 9.2.7). */
function addResiduals(bits: FlacBits, out: Int32Array, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length
  const parameterBits = [4, 5][bits.bits(2)]
  const partitions = 2 ** bits.bits(4)
  const length = out.length / partitions
  if (parameterBits === undefined || !Number.isInteger(length) || length < order) throw packedDamage('a frame of sound is wrong')
  const rawMark = 2 ** parameterBits - 1
  const scale = 2 ** -shift
  for (let partition = 0, i = order; partition < partitions; partition++) {
    const parameter = bits.bits(parameterBits)
    const rawBits = parameter === rawMark ? bits.bits(5) : null
    for (const end = (partition + 1) * length; i < end; i++) {
      let predicted = 0
      for (let j = 0; j < order; j++) predicted += (coefficients[j] as number) * (out[i - 1 - j] as number)
      out[i] = Math.floor(predicted * scale) + (rawBits === null ? bits.rice(parameter) : bits.signed(rawBits))
    }
    if (bits.isOverrun) throw packedDamage('a frame of sound is cut off')
  }
}
