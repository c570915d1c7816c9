/** The tree of a UDF volume. Directories are read when looked at, and whatever is wrong in them becomes a finding. */
import type { Extent } from '../../shared/image-model.ts'
import { MAX_DIRECTORY_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { RunSource } from '../bytes/run-source.ts'
import { type DirectoryContent, type FoundIdentifier, walkDirectory } from './directory-walk.ts'
import { takeFacts } from './entry-facts.ts'
import { characteristics, FileIdentifier } from './file-identifier.ts'
import { contentOf, readFileEntry } from './icb-reader.ts'
import { recordedName } from './path-part.ts'
import { UdfEntry, type UdfExtent } from './udf-entry.ts'
import type { BlockAddress, VolumeSpace } from './volume-space.ts'

/** Entries given together: their file entries mostly lie side by side. */
const PART_ENTRIES = 256
/** Files in many pieces are given sooner, for each piece is held. */
const PART_RUNS = 16_384

export class UdfView {
  readonly kind = 'udf'
  readonly label: string
  readonly blockBytes: number
  readonly root: UdfEntry
  readonly #space: VolumeSpace
  /** Directory bytes come through the cache: most directories are a block or two. */
  readonly #cached: Pick<ByteSource, 'read'>

  constructor(space: VolumeSpace, label: string, rootAddress: BlockAddress) {
    this.label = label
    this.blockBytes = space.blockBytes
    this.#space = space
    this.#cached = {
      read(offsetBytes, target) {
        const bytes = space.cache.view(offsetBytes, target.length)
        target.set(bytes)
        return bytes.length
      },
    }
    this.root = this.#entry('', null, rootAddress, false, true)
  }

  /** Entries of a directory, read as they are iterated, in recorded order; nothing for anything else. */
  *children(directory: UdfEntry): Generator<UdfEntry, void, undefined> {
    for (const part of this.childParts(directory)) yield* part
  }

  /** The same, some at a time. */
  *childParts(directory: UdfEntry): Generator<UdfEntry[], void, undefined> {
    let part: UdfEntry[] = []
    let runs = 0
    for (const found of this.#identifiers(directory)) {
      const entry = this.#entryOf(directory, found, this.#nameOf(directory, found))
      part.push(entry)
      runs += entry.runs.length
      if (part.length < PART_ENTRIES && runs < PART_RUNS) continue
      yield part
      part = []
      runs = 0
    }
    if (part.length > 0) yield part
  }

  /** The entry at a path such as `/docs/readme.txt`; null when there is none. Case counts. */
  lookup(path: string): UdfEntry | null {
    let found: UdfEntry = this.root
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue
      const next = this.#child(found, part)
      if (next === null) return null
      found = next
    }
    return found
  }

  /** Byte offset in the image of an extent of one of its entries. */
  offsetBytes(extent: Extent | UdfExtent): number {
    return 'offsetBytes' in extent ? extent.offsetBytes : extent.lba * this.blockBytes
  }

  /** The content of a file: also what lies inside its entry, and zeros for what was never recorded. */
  contentSource(entry: UdfEntry): ByteSource {
    return new RunSource(this.#space.source, entry.runs)
  }

  #child(directory: UdfEntry, name: string): UdfEntry | null {
    for (const found of this.#identifiers(directory))
      if (this.#nameOf(directory, found) === name) return this.#entryOf(directory, found, name)
    return null
  }

  /** Identifiers of what the directory shows: without those of its parent and of deleted entries. */
  *#identifiers(directory: UdfEntry): Generator<FoundIdentifier, void, undefined> {
    if (directory.type !== 'directory') return
    for (const found of walkDirectory(this.#directoryContent(directory), this.#space.findings)) {
      const bits = FileIdentifier.fields.characteristics.get(found.bytes, found.at)
      if ((bits & (characteristics.parent | characteristics.deleted)) === 0) yield found
    }
  }

  #directoryContent(directory: UdfEntry): DirectoryContent {
    const main = new RunSource(this.#cached, this.#held(directory))
    const offsetBytes = directory.runs[0]?.offsetBytes ?? 0
    return { main, copy: this.#copyOf(directory), path: directory.path, offsetBytes }
  }

  /** The same directory in the second copy of a metadata partition, where there is one. */
  #copyOf(directory: UdfEntry): ByteSource | null {
    const { partition } = directory.address
    if (!this.#space.partitions[partition]?.locateCopy(directory.address.block, 1)) return null
    const block = readFileEntry(this.#space, directory.address)
    return block === null ? null : new RunSource(this.#cached, contentOf(this.#space, block, true).runs)
  }

  /** Runs held to what the limits allow. */
  #held(directory: UdfEntry): UdfEntry['runs'] {
    let leftBytes = Math.min(MAX_DIRECTORY_BYTES, this.#space.source.sizeBytes)
    const runs = []
    for (const { offsetBytes, lengthBytes } of directory.runs) {
      runs.push({ offsetBytes, lengthBytes: Math.min(lengthBytes, leftBytes) })
      leftBytes -= lengthBytes
      if (leftBytes < 0) {
        const message = `A folder claims ${directory.sizeBytes} bytes of names, more than there can be; not all of it was read.`
        this.#space.findings.add('directory-cut-off', 'damaged', message, { path: directory.path, clause: 'ECMA-167 4/14.9.10' })
        break
      }
    }
    return runs
  }

  /** The name to show. */
  #nameOf(directory: UdfEntry, { bytes, nameStart, nameEnd, at }: FoundIdentifier): string {
    const { text, fault } = recordedName(bytes, nameStart, nameEnd)
    if (fault === null && text !== '') return text
    const { block } = FileIdentifier.fields.icb.get(bytes, at)
    const name = text === '' ? `unnamed-${block}` : text
    const [code, message] =
      fault === 'unsafe'
        ? ['name-unsafe', 'A name could lead elsewhere as a path; it is shown escaped.']
        : fault === 'unknown'
          ? ['udf-name-unknown', 'A name is in no known character code; its bytes are shown in hexadecimal.']
          : ['name-empty', 'An entry has no name; it was given one.']
    this.#space.findings.add(code as string, fault === 'unknown' ? 'note' : 'damaged', message as string, {
      path: `${directory.path === '/' ? '' : directory.path}/${name}`,
      clause: 'UDF 2.1.1',
    })
    return name
  }

  #entryOf(directory: UdfEntry, { bytes, at }: FoundIdentifier, name: string): UdfEntry {
    const bits = FileIdentifier.fields.characteristics.get(bytes, at)
    const icb = FileIdentifier.fields.icb.get(bytes, at)
    const address = { partition: icb.partition, block: icb.block }
    return this.#entry(name, directory, address, (bits & characteristics.hidden) !== 0, (bits & characteristics.directory) !== 0)
  }

  #entry(name: string, parent: UdfEntry | null, address: BlockAddress, isHidden: boolean, saysDirectory: boolean): UdfEntry {
    const entry = new UdfEntry(name, parent, address, isHidden, this.blockBytes)
    const block = readFileEntry(this.#space, address)
    if (block === null) {
      entry.type = saysDirectory ? 'directory' : 'file'
      entry.unreadable = 'Its file entry is damaged or missing.'
      const message = 'What is known of a file or folder besides its name is damaged or missing.'
      this.#space.findings.add('udf-entry-missing', 'damaged', message, { path: entry.path, clause: 'ECMA-167 4/14.9' })
      return entry
    }
    takeFacts(this.#space, block, entry)
    if (saysDirectory !== (entry.type === 'directory')) {
      const message = 'A folder and its entry do not agree on whether something is a folder; the entry was believed.'
      this.#space.findings.add('udf-type-disagrees', 'note', message, {
        path: entry.path,
        offsetBytes: block.offsetBytes,
        clause: 'ECMA-167 4/14.4.3',
      })
    }
    return entry
  }
}
