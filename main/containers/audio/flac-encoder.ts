/**
 * FLAC of CD sound (RFC 9639): frames of 4096 samples, the better of left/right and mid/side, fixed predictors of order
 * 0 to 4, Rice codes in partitions. Not covered: linear prediction of higher orders, which saves a few percent more.
 */
import { BitWriter } from './bit-writer.ts'

export const BLOCK_SAMPLES = 4096
const CHANNELS = 2
const MOST_ORDER = 4
const MOST_PARTITION_ORDER = 6
const MOST_RICE = 14
/** Worst case: both channels as they are, one with 17 bits. */
const MOST_FRAME_BYTES = BLOCK_SAMPLES * 5 + 64

/** RFC 9639 8.1 and 8.2: the mark, and the one block of metadata that must be there. */
export function flacHead(sampleCount: number, md5: Buffer): Buffer {
  const head = Buffer.alloc(42)
  head.write('fLaC', 0, 'latin1')
  head.writeUInt8(0x80, 4) // the last block, of kind 0
  head.writeUIntBE(34, 5, 3)
  head.writeUInt16BE(BLOCK_SAMPLES, 8)
  head.writeUInt16BE(BLOCK_SAMPLES, 10)
  // Lengths of frames stay unknown (0); then 20 bits of rate, 3 of channels, 5 of bits a sample, 36 of samples.
  const rest = (44_100n << 44n) | (BigInt(CHANNELS - 1) << 41n) | (15n << 36n) | BigInt(sampleCount)
  head.writeBigUInt64BE(rest, 18)
  md5.copy(head, 26)
  return head
}

const CRC_8 = table(0x07, 8)
const CRC_16 = table(0x8005, 16)

function table(polynomial: number, bits: 8 | 16): Uint16Array {
  const top = 1 << (bits - 1)
  const mask = 2 ** bits - 1
  return new Uint16Array(256).map((_, byte) => {
    let crc = byte << (bits - 8)
    for (let i = 0; i < 8; i++) crc = ((crc << 1) ^ ((crc & top) !== 0 ? polynomial : 0)) & mask
    return crc
  })
}

export class FlacEncoder {
  readonly #bits = new BitWriter(MOST_FRAME_BYTES)
  readonly #left = new Int32Array(BLOCK_SAMPLES)
  readonly #right = new Int32Array(BLOCK_SAMPLES)
  readonly #mid = new Int32Array(BLOCK_SAMPLES)
  readonly #side = new Int32Array(BLOCK_SAMPLES)
  readonly #residual = new Int32Array(BLOCK_SAMPLES)
  #frame = 0

