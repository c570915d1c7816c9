/** What flashing needs of a system. */
import type { FlashTarget } from '../../../shared/drives.ts'
import type { SectorSource } from '../../bytes/sector-source.ts'

export interface FlashAdapter {
  /** Every disk of the computer, those that must not be written too. */
  targets(): Promise<readonly FlashTarget[]>
  /** Path of the disk that a file lies on; null when it can't be told. */
  diskOf(filePath: string): Promise<string | null>
  /** Takes everything on the target out of use. Throws an `io` Problem when something stays in use. */
  unmount(target: FlashTarget): Promise<void>
  /** Opens the target for writing, for nobody else to use. Throws an `io` Problem when it can't. */
  openForWriting(target: FlashTarget): number
  openForReading(target: FlashTarget): SectorSource
  /** Has the system look at what is on the target now; called after failures too. */
  rescan(target: FlashTarget): Promise<void>
}
