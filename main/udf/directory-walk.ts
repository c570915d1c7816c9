/** Goes through the file identifiers of a directory, whatever is wrong with some of them (ECMA-167 4/8.6, 4/14.4). */
import { DIRECTORY_PART_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { judgeTag, tagIdentifier, tagIds } from './descriptor-tag.ts'
import { FileIdentifier, fileIdentifierBytes } from './file-identifier.ts'

/** A descriptor in a piece of the directory; the bytes are valid until the next one is asked for. */
export interface FoundIdentifier {
  readonly bytes: Uint8Array
  readonly at: number
  readonly nameStart: number
  readonly nameEnd: number
}

/** The longest possible descriptor: 64 KiB of implementation use and a name. */
const MAX_DESCRIPTOR_BYTES = fileIdentifierBytes(0xff, 0xffff)
const CLAUSE = 'ECMA-167 4/14.4'

export interface DirectoryContent {
  readonly main: ByteSource
  /** A second copy of the same bytes; null without one. */
  readonly copy: ByteSource | null
  /** For findings. */
  readonly path: string
  readonly offsetBytes: number
}

export function* walkDirectory(content: DirectoryContent, findings: FindingLog): Generator<FoundIdentifier, void, undefined> {
  const { main, copy } = content
  const window = new Window(main)
  const copyWindow = copy === null ? null : new Window(copy)
  let at = 0
  while (at + FileIdentifier.sizeBytes <= main.sizeBytes) {
    const bytes = window.at(at)
    let found = identifierAt(bytes)
    if (found === null && copyWindow !== null) {
      found = identifierAt(copyWindow.at(at))
      if (found !== null) findings.add('udf-mirror-used', 'damaged', 'A folder is damaged; its mirror was used.', place(content))
    }
    if (found === null) {
      const next = nextIdentifier(window, main.sizeBytes, at)
      noteSkipped(content, findings, next.onlyZeros)
      at = next.at
      continue
    }
    yield found
    at += found.nameEnd - found.at + ((4 - ((found.nameEnd - found.at) % 4)) % 4)
  }
}

/** The descriptor that `bytes` begins with; null when there is none, or it is longer than the directory. */
function identifierAt(bytes: Uint8Array): FoundIdentifier | null {
  if (bytes.length < FileIdentifier.sizeBytes || tagIdentifier(bytes) !== tagIds.fileIdentifier) return null
  if (judgeTag(bytes, 0, null) === 'none') return null
  const { fields } = FileIdentifier
  const nameStart = FileIdentifier.sizeBytes + fields.implementationUseLengthBytes.get(bytes, 0)
  const nameEnd = nameStart + fields.identifierLengthBytes.get(bytes, 0)
  return nameEnd <= bytes.length ? { bytes, at: 0, nameStart, nameEnd } : null
}

/** The next place, four bytes or more on, with a tag of a file identifier; the end when there is none. */
function nextIdentifier(window: Window, sizeBytes: number, from: number): { readonly at: number; readonly onlyZeros: boolean } {
  let onlyZeros = true
  for (let at = from; at + FileIdentifier.sizeBytes <= sizeBytes; ) {
    const bytes = window.at(at)
    if (bytes.length < FileIdentifier.sizeBytes) break
    // A window's last bytes are looked at again at the beginning of the next one.
    const end = bytes.length - FileIdentifier.sizeBytes
    for (let i = 0; i <= end; i += 4) {
      const isTag = tagIdentifier(bytes, i) === tagIds.fileIdentifier && at + i > from
      if (isTag && judgeTag(bytes, i, null) !== 'none') return { at: at + i, onlyZeros }
      onlyZeros &&= bytes[i] === 0 && bytes[i + 1] === 0 && bytes[i + 2] === 0 && bytes[i + 3] === 0
    }
    at += Math.floor(end / 4) * 4 + 4
  }
  return { at: sizeBytes, onlyZeros }
}

function noteSkipped(content: DirectoryContent, findings: FindingLog, onlyZeros: boolean): void {
  if (onlyZeros) findings.add('udf-directory-padding', 'note', 'A folder has unused space among its names.', place(content))
  else findings.add('udf-directory-damaged', 'damaged', 'A folder is damaged; some of its names may be missing.', place(content))
}

const place = ({ path, offsetBytes }: DirectoryContent) => ({ path, offsetBytes, clause: CLAUSE })

/** The part of the directory that is being looked at, so that it need not be held as a whole. */
class Window {
  readonly #source: ByteSource
  #start = 0
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** From a position on, at least as much as any descriptor takes unless the directory ends before. */
  at(position: number): Uint8Array {
    const { sizeBytes } = this.#source
    const end = this.#start + this.#bytes.length
    const isHeld = position >= this.#start && position <= end && (end - position >= MAX_DESCRIPTOR_BYTES || end >= sizeBytes)
    if (!isHeld) this.#fill(position, Math.max(0, Math.min(DIRECTORY_PART_BYTES, sizeBytes - position)))
    return this.#bytes.subarray(position - this.#start)
  }

  #fill(position: number, lengthBytes: number): void {
    const bytes = new Uint8Array(lengthBytes)
    const got = this.#source.read(position, bytes)
    this.#start = position
    // What the image lacks stays zeros, which are no descriptor.
    this.#bytes = got === lengthBytes ? bytes : bytes.fill(0, got)
  }
}
