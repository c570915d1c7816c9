import type { Drive } from './drive.ts'

/** A command of the drive. */
export interface Command {
  readonly name: string
  /** Answered whatever state the drive is in. */
  readonly isAlwaysAnswered?: boolean
  /** How many bytes of the answer are wanted. */
  readonly allocation?: (cdb: Buffer) => number
  /** Gives the data to send back; throws Sense. */
  run(drive: Drive, cdb: Buffer, data: Buffer | null): Buffer | null | Promise<Buffer | null>
}

export const byteAt =
  (offset: number) =>
  (cdb: Buffer): number =>
    cdb[offset] ?? 0
export const wordAt =
  (offset: number) =>
  (cdb: Buffer): number =>
    cdb.readUInt16BE(offset)
