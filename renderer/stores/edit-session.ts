/** The edit of an opened image: the folder that is shown of the tree as it will be, and what saving would come to. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DraftForecast, DraftRow, DraftSummary, SaveWay } from '../../shared/edit-draft.ts'
import type { Reply } from '../../shared/ipc.ts'
import type { JobView } from '../../shared/job.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import { noRows, onlyRow, type RowSelection, rowNumbers, theseRows } from '../design/list/row-ranges.ts'
import { say } from '../words/say.ts'
import { fetchDraftRows, parentFolder } from './draft-rows.ts'
import { answerOf, useNotices } from './notices.ts'
import { freeName, joinPath } from './staged-rows.ts'

export type Outcome =
  | { readonly key: string; readonly is: 'there'; readonly forecast: DraftForecast }
  | { readonly key: string; readonly is: 'failed'; readonly problem: ProblemReport }

export interface EditState {
  /** Null while the image is not edited. */
  readonly summary: DraftSummary | null
  readonly isBeginning: boolean
  readonly folder: string
  readonly rows: readonly DraftRow[]
  readonly selection: RowSelection
  /** Waiting to be pasted into another folder. */
  readonly cut: readonly string[]
  /** The row whose name is being edited. */
  readonly renaming: string | null
  /** Changes whose outcome main is still working out. */
  readonly pendingCount: number
  /** Null keeps the image's. */
  readonly label: string | null
  /** Whether a label was typed that the image can't hold: until it is mended nothing is saved. */
  readonly isLabelWrong: boolean
  readonly way: SaveWay
  /** What saving would come to, as it was worked out last. */
  readonly outcome: Outcome | null
  /** The latest job that saves the changes, and what of them. */
  readonly saving: { readonly jobId: string; readonly key: string; readonly way: SaveWay; readonly replacesImage: boolean } | null
  /** What was saved. */
  readonly savedKey: string | null
}

const ROOT = '/'
/** Changes often come several at once. */
const SETTLE_MS = 250

const notEdited: EditState = {
  summary: null,
  isBeginning: false,
  folder: ROOT,
  rows: [],
  selection: noRows,
  cut: [],
  renaming: null,
  pendingCount: 0,
  label: null,
  isLabelWrong: false,
  way: 'new-image',
  outcome: null,
  saving: null,
  savedKey: null,
}

export const isEdited = ({ summary }: EditState): boolean => summary !== null
export const isChanged = ({ summary, label }: EditState): boolean => summary !== null && (summary.steps.length > 0 || label !== null)
/** Equal for the same changes. */
export const changesKey = ({ summary, label }: EditState): string => `${summary?.revision} ${label ?? ''}`
export const outcomeKey = (state: EditState): string => `${changesKey(state)} ${state.way}`
/** Whether something would be lost by leaving. */
export const isUnsaved = (state: EditState): boolean => isChanged(state) && state.savedKey !== changesKey(state)

export class EditSession {
  readonly imageId: string
  readonly store: StoreApi<EditState>
  #latestShow = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isForecasting = false

  constructor(imageId: string) {
    this.imageId = imageId
    this.store = createStore<EditState>()(() => notEdited)
  }

