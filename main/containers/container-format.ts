/** How a format is registered: what it is told by, and the code that opens it, loaded when it is needed. */
import { MAX_SHEET_BYTES } from '../../shared/limits.ts'
import { type ByteSource, type ImageSource, readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { Container } from './container.ts'
import type { Neighbours } from './neighbours.ts'
import type { OpeningControl } from './opening-control.ts'

const HEAD_BYTES = 64 * 1024
const TAIL_BYTES = 512

/** A file, or what was unpacked from one, of which it is asked what it is. */
export class Candidate {
  /** The file on the host that was opened, for messages. */
  readonly path: string
  /** What these bytes are called: the file's name, without `.gz` once that is unpacked. */
  readonly name: string
  readonly source: ImageSource
  readonly neighbours: Neighbours
  readonly log: FindingLog
  readonly control: OpeningControl
  #head: Buffer | null = null
  #tail: Buffer | null = null

  constructor(source: ImageSource, name: string, neighbours: Neighbours, { log, control }: { log: FindingLog; control: OpeningControl }) {
    this.path = source.path
    this.name = name
    this.source = source
    this.neighbours = neighbours
    this.log = log
    this.control = control
  }

  /** The first 64 KiB. */
  get head(): Buffer {
    this.#head ??= readUpTo(this.source, 0, HEAD_BYTES)
    return this.#head
  }

  /** The last 512 bytes. */
  get tail(): Buffer {
    this.#tail ??= readUpTo(this.source, Math.max(0, this.source.sizeBytes - TAIL_BYTES), TAIL_BYTES)
    return this.#tail
  }

  /** Whether it is short enough for a text that describes tracks. */
  get isShort(): boolean {
    return this.source.sizeBytes <= MAX_SHEET_BYTES
  }
}

/** What was wrapped: it is looked at again, for it may be a container or wrapped once more. */
export interface Unwrapped {
  readonly source: ByteSource
  /** What it is called without the wrapping. */
  readonly name: string
  /** What lies beside it; the wrapper's own neighbours when left out. */
  readonly neighbours?: Neighbours
}

type Opener<T> = (candidate: Candidate) => T | Promise<T>

interface Registered {
  /** For programs: `cue`. */
  readonly kind: string
  /** For people: `BIN/CUE`. */
  readonly title: string
  /** Told by what is in it, never by its name alone; cheap. */
  readonly recognises: (candidate: Candidate) => boolean
}
export interface ContainerFormat extends Registered {
  readonly does: 'contain'
  /** Loads what opens it; that throws an `image` Problem when nothing of it can be used, and notes what is odd in the log. */
  readonly load: () => Promise<Opener<Container>>
}
export interface WrapperFormat extends Registered {
  readonly does: 'wrap'
  readonly load: () => Promise<Opener<Unwrapped>>
}
export type Format = ContainerFormat | WrapperFormat

/** A format that holds the tracks of a disc. */
export function contains(
  kind: string,
  title: string,
  recognises: Registered['recognises'],
  load: ContainerFormat['load'],
): ContainerFormat {
  return { does: 'contain', kind, title, recognises, load }
}

/** A format that is packed around another file. */
export function wraps(kind: string, title: string, recognises: Registered['recognises'], load: WrapperFormat['load']): WrapperFormat {
  return { does: 'wrap', kind, title, recognises, load }
}

/** Recognises by bytes at the beginning, given as Latin-1. */
export function beginsWith(mark: string, offsetBytes = 0): Registered['recognises'] {
  const bytes = Buffer.from(mark, 'latin1')
  return ({ head }) => head.subarray(offsetBytes, offsetBytes + bytes.length).equals(bytes)
}

/** Recognises by bytes that begin so far before the end. */
export function endsWith(mark: string, beforeEndBytes: number): Registered['recognises'] {
  const bytes = Buffer.from(mark, 'latin1')
  return ({ tail }) => {
    const at = tail.length - beforeEndBytes
    return at >= 0 && tail.subarray(at, at + bytes.length).equals(bytes)
  }
}
