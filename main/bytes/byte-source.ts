/** Sources of bytes: positional, synchronous, bounded. Synchronous reads of modest size copy at the disk cache's speed. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { Problem } from '../../shared/problem.ts'
import { ioProblem } from './io-problem.ts'

export interface ByteSource {
  readonly sizeBytes: number
  /** Fills `target` from `offsetBytes` on; gives the number of bytes read, fewer only at the end of the source. */
  read(offsetBytes: number, target: Uint8Array): number
  close(): void
}

/** What a whole image is read from: a file of the host, or what a container in one or several files holds. */
export interface ImageSource extends ByteSource {
  /** Of the file that was opened, as it was named. */
  readonly path: string
  /** For positional reads in another thread of this process; null where the bytes don't lie in a file as they are. */
  readonly fd: number | null
  /** The host's identity of that file, to recognise it under another name. */
  readonly deviceAndInode: string
  /** Throws an `io` Problem when a file was changed since it was opened: what was read may be a mixture. */
  assertUnchanged(): void
}

/** Reads up to `lengthBytes`, never allocating more than the source still holds. */
export function readUpTo(source: ByteSource, offsetBytes: number, lengthBytes: number): Buffer {
  const available = offsetBytes < 0 ? 0 : Math.max(0, Math.min(lengthBytes, source.sizeBytes - offsetBytes))
  const bytes = Buffer.allocUnsafe(available)
  const got = source.read(offsetBytes, bytes)
  return got === available ? bytes : bytes.subarray(0, got)
}

/** What must stay the same while a file is read, or what was read is not one file. */
interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
  readonly sizeBytes: bigint
  readonly modifiedNs: bigint
}

/** A regular file on the host. */
export class FileByteSource implements ImageSource {
  readonly path: string
  readonly sizeBytes: number
  /** For positional reads in another thread of this process. */
  readonly fd: number
  readonly #identity: FileIdentity

  private constructor(path: string, fd: number, identity: FileIdentity) {
    this.path = path
    this.fd = fd
    this.#identity = identity
    this.sizeBytes = Number(identity.sizeBytes)
  }

  /** Opens for reading. Throws an `io` Problem when it can't, or when it is no regular file. */
  static open(path: string): FileByteSource {
    let fd: number
    try {
      // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
      fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    } catch (error) {
      throw ioProblem(error, `Could not open ${path}.`)
    }
    const identity = identityOf(fd)
    if (identity === null) {
      closeSync(fd)
      throw new Problem({
        kind: 'io',
        code: 'not-a-file',
        message: `${path} is not a file.`,
        advice: 'Name an image file, not a folder or a device.',
      })
    }
    return new FileByteSource(path, fd, identity)
  }

  get deviceAndInode(): string {
    return `${this.#identity.device}:${this.#identity.inode}`
  }

  read(offsetBytes: number, target: Uint8Array): number {
    let done = 0
    while (done < target.length) {
      let got: number
      try {
        got = readSync(this.fd, target, done, target.length - done, offsetBytes + done)
      } catch (error) {
        throw ioProblem(error, `Reading ${this.path} failed ${offsetBytes + done} bytes in.`)
      }
      if (got === 0) break
      done += got
    }
    return done
  }

  assertUnchanged(): void {
    const now = identityOf(this.fd)
    if (now !== null && now.sizeBytes === this.#identity.sizeBytes && now.modifiedNs === this.#identity.modifiedNs) return
    throw new Problem({
      kind: 'io',
      code: 'source-changed',
      message: `${this.path} was changed while it was being read.`,
      advice: 'Wait until whatever writes it has finished, then try again.',
    })
  }

  close(): void {
    closeSync(this.fd)
  }
}

/** Null unless it is a regular file. */
function identityOf(fd: number): FileIdentity | null {
  const stat = fstatSync(fd, { bigint: true })
  if (!stat.isFile()) return null
  return { device: stat.dev, inode: stat.ino, sizeBytes: stat.size, modifiedNs: stat.mtimeNs }
}

/** Bytes held in memory. */
export class MemoryByteSource implements ByteSource {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get sizeBytes(): number {
    return this.#bytes.length
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const part = this.#bytes.subarray(offsetBytes, offsetBytes + target.length)
    target.set(part)
    return part.length
  }

  close(): void {}
}

/** A part of another source, seen as a source of its own; closing it leaves the other open. */
export class WindowByteSource implements ByteSource {
  readonly sizeBytes: number
  readonly #whole: ByteSource
  readonly #startBytes: number

  constructor(whole: ByteSource, startBytes: number, lengthBytes: number) {
    this.#whole = whole
    this.#startBytes = startBytes
    this.sizeBytes = Math.max(0, Math.min(lengthBytes, whole.sizeBytes - startBytes))
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const available = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    return this.#whole.read(this.#startBytes + offsetBytes, target.subarray(0, available))
  }

  close(): void {}
}
