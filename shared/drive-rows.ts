/** Drives, discs and sticks as the window shows them, each by a handle. Plain data. */
import type { FlashTarget, MediumFacts, MediumKind } from './drives.ts'
import type { ProblemReport } from './problem.ts'

export interface DriveRow {
  readonly driveId: string
  /** A file that behaves like a rewritable disc. */
  readonly isVirtual: boolean
  /** Maker and model, or the name of a virtual disc's file. */
  readonly name: string
  /** What the system calls it, or where the file is. */
  readonly place: string
  /** Null when there is nothing in it, or nothing could be found out. */
  readonly medium: MediumFacts | null
  /** Why nothing, or not everything, is known of what is in it. */
  readonly problem: ProblemReport | null
  /** Why nothing here could burn to what is in it: what is missing, and how to install it. */
  readonly toolProblem: ProblemReport | null
  /** The job that has the drive for itself. */
  readonly jobId: string | null
}

export interface DrivesSeen {
  readonly drives: readonly DriveRow[]
  /** Why there can't be any drives here, not even virtual ones. */
  readonly problem: ProblemReport | null
}

/** How a disc is to be burned. */
export interface BurnWishes {
  /** As printed on discs of the kind: 4 for 4x; null for the fastest. */
  readonly speedTimes: number | null
  readonly simulate: boolean
  /** Whether what is on a rewritable disc may be destroyed. */
  readonly erase: boolean
  readonly verify: boolean
  readonly eject: boolean
  readonly copies: number
  /** Whether to burn an image that is known to be damaged. */
  readonly force: boolean
  /** Whether the disc is to take more sessions afterwards. */
  readonly leaveOpen: boolean
  /** Whether to add files as a session to what is on the disc. */
  readonly append: boolean
}

/** What is known before anything is touched. */
export interface BurnForecast {
  /** The name of the image's file, or the label of what is put together. */
  readonly title: string
  /** Null while it can't be made as it stands. */
  readonly sizeBytes: number | null
  /** What is missing of the image; it can be burned all the same. */
  readonly cutOff: string | null
  /** Why nothing is known of the image; it can be burned all the same. */
  readonly unknownBecause: string | null
  /** What is on the disc and would be lost: `700 MB on it (PHOTOS)`; null when nothing is. */
  readonly lost: string | null
  /** Why it can't be burned as wished; null when it can. */
  readonly problem: ProblemReport | null
  /** Which program writes, and why that one; null when none can. */
  readonly tool: { readonly tool: string; readonly reason: string } | null
  /** Whether disc and programs are such that it can be left open for more. */
  readonly canLeaveOpen: boolean
  /** Whether what is to be burned can be added to what is on the disc. */
  readonly canAppend: boolean
  readonly isOnBattery: boolean
}

/** Where a disc is to be ripped to. */
export interface RipTarget {
  readonly token: string
  readonly name: string
  readonly displayPath: string
  /** Whether an earlier rip left a part there that can be gone on with. */
  readonly isUnfinished: boolean
  /** Name of a map that was chosen; null for the one beside the image. */
  readonly mapName: string | null
  /** Why it can't go there; null when it can. */
  readonly problem: ProblemReport | null
}

/** What stands in the way of writing a stick or card; null when nothing does. */
export interface StickRow extends Omit<FlashTarget, 'path'> {
  readonly stickId: string
  /** What the system calls it. */
  readonly place: string
  readonly refusal: ProblemReport | null
}

/** Pressed discs. */
const READ_ONLY: readonly (MediumKind | null)[] = ['CD-ROM', 'DVD-ROM', 'BD-ROM']

const WITHOUT_SESSIONS: readonly (MediumKind | null)[] = ['DVD-R DL', 'virtual disc']

/** Whether discs of this kind hold several sessions: others are written in place, or once, as a whole. */
export const takesSessions = ({ kind, isOverwritable }: Pick<MediumFacts, 'kind' | 'isOverwritable'>): boolean =>
  !isOverwritable && !WITHOUT_SESSIONS.includes(kind)

/** Whether files can be added to what is on it. */
export const canBeAddedTo = (medium: MediumFacts): boolean => medium.state === 'appendable' && takesSessions(medium)

export const canBeWritten = (medium: MediumFacts): boolean =>
  !READ_ONLY.includes(medium.kind) && (medium.state === 'blank' || medium.isRewritable || canBeAddedTo(medium))

export const canBeErased = ({ state, isRewritable }: MediumFacts): boolean => isRewritable && state !== 'blank'

export const canBeRead = ({ state, readableBytes }: MediumFacts): boolean => state !== 'blank' || readableBytes > 0
