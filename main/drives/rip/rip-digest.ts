import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'

/** SHA-256 of an image while it is read: what comes in order is hashed at once, the rest from the file at the end. */
export class RipDigest {
  readonly #hash = createHash('sha256')
  #hashedBytes = 0

  /** Told of every piece that is written; a piece that was hashed must not be written again with other bytes. */
  take(offsetBytes: number, bytes: Uint8Array): void {
    if (offsetBytes !== this.#hashedBytes) return
    this.#hash.update(bytes)
    this.#hashedBytes += bytes.length
  }

  /** The digest of the file up to `lengthBytes`, in hexadecimal. */
  async finish(fd: number, lengthBytes: number, control: Pick<JobControl, 'checkpoint'>): Promise<string> {
    const buffer = alignedBuffer(TRANSFER_BYTES)
    while (this.#hashedBytes < lengthBytes) {
      const wanted = buffer.subarray(0, Math.min(buffer.length, lengthBytes - this.#hashedBytes))
      const got = readSync(fd, wanted, 0, wanted.length, this.#hashedBytes)
      if (got === 0) break
      this.take(this.#hashedBytes, wanted.subarray(0, got))
      await control.checkpoint()
    }
    return this.#hash.digest('hex')
  }
}
