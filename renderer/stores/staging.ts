/** The image being put together: what main says about it, and which rows are open and selected. */
import { create } from 'zustand'
import type { BootFileChoice, CreateOptions } from '../../shared/image-project.ts'
import type { Reply } from '../../shared/ipc.ts'
import { MAX_ITEMS_PER_MESSAGE } from '../../shared/limits.ts'
import type { StagedRow, StagedSummary } from '../../shared/staging.ts'
import { type FlatRows, flattenRows, parentPath, ROOT_PATH } from '../design/tree/flat-rows.ts'
import { keepSelection, nothingSelected, type TreeSelection, topmost } from '../design/tree/selection.ts'
import { say } from '../words/say.ts'
import { answerOf } from './notices.ts'
import { fetchRows, freeName, isFolder, joinPath, repath } from './staged-rows.ts'

interface Scan {
  readonly items: number
  readonly current: string
}

interface StagingState {
  readonly summary: StagedSummary | null
  /** As set in the window; main's answer follows a moment later in `summary`. */
  readonly options: CreateOptions | null
  readonly childrenOf: ReadonlyMap<string, readonly StagedRow[]>
  readonly expanded: ReadonlySet<string>
  readonly flat: FlatRows<StagedRow>
  readonly selection: TreeSelection
  /** Waiting to be pasted into another folder. */
  readonly cut: readonly string[]
  readonly renaming: string | null
  /** While sources are being read. */
  readonly scan: Scan | null
  /** Changes whose outcome main is still working out. */
  readonly pendingCount: number
  /** Whether an image was made from exactly this. */
  readonly isMade: boolean
}

const noRows: FlatRows<StagedRow> = { rows: [], indexOf: new Map() }

export const useStaging = create<StagingState>()(() => ({
  summary: null,
  options: null,
  childrenOf: new Map(),
  expanded: new Set(),
  flat: noRows,
  selection: nothingSelected,
  cut: [],
  renaming: null,
  scan: null,
  pendingCount: 0,
  isMade: false,
}))

const { getState: get, setState: set } = useStaging

function setTree(childrenOf: StagingState['childrenOf'], expanded: StagingState['expanded']): void {
  set((state) => {
    const flat = flattenRows(childrenOf, expanded, isFolder)
    return { childrenOf, expanded, flat, selection: keepSelection(state.selection, state.flat, flat) }
  })
}

let latestRefresh = 0

/** Asks again for every folder that is open; an answer that a later change has overtaken is dropped. */
async function refreshRows(expanded: ReadonlySet<string>): Promise<void> {
  const refresh = ++latestRefresh
  const childrenOf = await fetchRows([ROOT_PATH, ...expanded])
  if (refresh === latestRefresh) setTree(childrenOf, new Set([...expanded].filter((path) => childrenOf.has(path))))
}

function takeSummary(summary: StagedSummary): void {
  set({ summary, options: summary.options })
  for (const listener of changeListeners) listener()
}

const changeListeners = new Set<() => void>()

/** Is told whenever something may be arranged otherwise than before. */
export function onArranged(listener: () => void): void {
  changeListeners.add(listener)
}

/** Shows what was put in the place of all that was arranged. */
export async function showArranged(summary: StagedSummary): Promise<void> {
  takeSummary(summary)
  set({ isMade: false, cut: [] })
  await refreshRows(new Set())
}

/** Main's answer; meanwhile the window says that it is being worked out. */
async function summaryOf(reply: Promise<Reply<StagedSummary>>): Promise<StagedSummary | undefined> {
  set(({ pendingCount }) => ({ pendingCount: pendingCount + 1 }))
  const summary = await answerOf(reply)
  set(({ pendingCount }) => ({ pendingCount: pendingCount - 1 }))
  return summary
}

/** Carries out a change of the tree and shows its outcome; tells whether it was done. */
async function arrange(reply: Promise<Reply<StagedSummary>>, expand: (open: ReadonlySet<string>) => ReadonlySet<string>): Promise<boolean> {
  const summary = await summaryOf(reply)
  if (!summary) return false
  takeSummary(summary)
  set({ isMade: false, cut: [] })
  await refreshRows(expand(get().expanded))
  return true
}

const asItIs = (open: ReadonlySet<string>) => open
const including = (path: string) => (open: ReadonlySet<string>) => (path === ROOT_PATH ? open : new Set([...open, path]))

export function setSelection(selection: TreeSelection): void {
  set({ selection })
}

function selectOnly(paths: readonly string[]): void {
  const here = paths.filter((path) => get().flat.indexOf.has(path))
  const first = here[0]
  if (first !== undefined) set({ selection: { selected: new Set(here), focus: first, anchor: first } })
}

/** The folder that new things go into: the selected folder, or the one around the selected file. */
export function targetFolder(): string {
  const { selection, flat } = get()
  const row = selection.focus === null ? undefined : flat.rows[flat.indexOf.get(selection.focus) ?? -1]
  if (!row || !selection.selected.has(row.item.path)) return ROOT_PATH
  return isFolder(row.item) ? row.item.path : parentPath(row.item.path)
}

export async function loadStaging(): Promise<void> {
  const summary = await answerOf(window.isomer.staging.summary())
  if (!summary) return
  takeSummary(summary)
  await refreshRows(get().expanded)
}

export function showScan(scan: Scan): void {
  if (get().scan !== null) set({ scan })
}

