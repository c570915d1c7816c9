/** What the window sees of an image that is being edited: its tree as it will be, and what has been done. Plain data. */
import type { EditMode } from './image-edit.ts'
import type { Change, EntryType } from './image-model.ts'

/**
 * `new`: was put in · `replaced`: was put in the place of something of its name · `moved`: was somewhere else or called
 * otherwise · `removed`: was in the folder and is nowhere now · `kept`: is as it was.
 */
export type DraftState = 'kept' | 'new' | 'replaced' | 'moved' | 'removed'

/** What becomes of the changes when they are saved. */
export const saveWays = ['new-image', 'session-behind-copy', 'session-in-place'] as const
export type SaveWay = (typeof saveWays)[number]

export const editModeOf = (way: SaveWay): EditMode => (way === 'new-image' ? 'rewrite' : 'append-session')

export interface DraftRow {
  readonly name: string
  readonly path: string
  readonly type: EntryType
  readonly sizeBytes: number
  readonly modifiedMs: number | null
  readonly state: DraftState
  /** Where it was in the image, if that was elsewhere. */
  readonly was: string | null
  /** Of a folder: whether anything in it changed, at any depth. */
  readonly isChangedInside: boolean
  readonly childCount: number
  readonly linkTarget: string | null
}

/** Some of a folder's rows. */
export interface DraftPage {
  /** Whether there is such a folder. */
  readonly isThere: boolean
  readonly rows: readonly DraftRow[]
  /** Of all rows. */
  readonly count: number
}

/** A change that waits to be written. Paths are those at the time. */
export interface DraftStep {
  readonly step: 'add' | 'remove' | 'rename' | 'new-folder'
  readonly path: string
  /** Where it went; null for anything but a renaming or a move. */
  readonly to: string | null
}

export interface DraftSummary {
  /** In the order they were done. */
  readonly steps: readonly DraftStep[]
  /** Another one after each change. */
  readonly revision: number
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/** What starts from an image. */
export interface BootState {
  /** Such as `BIOS` and `UEFI`. */
  readonly platforms: readonly string[]
  /** Whether it starts from a stick too. */
  readonly isHybrid: boolean
}

/** What writing the changes would come to. */
export interface DraftForecast {
  readonly mode: EditMode
  /** Of the image that will be. */
  readonly sizeBytes: number
  /** Whether it may take the place of the image that is edited: not of one that is packed or in a container. */
  readonly mayReplaceImage: boolean
  /** Of the session that will be appended; null for an image written anew. */
  readonly sessionBytes: number | null
  readonly files: number
  readonly directories: number
  readonly bootBefore: BootState
  readonly bootAfter: BootState
  readonly changeCount: number
  /** The first of them. */
  readonly changes: readonly Change[]
}
