/** What allocation descriptors lead to. */
import type { ContentRun } from '../bytes/run-source.ts'

export interface Runs {
  readonly runs: ContentRun[]
  /** Sum of the runs: less than the file claims when descriptors are missing. */
  readonly sizeBytes: number
  /** Why it is less; null when it isn't. */
  readonly fault: string | null
}
