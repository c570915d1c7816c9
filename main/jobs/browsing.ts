/** One image being looked at, behind calls. Nothing is answered late: what takes time goes on in slices. */
import type { BrowsedViewKind, ExpandProgress, Listing as ListingView } from '../../shared/browse.ts'
import { MAX_ITEMS_PER_MESSAGE } from '../../shared/limits.ts'
import type { MountProgress } from '../../shared/mounts.ts'
import { Problem, problemReport } from '../../shared/problem.ts'
import type { OpeningControl } from '../containers/opening-control.ts'
import { BrowsedImage } from '../image/browse/browsed-image.ts'
import { browsedFolders, browsedRows, lineage } from '../image/browse/browsed-rows.ts'
import type { BrowsedTree } from '../image/browse/browsed-tree.ts'
import { chosenPaths } from '../image/browse/chosen-paths.ts'
import { contentSha256 } from '../image/browse/content-digest.ts'
import { describeImage, worstFindingsFirst } from '../image/browse/describe-image.ts'
import { entryDetails } from '../image/browse/entry-details.ts'
import { foldName } from '../image/browse/folded-name.ts'
import { Listing } from '../image/browse/listing.ts'
import { measuredContent } from '../image/browse/measured-content.ts'
import { NameQuery } from '../image/browse/name-query.ts'
import { contentBytes, previewOf } from '../image/browse/preview.ts'
import { SoundDisc } from '../image/browse/sound-disc.ts'
import { takeOut } from '../image/browse/take-out.ts'
import { checkImage } from '../image/check-image.ts'
import { convertOffers } from '../image/convert/convert-offers.ts'
import { ConvertSource } from '../image/convert/convert-source.ts'
import type { OpenAnyOptions } from '../image/open-any-image.ts'
import type { OpenImage } from '../image/open-image.ts'
import { type PreparedMount, prepareMount } from '../mounts/prepare-mount.ts'
import type { BrowseCall, BrowseCalls, BrowseNews, EntryPlace, OpenAnswer, OpenRequest } from './browse-messages.ts'
import { EditDesk } from './edit-desk.ts'
import { ProcessJobControl } from './process-job-control.ts'

type Answers = { [C in BrowseCall]: (argument: BrowseCalls[C]['argument']) => Promise<BrowseCalls[C]['answer']> }

/** A listing that is not complete by then is answered as it is. */
const FIRST_ANSWER_MS = 40
/** Ten reports a second look steady. */
const REPORT_EVERY_MS = 100

interface OpenListing {
  readonly listing: Listing
  readonly control: ProcessJobControl
}

const newControl = () => new ProcessJobControl(() => {})

export interface BrowsingNews {
  listing(news: BrowseNews): void
  /** A file that has to be expanded whole is being opened. */
  expanding(progress: ExpandProgress): void
  /** An image is got ready to be mounted. */
  preparing(progress: MountProgress): void
}

export class Browsing {
  readonly #news: BrowsingNews
  /** Of what several callers wait for; never cancelled. */
  readonly #steady = newControl()
  /** The latest work of each kind of which only the latest matters. */
  readonly #latest = new Map<string, ProcessJobControl>()
  readonly #listings = new Map<number, OpenListing>()
  readonly #desk = new EditDesk(this.#steady)
  #lastListingId = 0
  #opened: BrowsedImage | null = null
  /** What is open instead of an image with files. */
  #sound: SoundDisc | null = null
  #mounting: ProcessJobControl | null = null

  constructor(news: BrowsingNews) {
    this.#news = news
  }

  async answer<C extends BrowseCall>(call: C, argument: BrowseCalls[C]['argument']): Promise<BrowseCalls[C]['answer']> {
    return this.#answers[call](argument)
  }

