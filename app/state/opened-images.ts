/** The images that are open in the window, each looked at by a process of its own. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { BrowseClient, readerEnded } from '../../main/jobs/browse-client.ts'
import type { BrowseNews } from '../../main/jobs/browse-messages.ts'
import type { OpenedImage } from '../../shared/browse.ts'
import { MAX_OPEN_IMAGES } from '../../shared/limits.ts'
import { Problem, type ProblemReport } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'
import type { SpareProcess } from './spare-process.ts'

interface Opened {
  readonly path: string
  readonly facts: OpenedImage
  readonly client: BrowseClient
}

export interface OpenedImagesEvents {
  listing(imageId: string, news: BrowseNews): void
  /** The image made its process end. */
  ended(imageId: string, problem: ProblemReport): void
}

export class OpenedImages {
  readonly #readers: SpareProcess
  readonly #events: OpenedImagesEvents
  readonly #opened = new Map<string, Opened>()

  constructor(readers: SpareProcess, events: OpenedImagesEvents) {
    this.#readers = readers
    this.#events = events
  }

  /** In the order they were opened. */
  list(): OpenedImage[] {
    return [...this.#opened.values()].map(({ facts }) => facts)
  }

  /** Throws what `openImage` throws, and a `usage` Problem when too many are open. */
  async open(path: string, token: string, session: number | null, track: number | null): Promise<OpenedImage> {
    if (this.#opened.size >= MAX_OPEN_IMAGES) throw tooManyOpen()
    const imageId = randomUUID()
    const client = new BrowseClient(() => this.#readers.take(), {
      listing: (news) => this.#events.listing(imageId, news),
      ended: () => {
        if (this.#opened.delete(imageId)) this.#events.ended(imageId, readerEnded().report)
      },
    })
    try {
      const answer = await client.call('open', { path, session, track })
      const facts = { imageId, token, name: basename(path), displayPath: displayPath(path), ...answer }
      this.#opened.set(imageId, { path, facts, client })
      return facts
    } catch (error) {
      client.stop()
      throw error
    }
  }

  close(imageId: string): void {
    this.#opened.get(imageId)?.client.stop()
    this.#opened.delete(imageId)
  }

  /** Gets ready to open the next image at once. */
  prepare(): void {
    this.#readers.prepare()
  }

  /** Nothing can be opened afterwards. */
  closeAll(): void {
    this.#readers.stop()
    for (const imageId of [...this.#opened.keys()]) this.close(imageId)
  }

  has(imageId: string): boolean {
    return this.#opened.has(imageId)
  }

  /** Throws a `usage` Problem when the image isn't open any more. */
  client(imageId: string): BrowseClient {
    return this.#get(imageId).client
  }

  path(imageId: string): string {
    return this.#get(imageId).path
  }

  facts(imageId: string): OpenedImage {
    return this.#get(imageId).facts
  }

  #get(imageId: string): Opened {
    const opened = this.#opened.get(imageId)
    if (opened !== undefined) return opened
    throw new Problem({ kind: 'usage', code: 'image-closed', message: 'This image is not open any more.', technical: imageId })
  }
}

function tooManyOpen(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'too-many-images',
    message: `${MAX_OPEN_IMAGES} images are open already.`,
    advice: 'Close one of them first.',
  })
}
