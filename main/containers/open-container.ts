/** Tells what a file is, unwraps it as often as it is wrapped, and opens the container that is found. */
import { basename } from 'node:path'
import { MAX_WRAPPINGS } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { type ByteSource, FileByteSource, type ImageSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { Container } from './container.ts'
import { Candidate } from './container-format.ts'
import { formats } from './container-table.ts'
import { FolderNeighbours } from './neighbours.ts'
import { type OpeningControl, unwatched } from './opening-control.ts'

export interface OpenedFile {
  /** For people, outermost first; empty for a plain image. */
  readonly wrappers: readonly { readonly kind: string; readonly title: string }[]
  /** Null for an image that is nothing but its user data. */
  readonly container: Container | null
  /** The bytes within all wrappers. */
  readonly source: ImageSource
  close(): void
}

/**
 * Throws an `io` Problem when a file can't be read, an `image` Problem when it is a container that is damaged beyond use.
 * What is only odd goes to the log. What has to be expanded whole tells its progress to the control and is stopped by it.
 */
export async function openContainer(path: string, log: FindingLog, control: OpeningControl = unwatched): Promise<OpenedFile> {
  const file = FileByteSource.open(path)
  const opened: ByteSource[] = [file]
  const close = () => {
    for (const source of opened.splice(0).reverse()) source.close()
  }
  try {
    let candidate = new Candidate(file, basename(path), new FolderNeighbours(path), { log, control })
    const wrappers: { kind: string; title: string }[] = []
    for (;;) {
      const format = formats.find(({ recognises }) => recognises(candidate))
      if (format === undefined) return { wrappers, container: null, source: candidate.source, close }
      if (format.does === 'contain') {
        const container = await (await format.load())(candidate)
        return {
          wrappers,
          container,
          source: candidate.source,
          close: () => {
            container.close()
            close()
          },
        }
      }
      if (wrappers.length === MAX_WRAPPINGS) throw wrappedTooOften(path)
      const { source, name, neighbours } = await (await format.load())(candidate)
      opened.push(source)
      wrappers.push({ kind: format.kind, title: format.title })
      candidate = new Candidate(within(source, candidate.source), name, neighbours ?? candidate.neighbours, { log, control })
    }
  } catch (error) {
    close()
    throw error
  }
}

/** Bytes that come from a file on the host, seen as its image; whoever opened them closes them. */
export function within(source: ByteSource, file: ImageSource): ImageSource {
  return {
    path: file.path,
    fd: null,
    deviceAndInode: file.deviceAndInode,
    sizeBytes: source.sizeBytes,
    read: (offsetBytes, target) => source.read(offsetBytes, target),
    assertUnchanged: () => file.assertUnchanged(),
    close: () => {},
  }
}

function wrappedTooOften(path: string): Problem {
  return new Problem({
    kind: 'image',
    code: 'wrapped-too-often',
    message: `${path} is packed into itself more than ${MAX_WRAPPINGS} times.`,
    advice: 'No image is made like that. Unpack it yourself if you trust it.',
  })
}
