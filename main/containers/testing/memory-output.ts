import { writeFileSync } from 'node:fs'
import type { PackedOutput } from '../packing/packed-output.ts'

/** Keeps what is written. */
export class MemoryOutput implements PackedOutput {
  readonly #pieces: Buffer[] = []
  readonly #patches: (readonly [number, Buffer])[] = []
  positionBytes = 0

  append(bytes: Uint8Array): void {
    this.#pieces.push(Buffer.from(bytes))
    this.positionBytes += bytes.length
  }

  zeros(count: number): void {
    this.append(Buffer.alloc(count))
  }

  patch(positionBytes: number, bytes: Uint8Array): void {
    this.#patches.push([positionBytes, Buffer.from(bytes)])
  }

  writeTo(path: string): void {
    const all = Buffer.concat(this.#pieces)
    for (const [at, bytes] of this.#patches) bytes.copy(all, at)
    writeFileSync(path, all)
  }
}
