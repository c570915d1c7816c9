/** The images that are open in the window, the one that is shown, and those that were opened before. */
import { create } from 'zustand'
import type { ExpandProgress, ListingNews, OpenedImage, RecentImage } from '../../shared/browse.ts'
import type { AdmittedSource } from '../../shared/ipc.ts'
import type { JobView } from '../../shared/job.ts'
import type { ProblemReport } from '../../shared/problem.ts'
import { ImageSession } from './browse-session.ts'
import { type EditSession, isEdited } from './edit-session.ts'
import { answerOf } from './notices.ts'

/** What is being opened, or could not be. */
export interface Opening {
  readonly source: Pick<AdmittedSource, 'token' | 'name' | 'displayPath'>
  /** Null while it is being read. */
  readonly problem: ProblemReport | null
  /** Null unless it has to be expanded whole first. */
  readonly expanding: ExpandProgress | null
}

interface BrowseImagesState {
  readonly sessions: readonly ImageSession[]
  /** The image that is shown; null for the list of those that could be. */
  readonly currentId: string | null
  readonly opening: Opening | null
  /** Null until main has said. */
  readonly recent: readonly RecentImage[] | null
}

export const useBrowseImages = create<BrowseImagesState>()(() => ({ sessions: [], currentId: null, opening: null, recent: null }))

const { getState: get, setState: set } = useBrowseImages

/** Side panes only where there is room for them. */
const TREE_FROM_PX = 960
const PREVIEW_FROM_PX = 1080

function begin(image: OpenedImage): ImageSession {
  const session = new ImageSession(image, { isTreeShown: innerWidth >= TREE_FROM_PX, isPreviewShown: innerWidth >= PREVIEW_FROM_PX })
  set(({ sessions }) => ({ sessions: [...sessions, session], currentId: image.imageId, opening: null }))
  void session.start()
  return session
}

/** Opens an image, or shows it when it is open already. */
export async function openImage(
  source: Opening['source'],
  wantedSession: number | null = null,
  wantedTrack: number | null = null,
): Promise<void> {
  const open = get().sessions.find(
    ({ image }) =>
      image.token === source.token &&
      (wantedSession === null || image.session === wantedSession) &&
      (wantedTrack === null || image.track === wantedTrack),
  )
  if (open) return showImage(open.image.imageId)
  const turn = stopOpening()
  set({ opening: { source, problem: null, expanding: null }, currentId: null })
  const reply = await window.isomer.browse.open({ token: source.token, session: wantedSession, track: wantedTrack })
  if (openingTurn !== turn) {
    if (reply.ok) await window.isomer.browse.close({ imageId: reply.value.imageId })
    return
  }
  if (reply.ok) begin(reply.value)
  else set({ opening: { source, problem: reply.problem, expanding: null } })
}

/** Shows an open image; null for the list of those that could be. */
export function showImage(imageId: string | null): void {
  stopOpening()
  set({ currentId: imageId, opening: null })
}

export async function closeImage(imageId: string): Promise<void> {
  const { sessions, currentId } = get()
  const index = sessions.findIndex(({ image }) => image.imageId === imageId)
  const left = sessions.filter((_, i) => i !== index)
  const next = left[Math.min(index, left.length - 1)]?.image.imageId ?? null
  set({ sessions: left, currentId: currentId === imageId ? next : currentId })
  await answerOf(window.isomer.browse.close({ imageId }))
}

/** Counts what was opened or shown: what is opened for an earlier turn isn't waited for any more. */
let openingTurn = 0

/** Has main stop what is being opened, which may take long. Gives the turn that begins. */
function stopOpening(): number {
  const { opening } = get()
  if (opening?.problem === null) void window.isomer.browse.giveUp({ token: opening.source.token })
  openingTurn++
  return openingTurn
}

/** Gives up an image that is being opened, or that can't be. */
export function forgetOpening(): void {
  stopOpening()
  set(({ sessions }) => ({ opening: null, currentId: sessions.at(-1)?.image.imageId ?? null }))
}

/** Opens an image again whose reader ended. */
export async function reopenImage({ image }: Pick<ImageSession, 'image'>): Promise<void> {
  await closeImage(image.imageId)
  await openImage(image, image.session)
}

export async function loadRecent(): Promise<void> {
  const recent = await answerOf(window.isomer.browse.recent())
  if (recent) set({ recent })
}

export async function forgetRecent(recentId: string): Promise<void> {
  const recent = await answerOf(window.isomer.browse.forgetRecent({ recentId }))
  if (recent) set({ recent })
}

/** Takes over what is open already: the page may have been loaded anew. */
export async function loadOpened(): Promise<void> {
  const opened = await answerOf(window.isomer.browse.opened())
  const known = new Set(get().sessions.map(({ image }) => image.imageId))
  for (const image of opened ?? []) if (!known.has(image.imageId)) void begin(image).edit.takeUp()
}

export function hearListing(news: ListingNews): void {
  sessionOf(news.imageId)?.hear(news)
}

export function hearExpanding({ token, ...expanding }: ExpandProgress & { readonly token: string }): void {
  const { opening } = get()
  if (opening?.source.token === token && opening.problem === null) set({ opening: { ...opening, expanding } })
}

export function hearEnded({ imageId, problem }: { readonly imageId: string; readonly problem: ProblemReport }): void {
  sessionOf(imageId)?.end(problem)
}

/** Takes what main tells of its jobs: some save what was edited. */
export function hearJob(job: JobView): void {
  for (const { edit } of get().sessions) edit.hearJob(job)
}

/** The edit of the image that is shown; null when there is none. */
export function currentEdit(): EditSession | null {
  const session = sessionOf(get().currentId)
  return session && isEdited(session.edit.store.getState()) && session.store.getState().tab === 'files' ? session.edit : null
}

export function sessionOf(imageId: string | null): ImageSession | undefined {
  return get().sessions.find(({ image }) => image.imageId === imageId)
}
