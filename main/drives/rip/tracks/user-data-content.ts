import { TRANSFER_BYTES } from '../../../../shared/limits.ts'
import { alignedBuffer } from '../../../bytes/aligned-buffer.ts'
import type { ByteSource } from '../../../bytes/byte-source.ts'
import type { ExpectedContent } from '../../read-back.ts'

export interface PlacedData {
  /** On the disc. */
  readonly startBytes: number
  readonly source: ByteSource
}

/** Data of several tracks at their places on the disc. */
export class UserDataContent implements ExpectedContent {
  readonly #placed: readonly PlacedData[]
  readonly #buffer = alignedBuffer(TRANSFER_BYTES)

  constructor(placed: readonly PlacedData[]) {
    this.#placed = placed
  }

  isSame(offsetBytes: number, bytes: Uint8Array): boolean {
    const track = this.#placed.findLast(({ startBytes }) => startBytes <= offsetBytes)
    if (track === undefined) return false
    const expected = this.#buffer.subarray(0, bytes.length)
    return track.source.read(offsetBytes - track.startBytes, expected) === expected.length && expected.equals(bytes)
  }
}