  /** The next frame, of at most BLOCK_SAMPLES; only the last of a file may be shorter. The bytes are good until the next call. */
  encode(samples: Buffer): Uint8Array {
    const count = samples.length / 4
    for (let i = 0; i < count; i++) {
      const [left, right] = [samples.readInt16LE(i * 4), samples.readInt16LE(i * 4 + 2)]
      this.#left[i] = left
      this.#right[i] = right
      this.#mid[i] = (left + right) >> 1
      this.#side[i] = left - right
    }
    const isMid = cost(this.#mid, count) + cost(this.#side, count) < cost(this.#left, count) + cost(this.#right, count)
    this.#bits.clear()
    this.#header(count, isMid)
    this.#subframe(isMid ? this.#mid : this.#left, count, 16)
    this.#subframe(isMid ? this.#side : this.#right, count, isMid ? 17 : 16)
    this.#bits.toWholeByte()
    this.#bits.bits(crc16(this.#bits.written), 16)
    this.#frame++
    return this.#bits.written
  }

  /** RFC 9639 9.1. */
  #header(count: number, isMid: boolean): void {
    const bits = this.#bits
    bits.bits(0xfff8, 16)
    bits.bits(count === BLOCK_SAMPLES ? 0b1100 : 0b0111, 4)
    bits.bits(0b1001, 4) // 44.1 kHz
    bits.bits(isMid ? 0b1010 : 0b0001, 4)
    bits.bits(0b1000, 4) // 16 bits, and one that is kept free
    for (const byte of numberBytes(this.#frame)) bits.bits(byte, 8)
    if (count !== BLOCK_SAMPLES) bits.bits(count - 1, 16)
    bits.bits(crc8(bits.written), 8)
  }

  /** RFC 9639 9.2: a constant, fixed prediction, or as it is where nothing is gained. */
  #subframe(samples: Int32Array, count: number, width: number): void {
    const bits = this.#bits
    const first = samples[0] as number
    if (samples.subarray(0, count).every((sample) => sample === first)) {
      bits.bits(0, 8)
      bits.signed(first, width)
      return
    }
    const order = bestOrder(samples, count)
    const residual = predict(samples, count, order, this.#residual)
    const plan = ricePlan(residual, count, order)
    if (plan.bits + order * width >= count * width) {
      bits.bits(0b00000010, 8)
      for (let i = 0; i < count; i++) bits.signed(samples[i] as number, width)
      return
    }
    bits.bits((0b001000 | order) << 1, 8)
    for (let i = 0; i < order; i++) bits.signed(samples[i] as number, width)
    writeResidual(bits, residual, count, order, plan)
  }
}

/** How much a channel takes, roughly: the sizes of its second differences. */
function cost(samples: Int32Array, count: number): number {
  let sum = 0
  for (let i = 2; i < count; i++) sum += Math.abs((samples[i] as number) - 2 * (samples[i - 1] as number) + (samples[i - 2] as number))
  return sum
}

/** The fixed predictor that leaves least, told by going from differences to differences. */
function bestOrder(samples: Int32Array, count: number): number {
  if (count <= MOST_ORDER) return 0
  const sums = [0, 0, 0, 0, 0]
  let [d1, d2, d3, d4] = [0, 0, 0, 0]
  let last = 0
  for (let i = 0; i < count; i++) {
    const d0 = samples[i] as number
    const n1 = d0 - last
    const n2 = n1 - d1
    const n3 = n2 - d2
    d4 = n3 - d3
    if (i >= MOST_ORDER) {
      sums[0] = (sums[0] as number) + Math.abs(d0)
      sums[1] = (sums[1] as number) + Math.abs(n1)
      sums[2] = (sums[2] as number) + Math.abs(n2)
      sums[3] = (sums[3] as number) + Math.abs(n3)
      sums[4] = (sums[4] as number) + Math.abs(d4)
    }
    d1 = n1
    d2 = n2
    d3 = n3
    last = d0
  }
  return sums.indexOf(Math.min(...sums))
}

/** RFC 9639 9.2.5: what the predictor of an order leaves; from index `order` on. */
function predict(samples: Int32Array, count: number, order: number, out: Int32Array): Int32Array {
  const at = (i: number) => samples[i] as number
  for (let i = order; i < count; i++) {
    if (order === 0) out[i] = at(i)
    else if (order === 1) out[i] = at(i) - at(i - 1)
    else if (order === 2) out[i] = at(i) - 2 * at(i - 1) + at(i - 2)
    else if (order === 3) out[i] = at(i) - 3 * at(i - 1) + 3 * at(i - 2) - at(i - 3)
    else out[i] = at(i) - 4 * at(i - 1) + 6 * at(i - 2) - 4 * at(i - 3) + at(i - 4)
  }
  return out
}

interface RicePlan {
  readonly partitionOrder: number
  readonly parameters: readonly number[]
  readonly bits: number
}

/** Signs folded in: 0, -1, 1, -2 … */
const folded = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)

/** The partitioning that takes least (RFC 9639 9.2.7). */
function ricePlan(residual: Int32Array, count: number, order: number): RicePlan {
  let most = MOST_PARTITION_ORDER
  while (most > 0 && (count % 2 ** most !== 0 || count / 2 ** most <= order)) most--
  const sums: number[] = []
  const length = count / 2 ** most
  for (let partition = 0; partition < 2 ** most; partition++) {
    let sum = 0
    for (let i = Math.max(order, partition * length); i < (partition + 1) * length; i++) sum += folded(residual[i] as number)
    sums.push(sum)
  }
  let best: RicePlan | null = null
  for (let partitionOrder = most; partitionOrder >= 0; partitionOrder--) {
    const plan = planOf(sums, partitionOrder, count, order)
    if (best === null || plan.bits < best.bits) best = plan
    for (let i = 0; i < sums.length / 2; i++) sums[i] = (sums[2 * i] as number) + (sums[2 * i + 1] as number)
    sums.length = Math.max(1, sums.length / 2)
  }
  return best as RicePlan
}

function planOf(sums: readonly number[], partitionOrder: number, count: number, order: number): RicePlan {
  const length = count / 2 ** partitionOrder
  const parameters: number[] = []
  let bits = 6
  for (let partition = 0; partition < 2 ** partitionOrder; partition++) {
    const values = partition === 0 ? length - order : length
    const sum = sums[partition] as number
    const parameter = Math.min(MOST_RICE, Math.max(0, Math.floor(Math.log2(sum / Math.max(1, values) + 1))))
    parameters.push(parameter)
    // Each value: its low bits, a one, and about as many zeros as what is left says.
    bits += 4 + values * (parameter + 1) + Math.floor(sum / 2 ** parameter)
  }
  return { partitionOrder, parameters, bits }
}

function writeResidual(bits: BitWriter, residual: Int32Array, count: number, order: number, plan: RicePlan): void {
  const { partitionOrder, parameters } = plan
  bits.bits(0, 2)
  bits.bits(partitionOrder, 4)
  const length = count / 2 ** partitionOrder
  for (const [partition, parameter] of parameters.entries()) {
    bits.bits(parameter, 4)
    for (let i = Math.max(order, partition * length); i < (partition + 1) * length; i++) {
      const value = folded(residual[i] as number)
      bits.unary(Math.floor(value / 2 ** parameter))
      if (parameter > 0) bits.bits(value & (2 ** parameter - 1), parameter)
    }
  }
}

/** As UTF-8 would have it, up to 31 bits. */
function numberBytes(value: number): number[] {
  if (value < 0x80) return [value]
  const bytes: number[] = []
  let left = value
  let most = 0x3f
  while (left > most) {
    bytes.unshift(0x80 | (left & 0x3f))
    left = Math.floor(left / 64)
    most >>= 1
  }
  return [((~most << 1) & 0xff) | left, ...bytes]
}

function crc8(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = CRC_8[crc ^ byte] as number
  return crc
}

function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (CRC_16[(crc >> 8) ^ byte] as number)
  return crc
}
