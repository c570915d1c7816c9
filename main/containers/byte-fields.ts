/** Reads fields one after another from bytes that may end too early: then there are zeros, and `isOver` says so. */
export class FieldReader {
  readonly #bytes: Buffer
  at: number
  isOver = false

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  uint8(): number {
    return this.#take(1)?.readUInt8() ?? 0
  }

  uint16LE(): number {
    return this.#take(2)?.readUInt16LE() ?? 0
  }

  uint32LE(): number {
    return this.#take(4)?.readUInt32LE() ?? 0
  }

  int32LE(): number {
    return this.#take(4)?.readInt32LE() ?? 0
  }

  uint16BE(): number {
    return this.#take(2)?.readUInt16BE() ?? 0
  }

  uint32BE(): number {
    return this.#take(4)?.readUInt32BE() ?? 0
  }

  /** Beyond what numbers hold exactly it is no place in a file; then it is beyond every file. */
  uint64LE(): number {
    return Number(this.#take(8)?.readBigUInt64LE() ?? 0n)
  }

  uint64BE(): number {
    return Number(this.#take(8)?.readBigUInt64BE() ?? 0n)
  }

  bytes(length: number): Buffer {
    return this.#take(length) ?? Buffer.alloc(0)
  }

  skip(length: number): void {
    this.#take(length)
  }

  #take(length: number): Buffer | null {
    const part = this.#bytes.subarray(this.at, this.at + length)
    this.at += length
    if (this.at < 0 || part.length < length) {
      this.isOver = true
      return null
    }
    return part
  }
}

/** A number in binary-coded decimal; what is none counts as it is. */
export const fromBcd = (byte: number): number => ((byte & 15) > 9 || byte >> 4 > 9 ? byte : (byte >> 4) * 10 + (byte & 15))

/** Text of a fixed field, up to its first zero, without spaces at its end; null when there is none. */
export function textField(bytes: Buffer): string | null {
  const end = bytes.indexOf(0)
  const text = bytes.toString('latin1', 0, end === -1 ? bytes.length : end).trim()
  return text === '' ? null : text
}
