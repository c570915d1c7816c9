/** A disc whose description lies in an archive together with the files that it names. */
import { MAX_SHEET_BYTES } from '../../../shared/limits.ts'
import { type ByteSource, type ImageSource, readUpTo } from '../../bytes/byte-source.ts'
import type { Unwrapped } from '../container-format.ts'
import { lastPart, type Neighbours } from '../neighbours.ts'
import type { ZipEntry } from './zip-directory.ts'

/** The first that is there tells most of the disc. */
const DESCRIPTIONS = ['.cue', '.ccd', '.mds', '.toc', '.gdi']
/** A disc has 99 tracks at most; what is beyond is missing. */
const MOST_FILES = 200

/** Null where there is none, or several of a kind: then it is not one disc. */
export function describingEntry(entries: readonly ZipEntry[]): ZipEntry | null {
  for (const ending of DESCRIPTIONS) {
    const [found, another] = entries.filter(({ name }) => name.toLowerCase().endsWith(ending))
    if (found !== undefined) return another === undefined ? found : null
  }
  return null
}

/** Of the others, only what the description names is opened. Closing what is given closes all of it. */
export async function unwrapDisc(
  file: ImageSource,
  entries: readonly ZipEntry[],
  description: ZipEntry,
  open: (entry: ZipEntry) => Promise<ByteSource>,
): Promise<Unwrapped> {
  const opened: ByteSource[] = []
  const close = () => {
    for (const source of opened.splice(0).reverse()) source.close()
  }
  const take = async (entry: ZipEntry): Promise<ByteSource> => {
    const source = await open(entry)
    opened.push(source)
    return source
  }
  try {
    const sheet = await take(description)
    const text = readUpTo(sheet, 0, MAX_SHEET_BYTES).toString('latin1').toLowerCase()
    const files = new Map<string, ByteSource>()
    for (const entry of entries) {
      const name = lastPart(entry.name)
      if (entry === description || files.has(name) || files.size === MOST_FILES || !isNamed(name, description, text)) continue
      files.set(name, await take(entry))
    }
    const source = { sizeBytes: sheet.sizeBytes, read: (at: number, target: Uint8Array) => sheet.read(at, target), close }
    return { source, name: lastPart(description.name), neighbours: new ArchiveNeighbours(file, files) }
  } catch (error) {
    close()
    throw error
  }
}

const stem = (name: string): string =>
  lastPart(name)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()

/** By its name, or by the description's own; letters beyond ASCII may stand there in any encoding. */
const isNamed = (name: string, description: ZipEntry, text: string): boolean =>
  text.includes(name.toLowerCase()) || stem(name) === stem(description.name) || /[^ -~]/.test(name)

class ArchiveNeighbours implements Neighbours {
  readonly #file: ImageSource
  readonly #files: ReadonlyMap<string, ByteSource>

  constructor(file: ImageSource, files: ReadonlyMap<string, ByteSource>) {
    this.#file = file
    this.#files = files
  }

  names(): readonly string[] {
    return [...this.#files.keys()]
  }

  open(name: string): ImageSource {
    const source = this.#files.get(name) as ByteSource
    return {
      path: this.#file.path,
      fd: null,
      deviceAndInode: this.#file.deviceAndInode,
      sizeBytes: source.sizeBytes,
      read: (at, target) => source.read(at, target),
      assertUnchanged: () => this.#file.assertUnchanged(),
      close: () => {},
    }
  }
}
