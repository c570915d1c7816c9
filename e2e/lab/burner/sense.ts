/** What the drive says when a command fails (SPC-4, 4.5; codes of MMC-6, annex F). */
export class Sense extends Error {
  readonly key: number
  readonly code: number
  readonly qualifier: number
  /** The block that it is about. */
  readonly lba: number | undefined
  /** Of a long operation, from 0 to 65,535. */
  readonly progress: number | undefined

  constructor(key: number, code: number, qualifier = 0, more: { lba?: number; progress?: number } = {}) {
    super(`sense ${hex(key)}/${hex(code)}/${hex(qualifier)}`)
    this.key = key
    this.code = code
    this.qualifier = qualifier
    this.lba = more.lba
    this.progress = more.progress
  }

  /** `03/0c/00`, as tests write it. */
  static parse(text: string, lba: number): Sense {
    const [key = 0, code = 0, qualifier = 0] = text.split('/').map((part) => Number.parseInt(part, 16))
    return new Sense(key, code, qualifier, { lba })
  }

  /** Fixed format (SPC-4, 4.5.3). */
  get bytes(): Buffer {
    const bytes = Buffer.alloc(18)
    bytes[0] = this.lba === undefined ? 0x70 : 0xf0
    bytes[2] = this.key
    if (this.lba !== undefined) bytes.writeInt32BE(this.lba | 0, 3)
    bytes[7] = 10
    bytes[12] = this.code
    bytes[13] = this.qualifier
    if (this.progress !== undefined) {
      bytes[15] = 0x80
      bytes.writeUInt16BE(this.progress, 16)
    }
    return bytes
  }
}

const hex = (value: number): string => value.toString(16).padStart(2, '0')

export const noSense = (): Sense => new Sense(0, 0)
export const noMedium = (trayIsOpen: boolean): Sense => new Sense(2, 0x3a, trayIsOpen ? 2 : 1)
export const inProgress = (qualifier: number, progress: number): Sense => new Sense(2, 0x04, qualifier, { progress })
export const unreadable = (lba: number): Sense => new Sense(3, 0x11, 0, { lba })
/** Of the blocks behind a track that was written track-at-once. */
export const runOut = (lba: number): Sense => new Sense(3, 0x11, 5, { lba })
export const closingFailed = (): Sense => new Sense(3, 0x72)
export const calibrationFailed = (): Sense => new Sense(3, 0x73, 3)
export const faulty = (): Sense => new Sense(4, 0x44)
/** Media load or eject failed. */
export const ejectFailed = (): Sense => new Sense(4, 0x53)
export const unknownCommand = (): Sense => new Sense(5, 0x20)
export const lbaOutOfRange = (lba?: number): Sense => new Sense(5, 0x21, 0, lba === undefined ? {} : { lba })
/** Sequential media are written where the last writing ended. */
export const invalidWriteAddress = (lba: number): Sense => new Sense(5, 0x21, 2, { lba })
export const invalidField = (): Sense => new Sense(5, 0x24)
export const invalidParameter = (): Sense => new Sense(5, 0x26)
export const sequenceError = (): Sense => new Sense(5, 0x2c)
export const wrongMedium = (qualifier: number): Sense => new Sense(5, 0x30, qualifier)
export const removalPrevented = (): Sense => new Sense(5, 0x53, 2)
export const endOfUserArea = (lba?: number): Sense => new Sense(5, 0x63, 0, lba === undefined ? {} : { lba })
export const wrongTrackMode = (lba: number): Sense => new Sense(5, 0x64, 0, { lba })
export const mediumChanged = (): Sense => new Sense(6, 0x28)
export const writeProtected = (): Sense => new Sense(7, 0x27)
