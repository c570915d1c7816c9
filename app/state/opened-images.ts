/** The images that are open in the window, each looked at by a process of its own. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { BrowseClient, readerEnded } from '../../main/jobs/browse-client.ts'
import type { BrowseNews } from '../../main/jobs/browse-messages.ts'
import type { ExpandProgress, OpenedImage } from '../../shared/browse.ts'
import { MAX_OPEN_IMAGES } from '../../shared/limits.ts'
import { Problem, type ProblemReport } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'
import type { SpareProcess } from './spare-process.ts'

interface Opened {
  readonly path: string
  readonly facts: OpenedImage
  readonly client: BrowseClient
}

/** An image whose process hasn't answered yet. */
interface Opening {
  readonly token: string
  readonly client: BrowseClient
  isGivenUp: boolean
}

export interface OpenedImagesEvents {
  listing(imageId: string, news: BrowseNews): void
  /** A file that has to be expanded whole is being opened. */
  expanding(token: string, progress: ExpandProgress): void
  /** The image made its process end. */
  ended(imageId: string, problem: ProblemReport): void
}

export class OpenedImages {
  readonly #readers: SpareProcess
  readonly #events: OpenedImagesEvents
  readonly #opened = new Map<string, Opened>()
  readonly #opening = new Set<Opening>()

  constructor(readers: SpareProcess, events: OpenedImagesEvents) {
    this.#readers = readers
    this.#events = events
  }

  /** In the order they were opened. */
  list(): OpenedImage[] {
    return [...this.#opened.values()].map(({ facts }) => facts)
  }

  /** Throws what `openImage` throws, a `usage` Problem when too many are open, and the cancelled Problem when it is given up. */
  async open(path: string, token: string, session: number | null, track: number | null): Promise<OpenedImage> {
    if (this.#opened.size >= MAX_OPEN_IMAGES) throw tooManyOpen()
    const imageId = randomUUID()
    const client = new BrowseClient(() => this.#readers.take(), {
      listing: (news) => this.#events.listing(imageId, news),
      expanding: (progress) => this.#events.expanding(token, progress),
      ended: () => {
        if (this.#opened.delete(imageId)) this.#events.ended(imageId, readerEnded().report)
      },
    })
    const opening: Opening = { token, client, isGivenUp: false }
    this.#opening.add(opening)
    try {
      const answer = await client.call('open', { path, session, track })
      const facts = { imageId, token, name: basename(path), displayPath: displayPath(path), ...answer }
      this.#opened.set(imageId, { path, facts, client })
      return facts
    } catch (error) {
      client.stop()
      throw opening.isGivenUp ? Problem.cancelled() : error
    } finally {
      this.#opening.delete(opening)
    }
  }

  /** Stops what is being opened of a file; its process takes with it what it expanded. */
  giveUp(token: string): void {
    for (const opening of this.#opening) if (opening.token === token) stopOpening(opening)
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
    for (const opening of this.#opening) stopOpening(opening)
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

function stopOpening(opening: Opening): void {
  opening.isGivenUp = true
  opening.client.stop()
}

function tooManyOpen(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'too-many-images',
    message: `${MAX_OPEN_IMAGES} images are open already.`,
    advice: 'Close one of them first.',
  })
}
