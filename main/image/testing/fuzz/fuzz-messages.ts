/** What the process that runs cases is told and tells. */

import type { WorkName } from './work.ts'

export interface FuzzOrder {
  readonly seed: number
  /** Number of the first case. */
  readonly first: number
  readonly cases: number
  readonly seconds: number
  /** An empty folder for it alone. */
  readonly folder: string
  /** To be done with every image; null for one or another from time to time. */
  readonly work: WorkName | null
  /** Only images whose names begin so; null for all. */
  readonly only: string | null
  /** Of one case, only these edits; null for all of all cases. */
  readonly edits: readonly number[] | null
}

export type FuzzReport =
  | { readonly kind: 'ready' }
  /** `kept`: the edits without which it does not fail; null when it did not fail again. */
  | { readonly kind: 'failed'; readonly number: number; readonly reason: string; readonly kept: readonly number[] | null }
  /** Everything asked for was run, with so much memory at the most. */
  | { readonly kind: 'done'; readonly cases: number; readonly highestBytes: number }

/** Processor time of one case beyond which something is wrong. */
export const MAX_CASE_MS = 2000
/** Memory of the process at any time. */
export const MAX_RESIDENT_BYTES = 512 * 1024 * 1024
/** After so many a process stops: they are rarely of many kinds. */
export const MAX_FAILURES = 20
/** Number of the case that runs, for whoever must end the process: eight bytes in the file of that name. */
export const STATUS_FILE = 'running'
