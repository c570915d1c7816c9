/** What a block of an xz file is checked by, of the sorts in use: CRC-32, CRC-64, SHA-256. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Crc64 } from '../codecs/crc64.ts'
import type { XzCheck } from './xz-structures.ts'

export interface RunningCheck {
  update(bytes: Uint8Array): void
  /** Null where nothing is known to compare. */
  digest(): Buffer | null
}

export function runningCheck({ number }: XzCheck): RunningCheck {
  if (number === 1) return new RunningCrc32()
  if (number === 4) return new Crc64()
  if (number !== 10) return { update: () => {}, digest: () => null }
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() }
}

class RunningCrc32 implements RunningCheck {
  #value = 0

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value)
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(this.#value >>> 0)
    return bytes
  }
}
