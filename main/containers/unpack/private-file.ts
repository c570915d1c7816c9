/** A temporary file that nobody else sees: without a name on the disk, with holes where there is nothing but zeros. */
import { randomBytes } from 'node:crypto'
import { closeSync, constants, ftruncateSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { ioProblem } from '../../bytes/io-problem.ts'
import { writeFully } from '../../bytes/sequential-writer.ts'

const OWNER_ONLY = 0o600
const HOLE_BYTES = 4096
const ZEROS = Buffer.alloc(HOLE_BYTES)

export class PrivateFile implements ByteSource {
  readonly folder: string
  readonly #fd: number
  /** Null when the name could be removed at once, so that nothing stays behind whatever happens. */
  readonly #path: string | null
  #sizeBytes = 0

  /** Throws an `io` Problem when there is no place for temporary files. */
  constructor() {
    this.folder = tmpdir()
    const path = join(this.folder, `isomer-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
    try {
      this.#fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY)
    } catch (error) {
      throw ioProblem(error, `Could not make a temporary file in ${this.folder}.`)
    }
    this.#path = isRemoved(path) ? null : path
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Adds to the end. */
  append(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; at += HOLE_BYTES) {
        let end = at
        while (end < bytes.length && !isZero(bytes.subarray(end, end + HOLE_BYTES))) end += HOLE_BYTES
        if (end > at) writeFully(this.#fd, bytes.subarray(at, end), this.#sizeBytes + at)
        at = end
      }
    } catch (error) {
      throw ioProblem(error, `Could not write to the temporary file in ${this.folder}.`)
    }
    this.#sizeBytes += bytes.length
  }

  /** To be called once when all is there. */
  finish(): void {
    ftruncateSync(this.#fd, this.#sizeBytes)
  }

  read(offsetBytes: number, target: Uint8Array): number {
    let done = 0
    while (done < target.length) {
      let got: number
      try {
        got = readSync(this.#fd, target, done, target.length - done, offsetBytes + done)
      } catch (error) {
        throw ioProblem(error, `Reading the temporary file in ${this.folder} failed.`)
      }
      if (got === 0) break
      done += got
    }
    return done
  }

  close(): void {
    closeSync(this.#fd)
    if (this.#path !== null) rmSync(this.#path, { force: true })
  }
}

const isZero = (bytes: Uint8Array): boolean => ZEROS.subarray(0, bytes.length).equals(bytes)

function isRemoved(path: string): boolean {
  try {
    rmSync(path)
    return true
  } catch {
    return false // Windows keeps names of open files on some volumes
  }
}
