/** The job model: what a long piece of work is, says and results in. Plain data, the same for window and command line. */
import type { AttributeKind, Comparison, Difference } from './comparison.ts'
import type { ConvertRequest, ConvertResult } from './convert.ts'
import type {
  BurnRequest,
  BurnResult,
  DriveProgress,
  EraseRequest,
  EraseResult,
  FlashRequest,
  FlashResult,
  RipRequest,
  RipResult,
} from './drives.ts'
import type { EditOptions } from './image-edit.ts'
import type { Change, SkippedSource } from './image-model.ts'
import type { FileSystemKind, ImageProject } from './image-project.ts'
import type { ProblemReport } from './problem.ts'
import type { VerifyRequest, VerifyResult } from './verify.ts'

export type JobSpec =
  | { readonly kind: 'create'; readonly project: ImageProject; readonly outPath: string; readonly overwrite: boolean }
  | {
      readonly kind: 'extract'
      readonly imagePath: string
      /** Paths in the image; empty means everything. */
      readonly paths: readonly string[]
      readonly view: FileSystemKind | 'auto'
      /** Leading folders left off; none when not given. */
      readonly strip?: number
      /** Number of the session to extract from; the newest when not given. */
      readonly session?: number | undefined
      /** Of a container with several data tracks; the main one when not given. */
      readonly track?: number | undefined
      readonly outFolder: string
      readonly overwrite: boolean
    }
  | ({ readonly kind: 'verify' } & VerifyRequest)
  | {
      readonly kind: 'compare'
      /** An image or a folder each. */
      readonly pathOfA: string
      readonly pathOfB: string
      /** Of images. */
      readonly view: FileSystemKind | 'auto'
      readonly ignore: readonly AttributeKind[]
      /** Globs of what is left out of folders. */
      readonly exclude: readonly string[]
    }
  | ({
      readonly kind: 'edit'
      readonly imagePath: string
      /** Of a container with several data tracks; the main one when not given. */
      readonly track?: number | undefined
      readonly outPath: string
      /** Whether a file of that name may be replaced, be it the image itself. */
      readonly overwrite: boolean
    } & EditOptions)
  | ({ readonly kind: 'convert' } & ConvertRequest)
  | ({ readonly kind: 'rip' } & RipRequest)
  | ({ readonly kind: 'burn' } & BurnRequest)
  | ({ readonly kind: 'erase' } & EraseRequest)
  | ({ readonly kind: 'flash' } & FlashRequest)

export type JobKind = JobSpec['kind']
export type JobPhase =
  | 'scan'
  | 'plan'
  | 'write'
  | 'sync'
  /** A file that has to be expanded whole before it can be looked at. */
  | 'expand'
  | 'read'
  /** Sectors that could not be read, tried again: from the ends of bad areas, within them, and once more. */
  | 'trim'
  | 'scrape'
  | 'retry'
  /** A disc before and after it is written. */
  | 'erase'
  | 'prepare'
  | 'close'
  | 'verify'
/** `interrupted`: Isomer ended, or was ended, before the job did. */
export const jobStates = ['queued', 'running', 'paused', 'cancelling', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type JobState = (typeof jobStates)[number]
/** How a job that is over can be done once more: going on where it stopped, or from its start. */
export type JobRepeat = 'resume' | 'again'

export interface JobProgress {
  readonly phase: JobPhase
  readonly doneBytes: number
  /** Null until it is known. */
  readonly totalBytes: number | null
  readonly doneItems: number
  /** What is being worked on, for display. */
  readonly current: string | null
  readonly detail?: DriveProgress | undefined
}

export interface CreateResult {
  readonly kind: 'create'
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string | null
  readonly files: number
  readonly directories: number
  readonly changeCount: number
  readonly skipped: readonly SkippedSource[]
  readonly durationMs: number
}
export interface ExtractResult {
  readonly kind: 'extract'
  readonly path: string
  readonly files: number
  readonly directories: number
  readonly sizeBytes: number
  /** Entries that were not made, or made under another name, with the reason. */
  readonly notes: readonly SkippedSource[]
  readonly durationMs: number
}
export interface EditResult {
  readonly kind: 'edit'
  readonly path: string
  readonly sizeBytes: number
  /** Of the session that was appended; null for an image written anew. */
  readonly sessionBytes: number | null
  /** As much as the disk had to take. */
  readonly writtenBytes: number
  /** Null for an appended session. */
  readonly sha256: string | null
  readonly files: number
  readonly directories: number
  /** Entries that the steps concerned. */
  readonly added: number
  readonly replaced: number
  readonly removed: number
  readonly renamed: number
  readonly changeCount: number
  /** The first of them. */
  readonly changes: readonly Change[]
  readonly durationMs: number
}
export interface CompareResult extends Comparison {
  readonly kind: 'compare'
  /** Of the first side. */
  readonly path: string
  /** Of the files that both sides have at the same place. */
  readonly sizeBytes: number
  /** The first of them; the counts are of all. */
  readonly differences: readonly Difference[]
  readonly durationMs: number
}
export type JobResult =
  | CreateResult
  | ExtractResult
  | VerifyResult
  | CompareResult
  | EditResult
  | ConvertResult
  | RipResult
  | BurnResult
  | EraseResult
  | FlashResult

/** What a job has to ask in the middle of its work. It goes on by itself when what it waits for comes. */
export interface JobQuestion {
  readonly kind: 'next-disc'
  /** The disc that is to be put in, from 1. */
  readonly copy: number
  readonly copies: number
  /** Why the disc that is in the drive now can't be it; null while there is none. */
  readonly refusal: string | null
}
/** `finish`: with what was done until then. */
export type JobAnswer = 'finish'

export interface LogLine {
  readonly atMs: number
  readonly level: 'info' | 'warning' | 'error'
  readonly text: string
}

/** A job as the window shows it. Times are milliseconds since 1970. */
export interface JobView {
  readonly id: string
  readonly kind: JobKind
  /** Such as `Photos 2019.iso`. */
  readonly title: string
  readonly state: JobState
  /** Whether it can be held still for a while. */
  readonly canPause: boolean
  readonly question: JobQuestion | null
  readonly progress: JobProgress | null
  readonly bytesPerSecond: number | null
  readonly remainingMs: number | null
  readonly startedAtMs: number | null
  readonly endedAtMs: number | null
  readonly result: JobResult | null
  readonly problem: ProblemReport | null
  /** Null while it is not over, and where it must be started anew by hand. */
  readonly repeat: JobRepeat | null
}

/** What running work needs from whoever runs it. The engine calls it; command line and job process implement it. */
export interface JobControl {
  /**
   * To be called between small pieces of work. Throws the cancelled Problem when somebody asked to stop; gives a promise
   * when it is time to let messages and signals in (await it), else undefined (go on without an await, for speed).
   */
  checkpoint(): Promise<void> | undefined
  progress(progress: JobProgress): void
  log(level: LogLine['level'], text: string): void
  /** Asks those who watch, or withdraws what was asked. Gives what was answered, null until then; where nobody can answer it is not there. */
  ask?(question: JobQuestion | null): JobAnswer | null
  /** Names the temporary file being written, null when it is gone, so that a crash can be cleaned up from outside. */
  temporary(path: string | null): void
}
