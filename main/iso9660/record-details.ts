/**
 * What a record says that only taking its entry over into another image needs: all dates, the bytes of names. Listings do
 * without.
 */
import { descriptorDate, recordDate } from './date-time.ts'
import { FlaggedEntry, nameFlags, TfEntry, timeFlags } from './system-use.ts'

/** Of one record. Dates are milliseconds since 1970; null when not recorded. */
export interface EntryDetails {
  readonly accessedMs: number | null
  /** Of the last change of attributes. */
  readonly changedMs: number | null
  /** The name in the plain tree without its version: one character for each byte. */
  readonly identifier: string
  readonly hasVersion: boolean
  /** Of Rock Ridge, as recorded; null without one. */
  readonly nameBytes: Buffer | null
  readonly linkBytes: Buffer | null
  /** Not for the eyes of every user (ECMA-119 10.1.6). */
  readonly isHidden: boolean
}

export class RecordDetailsReader {
  accessedMs: number | null = null
  changedMs: number | null = null
  #nameParts: Buffer[] = []

  reset(): void {
    this.accessedMs = null
    this.changedMs = null
    this.#nameParts = []
  }

  get nameBytes(): Buffer | null {
    return this.#nameParts.length === 0 ? null : Buffer.concat(this.#nameParts)
  }

  times(bytes: Buffer, at: number, lengthBytes: number): void {
    if (lengthBytes < TfEntry.sizeBytes) return
    const flags = TfEntry.fields.flags.get(bytes, at)
    const stamp = (flags & timeFlags.longForm) === 0 ? recordDate : descriptorDate
    let from = at + TfEntry.sizeBytes
    for (const flag of [timeFlags.creation, timeFlags.modify, timeFlags.access, timeFlags.attributes]) {
      if ((flags & flag) === 0) continue
      if (from + stamp.sizeBytes > at + lengthBytes) return
      if (flag === timeFlags.access) this.accessedMs = stamp.get(bytes, from)
      if (flag === timeFlags.attributes) this.changedMs = stamp.get(bytes, from)
      from += stamp.sizeBytes
    }
  }

  name(bytes: Buffer, at: number, lengthBytes: number): void {
    const flags = FlaggedEntry.fields.flags.get(bytes, at)
    if ((flags & (nameFlags.current | nameFlags.parent)) === 0)
      this.#nameParts.push(Buffer.from(bytes.subarray(at + FlaggedEntry.sizeBytes, at + lengthBytes)))
  }
}