  readonly #answers: Answers = {
    open: async (request) => this.#open(request),
    convertOffers: () => convertOffers(this.#sound?.convertSource ?? ConvertSource.of(this.#image.image)),
    describe: async () => this.#sound?.describe() ?? describeImage(this.#image.image, this.#steady),
    check: async () => worstFindingsFirst(await checkImage(this.#image.image, this.#steady)),
    readAll: async ({ view }) => {
      await this.#image.walk(await this.#tree(view))
      return null
    },
    list: async ({ view, folder, order }) => {
      const tree = await this.#tree(view)
      return this.#show(new Listing(tree, order), newControl(), (listing, control, grown) =>
        listing.listFolder(folder, this.#steady, control, grown),
      )
    },
    search: async ({ view, text, order }) => {
      const tree = await this.#tree(view)
      return this.#show(new Listing(tree, order), this.#onlyLatest('search'), (listing, control, grown) =>
        listing.search(new NameQuery(text), this.#image.walk(tree), control, grown),
      )
    },
    forget: async ({ listingId }) => {
      this.#listings.get(listingId)?.control.cancel()
      this.#listings.delete(listingId)
      return null
    },
    rows: async ({ listingId, range }) => browsedRows(this.#listing(listingId).listing, range),
    sort: async ({ listingId, order, ranges }) => {
      const { listing, control } = this.#listing(listingId)
      const kept = await listing.sort(order, ranges, control)
      return { listing: viewOf(listingId, listing), ranges: kept.slice(0, MAX_ITEMS_PER_MESSAGE) }
    },
    rowOf: async ({ listingId, entry }) => this.#listing(listingId).listing.rowOf(entry),
    rowOfTyped: async ({ listingId, text, from }) => this.#listing(listingId).listing.rowOfTyped(foldName(text), from),
    chosen: async ({ listingId, ranges }) => chosenPaths(this.#listing(listingId).listing, ranges),
    takeOut: async ({ listingId, ranges, ...target }) => {
      const { listing } = this.#listing(listingId)
      return takeOut(this.#image.image, listing, listing.chosen(ranges), chosenPaths(listing, ranges), target, newControl())
    },
    paths: async ({ listingId, ranges, limit }) => {
      const { listing } = this.#listing(listingId)
      const paths: string[] = []
      for (const number of listing.chosen(ranges)) {
        if (paths.length === limit) break
        paths.push(listing.tree.path(number))
      }
      return paths
    },
    folders: async ({ view, folder }) => browsedFolders(await this.#tree(view), folder, this.#steady),
    find: async ({ view, path }) => {
      const tree = await this.#tree(view)
      const found = await tree.find(path, this.#steady)
      return found === null ? null : lineage(tree, found)
    },
    details: async ({ view, entry }) => entryDetails(await this.#tree(view), entry),
    measure: async ({ listingId, ranges }) => {
      const { listing } = this.#listing(listingId)
      return measuredContent(listing.tree, listing.chosen(ranges), this.#onlyLatest('measure'))
    },
    names: async ({ view, entry }) => this.#image.names(await this.#tree(view), entry, this.#onlyLatest('names')),
    preview: async ({ encoding, ...place }) => {
      const { tree, entry } = await this.#entry(place)
      return previewOf(tree.view, entry, encoding)
    },
    bytes: async ({ offsetBytes, lengthBytes, ...place }) => {
      const { tree, entry } = await this.#entry(place)
      return contentBytes(tree.view, entry, offsetBytes, lengthBytes)
    },
    digest: async (place) => {
      const { tree, entry } = await this.#entry(place)
      const sha256 = await contentSha256(tree.view, entry, this.#onlyLatest('digest'))
      this.#image.requireUnchanged()
      return sha256
    },
    editBegin: async () => {
      const { image } = this.#image
      requireNewest(image)
      return this.#desk.begin(image.path)
    },
    editApply: (steps) => this.#desk.apply(steps),
    editTakeBack: ({ index }) => this.#desk.takeBack(index),
    editUndo: () => this.#desk.undo(),
    editRedo: () => this.#desk.redo(),
    editEnd: () => this.#desk.end(),
    editRows: ({ path, range: [from, to] }) => this.#desk.rows(path, from, to),
    editForecast: ({ mode, label }) => this.#desk.forecast(mode, label),
    editSteps: () => this.#desk.steps(),
    map: async ({ view, mostCells }) => (await this.#image.map(await this.#tree(view))).draw(mostCells),
    contentAt: async ({ view, lba, sectors }) => (await this.#image.map(await this.#tree(view))).contentAt(lba, sectors),
    prepareMount: ({ path }) => this.#prepareMount(path),
    stopMount: async () => {
      this.#mounting?.cancel()
      return null
    },
  }

  get #image(): BrowsedImage {
    if (this.#opened !== null) return this.#opened
    throw new Problem({ kind: 'usage', code: 'no-image', message: 'No image is open here.' })
  }

  async #open({ path, session, track }: OpenRequest): Promise<OpenAnswer> {
    const control = new ProcessJobControl((message) => {
      if (message.type !== 'progress') return
      const { doneBytes, totalBytes } = message.progress
      this.#news.expanding({ doneBytes, totalBytes: totalBytes ?? 0 })
    })
    const options = { session: session ?? undefined, track: track ?? undefined, control }
    const opened = await this.#openImage(path, options)
    if (opened === null) return this.#openSound(path, control)
    const { views, image } = opened
    const container = image.contained?.facts.title ?? null
    return {
      sizeBytes: image.source.sizeBytes,
      container,
      label: views[0]?.label ?? '',
      views,
      session: image.session?.number ?? null,
      track: image.contained?.track?.number ?? null,
    }
  }

  async #prepareMount(path: string): Promise<PreparedMount> {
    this.#mounting = new ProcessJobControl((message) => {
      if (message.type !== 'progress') return
      const { phase, doneBytes, totalBytes } = message.progress
      this.#news.preparing({ phase: phase === 'expand' ? 'expand' : 'copy', doneBytes, totalBytes: totalBytes ?? 0 })
    })
    try {
      return await prepareMount(path, this.#mounting)
    } finally {
      this.#mounting.end()
    }
  }

  /** Null for an image of sound alone. */
  async #openImage(path: string, options: OpenAnyOptions): Promise<BrowsedImage | null> {
    try {
      const opened = await BrowsedImage.open(path, options, this.#steady)
      this.#closeAll()
      this.#opened = opened
      return opened
    } catch (error) {
      if (SoundDisc.isMeant(error)) return null
      throw error
    }
  }

  async #openSound(path: string, control: OpeningControl): Promise<OpenAnswer> {
    const sound = await SoundDisc.open(path, control)
    this.#closeAll()
    this.#sound = sound
    return { sizeBytes: sound.sizeBytes, container: sound.title, label: '', views: [], session: null, track: null }
  }

  #closeAll(): void {
    this.#opened?.image.close()
    this.#sound?.close()
    this.#opened = null
    this.#sound = null
  }

  #tree(view: BrowsedViewKind): Promise<BrowsedTree> {
    return this.#image.tree(view)
  }

  async #entry({ view, entry }: EntryPlace) {
    const tree = await this.#tree(view)
    return { tree, entry: tree.entry(entry) }
  }

  #listing(listingId: number): OpenListing {
    const open = this.#listings.get(listingId)
    if (open !== undefined) return open
    throw new Problem({ kind: 'usage', code: 'listing-gone', message: 'This list is not shown any more.' })
  }

  /** A control of its own for this work, which stops the work of that kind before it. */
  #onlyLatest(kind: string): ProcessJobControl {
    this.#latest.get(kind)?.cancel()
    const control = newControl()
    this.#latest.set(kind, control)
    return control
  }

  /** Starts to fill a listing and answers soon; the rest is told as it comes. */
  async #show(
    listing: Listing,
    control: ProcessJobControl,
    fill: (listing: Listing, control: ProcessJobControl, grown: () => void) => Promise<void>,
  ): Promise<ListingView> {
    const listingId = ++this.#lastListingId
    this.#listings.set(listingId, { listing, control })
    const state = { isAnswered: false, toldMs: 0 }
    const tellNow = (problem: BrowseNews['problem']) => {
      state.toldMs = performance.now()
      this.#news.listing({ ...viewOf(listingId, listing), problem })
    }
    const grown = () => {
      const isDue = listing.state.isComplete || performance.now() - state.toldMs >= REPORT_EVERY_MS
      if (state.isAnswered && isDue) tellNow(null)
    }
    const filled = fill(listing, control, grown)
    const late = filled.catch((error: unknown) => {
      if (state.isAnswered) tellNow(problemReport(error))
    })
    await Promise.race([filled, delay(FIRST_ANSWER_MS)])
    state.isAnswered = true
    void late
    return viewOf(listingId, listing)
  }
}

/** An edit goes on from what is in force. */
function requireNewest({ session, sessions }: OpenImage): void {
  if (session === null || session === sessions.at(-1)) return
  throw new Problem({
    kind: 'usage',
    code: 'older-session',
    message: `Session ${session.number} is shown, and only the newest can be edited.`,
    advice: 'Show the newest session: Facts lists them.',
  })
}

function viewOf(listingId: number, listing: Listing): ListingView {
  return { listingId, ...listing.state }
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