  get #state(): EditState {
    return this.store.getState()
  }

  /** Begins in a folder; tells whether the image can be edited. */
  async begin(folder: string): Promise<boolean> {
    if (isEdited(this.#state)) {
      await this.show(folder)
      return true
    }
    this.store.setState({ isBeginning: true })
    const summary = await answerOf(window.isomer.edit.begin({ imageId: this.imageId }))
    const rows = summary && (await fetchDraftRows(this.imageId, folder))
    this.store.setState({ isBeginning: false })
    if (!summary) return false
    this.store.setState({ ...notEdited, summary, ...(rows ? { folder, rows } : {}) })
    if (!rows) await this.show(ROOT)
    return true
  }

  /** Takes up an edit that was begun before the page was loaded anew. */
  async takeUp(): Promise<void> {
    const reply = await window.isomer.edit.summary({ imageId: this.imageId })
    if (!reply.ok || reply.value === null || isEdited(this.#state)) return
    // What was typed for a label went with the page.
    await answerOf(window.isomer.edit.setLabel({ imageId: this.imageId, label: null }))
    await this.begin(ROOT)
  }

  /** Gives all changes up. */
  async end(): Promise<void> {
    clearTimeout(this.#timer)
    this.store.setState(notEdited)
    await answerOf(window.isomer.edit.end({ imageId: this.imageId }))
  }

  /** Shows a folder, or the nearest above it that is there. */
  async show(folder: string, select: readonly string[] = []): Promise<void> {
    const show = ++this.#latestShow
    let at = folder
    let rows = await fetchDraftRows(this.imageId, at)
    while (rows === null && at !== ROOT) {
      at = parentFolder(at)
      rows = await fetchDraftRows(this.imageId, at)
    }
    if (show !== this.#latestShow || rows === null || !isEdited(this.#state)) return
    // A name may be typed while something else was being worked out.
    const { renaming } = this.#state
    const isStillThere = rows.some(({ path, state }) => path === renaming && state !== 'removed')
    this.store.setState({ folder: at, rows, selection: selectionOf(rows, select), renaming: isStillThere ? renaming : null })
    this.#forecastSoon()
  }

  async openRow(row: number): Promise<void> {
    const item = this.#state.rows[row]
    if (item?.type === 'directory' && item.state !== 'removed') await this.show(item.path)
  }

  async goUp(): Promise<void> {
    const { folder } = this.#state
    if (folder !== ROOT) await this.show(parentFolder(folder), [folder])
  }

  select(selection: RowSelection): void {
    this.store.setState({ selection })
  }

  goToTyped(text: string): void {
    const { rows, selection } = this.#state
    const wanted = text.toLocaleLowerCase()
    const from = Math.max(0, selection.focus + (Array.from(text).length === 1 ? 1 : 0))
    const order = [...rows.keys()].map((at) => (from + at) % rows.length)
    const found = order.find((row) => rows[row]?.name.toLocaleLowerCase().startsWith(wanted))
    if (found !== undefined) this.select(onlyRow(found))
  }

  /** The selected entries that are in the image as it will be. */
  get chosen(): DraftRow[] {
    const { rows, selection } = this.#state
    return rowNumbers(selection).flatMap((row) => (rows[row] && rows[row].state !== 'removed' ? [rows[row]] : []))
  }

  async add(tokens: readonly string[], into: string): Promise<void> {
    const before = new Set(this.#state.rows.filter(({ state }) => state === 'new' || state === 'replaced').map(({ path }) => path))
    const isDone = await this.#change(window.isomer.edit.add({ imageId: this.imageId, tokens: [...tokens], into }), into)
    const { rows } = this.#state
    const added = rows.filter(({ state, path }) => (state === 'new' || state === 'replaced') && !before.has(path))
    if (isDone && added.length > 0)
      this.select(
        selectionOf(
          rows,
          added.map(({ path }) => path),
        ),
      )
  }

  async remove(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) await this.#change(window.isomer.edit.remove({ imageId: this.imageId, paths: [...paths] }))
  }

  /** Does without the change that took an entry out; tells whether there is such a one. */
  async putBack(path: string): Promise<void> {
    const index = this.removalOf(path)
    if (index >= 0) await this.takeBack(index, [path])
  }

  removalOf(path: string): number {
    return this.#state.summary?.steps.findLastIndex((step) => step.step === 'remove' && step.path === path) ?? -1
  }

  startRenaming(renaming: string | null): void {
    this.store.setState({ renaming })
  }

  async rename(path: string, name: string): Promise<void> {
    this.startRenaming(null)
    const folder = parentFolder(path)
    const renamed = joinPath(folder, name)
    if (renamed !== path) await this.#change(window.isomer.edit.rename({ imageId: this.imageId, path, name }), folder, [renamed])
  }

  async newFolder(): Promise<void> {
    const { folder, rows } = this.#state
    const name = freeName(say('common.new-folder'), rows)
    const path = joinPath(folder, name)
    if (await this.#change(window.isomer.edit.newFolder({ imageId: this.imageId, into: folder, name }), folder, [path]))
      this.startRenaming(path)
  }

  cut(paths: readonly string[]): void {
    this.store.setState({ cut: paths })
  }

  async paste(): Promise<void> {
    const { cut, folder } = this.#state
    await this.move(cut, folder)
  }

  async move(paths: readonly string[], into: string): Promise<void> {
    const moved = paths.filter((path) => parentFolder(path) !== into)
    if (moved.length === 0) return this.cut([])
    const shown = this.#state.folder
    const after = shown === into ? moved.map((path) => joinPath(into, path.slice(path.lastIndexOf('/') + 1))) : []
    if (await this.#change(window.isomer.edit.move({ imageId: this.imageId, paths: moved, into }), shown, after)) this.cut([])
  }

  async takeBack(index: number, select: readonly string[] = []): Promise<void> {
    await this.#change(window.isomer.edit.takeBack({ imageId: this.imageId, index }), this.#state.folder, select)
  }

  async undo(): Promise<void> {
    if (this.#state.summary?.canUndo) await this.#change(window.isomer.edit.undo({ imageId: this.imageId }))
  }

  async redo(): Promise<void> {
    if (this.#state.summary?.canRedo) await this.#change(window.isomer.edit.redo({ imageId: this.imageId }))
  }

  async setLabel(label: string | null, isAllowed: boolean): Promise<void> {
    this.store.setState({ isLabelWrong: !isAllowed })
    if (!isAllowed || label === this.#state.label) return
    this.store.setState({ label })
    await answerOf(window.isomer.edit.setLabel({ imageId: this.imageId, label }))
    this.#forecastSoon()
  }

  setWay(way: SaveWay): void {
    this.store.setState({ way })
    this.#forecastSoon()
  }

  isSavedBy(jobId: string, { way, replacesImage }: { readonly way: SaveWay; readonly replacesImage: boolean }): void {
    this.store.setState({ saving: { jobId, key: changesKey(this.#state), way, replacesImage } })
  }

  /** Forgets the outcome of the latest saving. */
  dismissSaved(): void {
    this.store.setState({ saving: null })
  }

  /** Takes what main tells of its jobs. */
  hearJob({ id, state }: Pick<JobView, 'id' | 'state'>): void {
    const { saving } = this.#state
    if (saving?.jobId === id && state === 'done') this.store.setState({ savedKey: saving.key })
  }

  /** Carries out a change and shows what the folder is then; tells whether it was done. */
  async #change(reply: Promise<Reply<DraftSummary>>, folder = this.#state.folder, select: readonly string[] = []): Promise<boolean> {
    this.store.setState(({ pendingCount }) => ({ pendingCount: pendingCount + 1 }))
    const summary = await answerOf(reply)
    this.store.setState(({ pendingCount }) => ({ pendingCount: Math.max(0, pendingCount - 1) }))
    if (!summary || !isEdited(this.#state)) return false
    this.store.setState({ summary })
    const { rows, selection } = this.#state
    const selected = rowNumbers(selection).flatMap((row) => rows[row]?.path ?? [])
    await this.show(folder, select.length > 0 ? select : selected)
    return true
  }

  #forecastSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#forecast(), SETTLE_MS)
  }

  /** Works out what saving would come to, one at a time; what changed meanwhile is worked out afterwards. */
  async #forecast(): Promise<void> {
    const key = outcomeKey(this.#state)
    if (this.#isForecasting || !isChanged(this.#state) || this.#state.outcome?.key === key) return
    this.#isForecasting = true
    const reply = await window.isomer.edit.forecast({ imageId: this.imageId, way: this.#state.way })
    this.#isForecasting = false
    if (!isEdited(this.#state)) return
    if (outcomeKey(this.#state) !== key) return this.#forecast()
    if (reply.ok) this.store.setState({ outcome: { key, is: 'there', forecast: reply.value } })
    else if (reply.problem.code === 'reader-ended') useNotices.getState().show(reply.problem)
    else this.store.setState({ outcome: { key, is: 'failed', problem: reply.problem } })
  }
}

function selectionOf(rows: readonly DraftRow[], paths: readonly string[]): RowSelection {
  const wanted = new Set(paths)
  return theseRows([...rows.keys()].filter((row) => wanted.has(rows[row]?.path ?? '')))
}
