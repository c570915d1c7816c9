/** One opened image in the window: which of its trees and folders is shown, what is searched and selected there. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type {
  BrowsedFolder,
  BrowsedRow,
  BrowsedViewKind,
  ImageDescription,
  Listing,
  ListingNews,
  OpenedImage,
  SortOrder,
} from '../../shared/browse.ts'
import type { AttributeKind } from '../../shared/comparison.ts'
import type { AdmittedSource, Reply } from '../../shared/ipc.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import { noRows, onlyRow, type RowSelection } from '../design/list/row-ranges.ts'
import { PAGE_ROWS, RowPages } from './browse-rows.ts'
import { EditSession } from './edit-session.ts'
import { answerOf, useNotices } from './notices.ts'

export type ImageTab = 'files' | 'facts' | 'boot' | 'map' | 'findings' | 'comparison'

/** A folder on the way to the one that is shown. */
export interface Crumb {
  readonly entry: number
  readonly name: string
}

/** Where somebody was, to go back to. */
interface Stop {
  readonly view: BrowsedViewKind
  readonly crumbs: readonly Crumb[]
}

export interface SessionState {
  readonly tab: ImageTab
  readonly description: ImageDescription | null
  readonly view: BrowsedViewKind
  /** From the root down to the folder that is shown. */
  readonly crumbs: readonly Crumb[]
  readonly past: readonly Stop[]
  readonly future: readonly Stop[]
  /** Empty while a folder is shown. */
  readonly searchText: string
  readonly listing: Listing | null
  readonly pages: RowPages
  readonly selection: RowSelection
  readonly order: SortOrder
  /** Of what was found; null for the order in which it was. */
  readonly searchOrder: SortOrder | null
  /** Subfolders of folders that are open in the tree at the side. */
  readonly foldersOf: ReadonlyMap<number, readonly BrowsedFolder[]>
  readonly openFolders: ReadonlySet<number>
  /** The job that compares the image, and with what; null until somebody asked for it. */
  readonly comparison: { readonly jobId: string; readonly name: string } | null
  /** Whether all trees were looked through for findings. */
  readonly isChecked: boolean
  /** Why nothing can be shown. */
  readonly problem: ProblemReport | null
  /** The image made its reader end: it must be opened anew. */
  readonly isEnded: boolean
  readonly isTreeShown: boolean
  readonly isPreviewShown: boolean
  /** The sector that the map points at. */
  readonly mapLba: number
  /** The file that is looked at in a sheet of its own. */
  readonly lookedAt: BrowsedRow | null
}

const ROOT: Crumb = { entry: 0, name: '' }
const MAX_STOPS = 100
/** Of folder pages being asked for; a scroll bar dragged along passes by many. */
const SETTLE_MS = 16

export class ImageSession {
  readonly image: OpenedImage
  readonly store: StoreApi<SessionState>
  readonly edit: EditSession
  #inSight: readonly [number, number] = [0, 0]
  #fetchTimer: ReturnType<typeof setTimeout> | undefined
  readonly #fetching = new Set<string>()
  /** News of listings whose answer has not come in yet. */
  readonly #early = new Map<number, ListingNews>()
  #latestShow = 0

  constructor(image: OpenedImage, shown: Pick<SessionState, 'isTreeShown' | 'isPreviewShown'>) {
    this.image = image
    this.edit = new EditSession(image.imageId)
    this.store = createStore<SessionState>()(() => ({
      tab: 'files',
      description: null,
      view: image.views[0]?.kind ?? 'iso9660',
      crumbs: [ROOT],
      past: [],
      future: [],
      searchText: '',
      listing: null,
      pages: new RowPages(),
      selection: noRows,
      order: { by: 'name', descending: false },
      searchOrder: null,
      foldersOf: new Map(),
      openFolders: new Set([ROOT.entry]),
      problem: null,
      isEnded: false,
      isChecked: false,
      comparison: null,
      mapLba: 0,
      lookedAt: null,
      ...shown,
    }))
  }

