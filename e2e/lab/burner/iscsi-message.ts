/** Messages of iSCSI (RFC 7143, 11): a header of 48 bytes, then data in multiples of four. */

export const HEADER_BYTES = 48
/** The tag that says that there is none. */
export const NO_TAG = 0xffff_ffff

export const requests = { nop: 0x00, scsi: 0x01, task: 0x02, login: 0x03, text: 0x04, dataOut: 0x05, logout: 0x06 } as const
export const responses = {
  nop: 0x20,
  scsi: 0x21,
  task: 0x22,
  login: 0x23,
  text: 0x24,
  dataIn: 0x25,
  logout: 0x26,
  readyToTransfer: 0x31,
  reject: 0x3f,
} as const
export const FINAL = 0x80
const OPCODE_BITS = 0x3f
const IMMEDIATE = 0x40

export interface Message {
  readonly header: Buffer
  readonly data: Buffer
}

export const opcodeOf = (header: Buffer): number => (header[0] ?? 0) & OPCODE_BITS
export const isImmediate = (header: Buffer): boolean => ((header[0] ?? 0) & IMMEDIATE) !== 0
export const tagOf = (header: Buffer): number => header.readUInt32BE(16)

const padded = (length: number): number => (length + 3) & ~3

/** Puts messages together from what arrives. */
export class MessageReader {
  #pieces: Buffer[] = []
  #length = 0

  /** Takes a piece and gives the messages that are whole with it. */
  take(piece: Buffer): Message[] {
    this.#pieces.push(piece)
    this.#length += piece.length
    const messages: Message[] = []
    for (let message = this.#next(); message !== null; message = this.#next()) messages.push(message)
    return messages
  }

  #next(): Message | null {
    if (this.#length < HEADER_BYTES) return null
    const head = this.#joined(HEADER_BYTES)
    const dataStart = HEADER_BYTES + (head[4] ?? 0) * 4 // additional headers
    const dataBytes = head.readUIntBE(5, 3)
    const total = dataStart + padded(dataBytes)
    if (this.#length < total) return null
    const all = this.#joined(total)
    this.#pieces = all.length > total ? [all.subarray(total)] : []
    this.#length -= total
    return { header: all.subarray(0, HEADER_BYTES), data: all.subarray(dataStart, dataStart + dataBytes) }
  }

  /** One buffer with at least so many bytes. */
  #joined(bytes: number): Buffer {
    const [first] = this.#pieces
    if (first !== undefined && first.length >= bytes) return first
    const all = Buffer.concat(this.#pieces)
    this.#pieces = [all]
    return all
  }
}

/** The header of an answer to a request: its kind, flags, and the same unit and tag. */
export function answerTo(request: Buffer, opcode: number, flags = FINAL): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header[0] = opcode
  header[1] = flags
  request.copy(header, 16, 16, 20)
  return header
}

/** Header and data as they are sent. */
export function encode(header: Buffer, data: Buffer): Buffer {
  header.writeUIntBE(data.length, 5, 3)
  return Buffer.concat([header, data, Buffer.alloc(padded(data.length) - data.length)])
}

/** Texts of login and discovery: `Key=Value` and a zero, over and over (RFC 7143, 6.1). */
export function parseKeys(data: Buffer): Map<string, string> {
  const pairs = data
    .toString('latin1')
    .split('\0')
    .filter((pair) => pair.includes('='))
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

export const formatKeys = (keys: Iterable<readonly [string, string]>): Buffer =>
  Buffer.from([...keys].map(([key, value]) => `${key}=${value}\0`).join(''), 'latin1')