export async function addSources(tokens: readonly string[], into: string): Promise<void> {
  const before = new Set(
    get()
      .childrenOf.get(into)
      ?.map((row) => row.path),
  )
  set({ scan: { items: 0, current: '' } })
  const isAdded = await arrange(window.isomer.staging.add({ tokens: [...tokens], into }), including(into))
  set({ scan: null })
  // in an empty image everything is new, and nothing needs pointing out
  if (isAdded && before.size > 0) selectOnly((get().childrenOf.get(into) ?? []).map((row) => row.path).filter((path) => !before.has(path)))
}

/** Removes rows; more of them than a message may carry go in several steps. */
export async function removePaths(paths: Iterable<string>): Promise<void> {
  const gone = topmost(paths)
  const top = get().childrenOf.get(ROOT_PATH) ?? []
  const goneSet = new Set(gone)
  if (top.every((row) => goneSet.has(row.path))) return clearStaging()
  for (let from = 0; from < gone.length; from += MAX_ITEMS_PER_MESSAGE) {
    const some = gone.slice(from, from + MAX_ITEMS_PER_MESSAGE)
    if (!(await arrange(window.isomer.staging.remove({ paths: some }), asItIs))) return
  }
}

export async function clearStaging(): Promise<void> {
  await arrange(window.isomer.staging.clear(), () => new Set())
}

/** Looks at the sources again; tells whether they still are what the window shows. */
export async function isAsShown(): Promise<boolean> {
  const shown = get().summary
  const found = await summaryOf(window.isomer.staging.rescan())
  if (!found) return false
  const isSame = found.files === shown?.files && found.directories === shown.directories && found.contentBytes === shown.contentBytes
  takeSummary(found)
  if (!isSame) await refreshRows(get().expanded)
  return isSame
}

export function startRenaming(path: string | null): void {
  set({ renaming: path })
}

export async function renamePath(path: string, name: string): Promise<void> {
  set({ renaming: null })
  const renamed = joinPath(parentPath(path), name)
  if (renamed === path) return
  if (await arrange(window.isomer.staging.rename({ path, name }), (open) => repath(open, path, renamed))) selectOnly([renamed])
}

export async function newFolder(into: string): Promise<void> {
  const siblings = get().childrenOf.get(into) ?? (await fetchRows([into])).get(into) ?? []
  const name = freeName(say('common.new-folder'), siblings)
  const path = joinPath(into, name)
  if (!(await arrange(window.isomer.staging.newFolder({ into, name }), including(into)))) return
  selectOnly([path])
  set({ renaming: path })
}

export function cutPaths(paths: Iterable<string>): void {
  set({ cut: topmost(paths) })
}

export async function movePaths(paths: readonly string[], into: string): Promise<void> {
  const moved = paths.filter((path) => parentPath(path) !== into && path !== into)
  if (moved.length === 0) return
  const open = moved.reduce<ReadonlySet<string>>(
    (expanded, path) => repath(expanded, path, joinPath(into, path.slice(path.lastIndexOf('/') + 1))),
    get().expanded,
  )
  if (await arrange(window.isomer.staging.move({ paths: moved.slice(0, MAX_ITEMS_PER_MESSAGE), into }), () => including(into)(open)))
    selectOnly(moved.map((path) => joinPath(into, path.slice(path.lastIndexOf('/') + 1))))
}

export async function undo(): Promise<void> {
  if (get().summary?.canUndo) await arrange(window.isomer.staging.undo(), asItIs)
}

export async function redo(): Promise<void> {
  if (get().summary?.canRedo) await arrange(window.isomer.staging.redo(), asItIs)
}

export async function setExpanded(path: string, isExpanded: boolean): Promise<void> {
  const { childrenOf, expanded } = get()
  if (!isExpanded) {
    const kept = new Map(childrenOf)
    kept.delete(path)
    return setTree(kept, new Set([...expanded].filter((open) => open !== path)))
  }
  const fetched = await fetchRows([path])
  const now = get()
  setTree(new Map([...now.childrenOf, ...fetched]), new Set([...now.expanded, path]))
}

/** Options that say which names change, so rows have to be asked for again. */
const CHANGE_ROWS: readonly (keyof CreateOptions)[] = ['fileSystems', 'isoLevel', 'jolietUnits', 'udfForLargeFiles', 'udfLinks', 'exclude']

export async function setOptions(changes: Partial<CreateOptions>): Promise<void> {
  const { options, summary } = get()
  if (options) set({ options: { ...options, ...changes } })
  const answer = await summaryOf(window.isomer.staging.setOptions(changes as Parameters<typeof window.isomer.staging.setOptions>[0]))
  if (!answer) return set({ options: summary?.options ?? null })
  takeSummary(answer)
  set({ isMade: false })
  if (CHANGE_ROWS.some((key) => key in changes)) await refreshRows(get().expanded)
}

/** Shows the outcome of a change that main has to carry out, for only main knows the paths. */
async function changeBoot(reply: Promise<Reply<StagedSummary>>): Promise<void> {
  const summary = await summaryOf(reply)
  if (!summary) return
  takeSummary(summary)
  set({ isMade: false })
}

export const addBootFiles = (platform: BootFileChoice['platform'], tokens: string[]): Promise<void> =>
  changeBoot(window.isomer.staging.addBootFiles({ platform, tokens }))

export const removeBootFile = (index: number): Promise<void> => changeBoot(window.isomer.staging.removeBootFile({ index }))

/** Null takes it out. */
export const setMbrCode = (token: string | null): Promise<void> => changeBoot(window.isomer.staging.setMbrCode({ token }))

export function markMade(): void {
  set({ isMade: true })
}

/** Whether anything is staged. */
export function isStaged(summary: StagedSummary | null): boolean {
  return summary !== null && summary.files + summary.directories > 0
}