  get #state(): SessionState {
    return this.store.getState()
  }

  get #tree() {
    return { imageId: this.image.imageId, view: this.#state.view }
  }

  /** Shows the root, and meanwhile finds out what the image is. */
  async start(): Promise<void> {
    const hasFiles = this.image.views.length > 0
    if (hasFiles) await this.#show([ROOT])
    const description = await window.isomer.browse.describe({ imageId: this.image.imageId })
    if (description.ok) this.store.setState({ description: description.value })
    else if (!isReaderGone(description.problem)) useNotices.getState().show(description.problem)
    if (!hasFiles) return
    await this.loadFolders(ROOT.entry)
    void this.#readAll()
  }

  /** Looks deeper than opening does: through all trees. */
  async check(): Promise<void> {
    const findings = await this.#answer(window.isomer.browse.check({ imageId: this.image.imageId }))
    if (!findings) return
    this.store.setState(({ description }) => ({ description: description && { ...description, findings }, isChecked: true }))
  }

  /** Compares the image with another one or a folder; what is in `ignore` doesn't count. */
  async compare({ token, name }: Pick<AdmittedSource, 'token' | 'name'>, ignore: readonly AttributeKind[]): Promise<void> {
    const started = await this.#answer(window.isomer.browse.compare({ imageId: this.image.imageId, token, ignore: [...ignore] }))
    if (started) this.store.setState({ comparison: { jobId: started.jobId, name }, tab: 'comparison' })
  }

  setTab(tab: ImageTab): void {
    this.store.setState({ tab })
  }

  /** Shows a folder; where somebody was is remembered. */
  async goTo(crumbs: readonly Crumb[], selectEntry: number | null = null): Promise<void> {
    this.#remember()
    await this.#show(crumbs, selectEntry)
  }

  /** Opens what a row stands for: a folder, or a file in a sheet of its own. */
  async openRow(row: number): Promise<void> {
    const item = this.#state.pages.row(row)
    if (item === undefined) return
    if (item.type !== 'directory') return this.store.setState({ lookedAt: item })
    if (this.#state.searchText !== '') await this.goToPath(joined(item.folder, item.name))
    else await this.goTo([...this.#state.crumbs, { entry: item.entry, name: item.name }])
  }

  /** Goes to a folder, or to the folder of anything else, by its path in the present tree; tells whether it is there. */
  async goToPath(path: string): Promise<boolean> {
    const lineage = await this.#answer(window.isomer.browse.find({ ...this.#tree, path }))
    if (!lineage) return false
    const names = path.split('/').filter((part) => part !== '')
    const crumbs = lineage.map((entry, depth): Crumb => (depth === 0 ? ROOT : { entry, name: names[depth - 1] ?? '' }))
    const last = crumbs.at(-1) ?? ROOT
    const isFolder = last.entry === ROOT.entry || (await this.#isFolder(last.entry))
    await this.goTo(isFolder ? crumbs : crumbs.slice(0, -1), isFolder ? null : last.entry)
    this.store.setState({ tab: 'files' })
    return true
  }

  /** Goes to a folder, or to the top where the image has none of that path. */
  async goToPathOrRoot(path: string): Promise<void> {
    if (path === '/' || !(await this.goToPath(path))) await this.#show([ROOT])
  }

  async goUp(): Promise<void> {
    const { crumbs, searchText } = this.#state
    if (searchText !== '') return this.search('')
    const left = crumbs.at(-1)
    if (crumbs.length > 1 && left) await this.goTo(crumbs.slice(0, -1), left.entry)
  }

  async goBack(): Promise<void> {
    await this.#travel('past', 'future')
  }

  async goForward(): Promise<void> {
    await this.#travel('future', 'past')
  }

  /** Shows another tree, at the same folder where it has one. */
  async setView(view: BrowsedViewKind): Promise<void> {
    const before = this.#state
    const here = before.crumbs.at(-1) ?? ROOT
    const names = view === 'boot' ? undefined : await this.#answer(window.isomer.browse.names({ ...this.#tree, entry: here.entry }))
    const path = names?.find((name) => name.view === view)?.path ?? '/'
    this.#remember()
    this.store.setState({ view, foldersOf: new Map(), openFolders: new Set([ROOT.entry]), searchText: '', crumbs: [ROOT] })
    await this.loadFolders(ROOT.entry)
    void this.#readAll()
    if (path === '/' || !(await this.goToPath(path))) await this.#show([ROOT])
  }

  /** Shows what has these words in its name; nothing typed shows the folder again. */
  async search(searchText: string): Promise<void> {
    this.store.setState({ searchText })
    if (searchText.trim() === '') return this.#show(this.#state.crumbs)
    const show = ++this.#latestShow
    const reply = await window.isomer.browse.search({ ...this.#tree, text: searchText, order: this.#state.searchOrder })
    if (!reply.ok && reply.problem.kind === 'cancelled') return
    this.#take(show, reply)
  }

  async sort(order: SortOrder): Promise<void> {
    const { searchText, listing, selection, pages } = this.#state
    this.store.setState(searchText === '' ? { order } : { searchOrder: order })
    if (listing === null) return
    const { imageId } = this.image
    const { listingId } = listing
    const ranges = selection.ranges.map(([from, to]): [number, number] => [from, to])
    const focused = pages.row(selection.focus)?.entry
    const sorted = await this.#answer(window.isomer.browse.sort({ imageId, listingId, order, ranges }))
    if (!sorted || this.#state.listing?.listingId !== listingId) return
    const focus =
      focused === undefined ? -1 : ((await this.#answer(window.isomer.browse.rowOf({ imageId, listingId, entry: focused }))) ?? -1)
    this.store.setState({ pages: new RowPages(), selection: { ranges: sorted.ranges, focus, anchor: focus } })
    this.#fetchSoon()
  }

  select(selection: RowSelection): void {
    this.store.setState({ selection })
  }

  /** Goes to the next row whose name begins with what was typed. */
  async goToTyped(text: string): Promise<void> {
    const { listing, selection } = this.#state
    if (listing === null) return
    const isFirstLetter = Array.from(text).length === 1
    const from = Math.max(0, selection.focus) + (isFirstLetter && selection.focus >= 0 ? 1 : 0)
    const row = await this.#answer(
      window.isomer.browse.rowOfTyped({ imageId: this.image.imageId, listingId: listing.listingId, text, from }),
    )
    if (row !== undefined && row >= 0 && this.#state.listing?.listingId === listing.listingId) this.select(onlyRow(row))
  }

  /** Rows that are to be drawn; those that are missing are asked for. */
  readonly showRows = (from: number, to: number): void => {
    this.#inSight = [from, to]
    this.#fetchSoon()
  }

  /** Takes what main tells of a listing that is still being filled. */
  hear(news: ListingNews): void {
    const { listingId, count, isComplete, searched, problem } = news
    const { listing } = this.#state
    if (listing?.listingId !== listingId) {
      this.#early.set(listingId, news)
      return
    }
    if (problem !== null) {
      this.#fail(problem)
      return
    }
    // In order, rows are elsewhere than they were.
    const pages = isComplete && !listing.isComplete ? new RowPages() : this.#state.pages
    this.store.setState({ listing: { listingId, count, isComplete, searched }, pages })
    this.#fetchSoon()
  }

  /** Nothing more can be asked. */
  end(problem: ProblemReport): void {
    this.store.setState({ problem, isEnded: true })
  }

  async setOpen(folder: number, isOpen: boolean): Promise<void> {
    const openFolders = new Set(this.#state.openFolders)
    if (isOpen) openFolders.add(folder)
    else openFolders.delete(folder)
    this.store.setState({ openFolders })
    if (isOpen) await this.loadFolders(folder)
  }

  async loadFolders(folder: number, isAgain = false): Promise<void> {
    const { view, foldersOf } = this.#state
    if (foldersOf.has(folder) && !isAgain) return
    const folders = await this.#answer(window.isomer.browse.folders({ imageId: this.image.imageId, view, folder }))
    if (folders && this.#state.view === view)
      this.store.setState(({ foldersOf: known }) => ({ foldersOf: new Map(known).set(folder, folders) }))
  }

  showTree(isTreeShown: boolean): void {
    this.store.setState({ isTreeShown })
  }

  showPreview(isPreviewShown: boolean): void {
    this.store.setState({ isPreviewShown })
  }

  /** Points at a sector of the map. */
  pointAt(mapLba: number): void {
    this.store.setState({ mapLba })
  }

  showOnMap(mapLba: number): void {
    this.store.setState({ mapLba, tab: 'map' })
  }

  lookAt(lookedAt: BrowsedRow | null): void {
    this.store.setState({ lookedAt })
  }

  /** Then searches are quick, and it is known how much is in each folder. */
  async #readAll(): Promise<void> {
    const { view } = this.#state
    const reply = await window.isomer.browse.readAll(this.#tree)
    if (!reply.ok || this.#state.view !== view) return
    const { listing, pages, foldersOf } = this.#state
    const inSight = pages.only(...this.#inSight)
    this.store.setState({ pages: inSight })
    if (listing) for (const page of inSight.numbers()) void this.#fetchPage(listing, page)
    for (const folder of foldersOf.keys()) await this.loadFolders(folder, true)
  }

  #remember(): void {
    const { view, crumbs, past } = this.#state
    this.store.setState({ past: [...past, { view, crumbs }].slice(-MAX_STOPS), future: [] })
  }

  async #travel(from: 'past' | 'future', to: 'past' | 'future'): Promise<void> {
    const state = this.#state
    const stop = state[from].at(-1)
    if (!stop) return
    const { view, crumbs } = state
    const moved = { [from]: state[from].slice(0, -1), [to]: [...state[to], { view, crumbs }] }
    const otherTree = stop.view === view ? {} : { view: stop.view, foldersOf: new Map(), openFolders: new Set([ROOT.entry]) }
    this.store.setState({ ...moved, ...otherTree })
    const left = crumbs.length > stop.crumbs.length ? (crumbs[stop.crumbs.length]?.entry ?? null) : null
    await this.#show(stop.crumbs, left)
    await this.loadFolders(ROOT.entry)
  }

  async #show(crumbs: readonly Crumb[], selectEntry: number | null = null): Promise<void> {
    const show = ++this.#latestShow
    this.store.setState({ crumbs, searchText: '' })
    const folder = crumbs.at(-1)?.entry ?? ROOT.entry
    const reply = await window.isomer.browse.list({ ...this.#tree, folder, order: this.#state.order })
    this.#take(show, reply)
    const { listing } = this.#state
    if (selectEntry === null || show !== this.#latestShow || listing === null) return
    const place = { imageId: this.image.imageId, listingId: listing.listingId, entry: selectEntry }
    const row = await this.#answer(window.isomer.browse.rowOf(place))
    if (row !== undefined && row >= 0 && show === this.#latestShow) this.select(onlyRow(row))
  }

  /** Shows a listing unless another was asked for meanwhile; the one before is let go. */
  #take(show: number, reply: Reply<Listing>): void {
    const { imageId } = this.image
    if (!reply.ok) {
      if (show === this.#latestShow) this.#fail(reply.problem)
      return
    }
    const dropped = show === this.#latestShow ? this.#state.listing : reply.value
    if (dropped) void window.isomer.browse.forget({ imageId, listingId: dropped.listingId })
    if (show !== this.#latestShow) return
    this.store.setState({ listing: reply.value, pages: new RowPages(), selection: noRows, problem: null })
    this.#inSight = [0, PAGE_ROWS]
    const early = this.#early.get(reply.value.listingId)
    this.#early.clear()
    if (early) this.hear(early)
    this.#fetch()
  }

  #fetchSoon(): void {
    clearTimeout(this.#fetchTimer)
    this.#fetchTimer = setTimeout(() => this.#fetch(), SETTLE_MS)
  }

  #fetch(): void {
    const { listing, pages } = this.#state
    if (listing === null) return
    for (const page of pages.missing(...this.#inSight, listing.count)) void this.#fetchPage(listing, page)
  }

  async #fetchPage({ listingId, count }: Listing, page: number): Promise<void> {
    const key = `${listingId} ${page} ${count}`
    if (this.#fetching.has(key)) return
    this.#fetching.add(key)
    const { pages: before } = this.#state
    const from = page * PAGE_ROWS
    const reply = await window.isomer.browse.rows({ imageId: this.image.imageId, listingId, range: [from, from + PAGE_ROWS] })
    this.#fetching.delete(key)
    if (!reply.ok || this.#state.listing?.listingId !== listingId) return
    // Sorted meanwhile: these rows are not there any more.
    if (before.generation !== this.#state.pages.generation) return this.#fetchSoon()
    this.store.setState(({ pages }) => ({ pages: pages.with(page, reply.value) }))
  }

  async #isFolder(entry: number): Promise<boolean> {
    const details = await this.#answer(window.isomer.browse.details({ ...this.#tree, entry }))
    return details?.type === 'directory'
  }

  async #answer<T>(reply: Promise<Reply<T>>): Promise<T | undefined> {
    const settled = await reply
    return settled.ok || !isReaderGone(settled.problem) ? answerOf(Promise.resolve(settled)) : undefined
  }

  #fail(problem: ProblemReport): void {
    if (!isReaderGone(problem)) this.store.setState({ problem })
  }
}

/** Said once for the whole image, by `end`. */
const isReaderGone = ({ code }: ProblemReport): boolean => code === 'reader-ended' || code === 'image-closed'

export const joined = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`)
