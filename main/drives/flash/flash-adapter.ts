/** What flashing needs of a system. */
import type { FlashTarget } from '../../../shared/drives.ts'
import type { JobControl } from '../../../shared/job.ts'
import type { SectorSource } from '../../bytes/sector-source.ts'

export interface FlashAdapter {
  /** Every disk of the computer, those that must not be written too. */
  targets(): Promise<readonly FlashTarget[]>
  /** Path of the disk that a file lies on; null when it can't be told. */
  diskOf(filePath: string): Promise<string | null>
  /**
   * Gets the right to write the target, where the system grants it for the asking; gives what returns it. Throws an `io`
   * Problem when the system says no.
   */
  borrow?(target: FlashTarget, control: JobControl): Promise<() => Promise<void>>
  /** Takes everything on the target out of use. Throws an `io` Problem when something stays in use. */
  unmount(target: FlashTarget): Promise<void>
  /** Opens the target for writing, for nobody else to use. Throws an `io` Problem when it can't. */
  openForWriting(target: FlashTarget): number
  openForReading(target: FlashTarget): SectorSource
  /** Has the system look at what is on the target now; called after failures too. */
  rescan(target: FlashTarget): Promise<void>
}
