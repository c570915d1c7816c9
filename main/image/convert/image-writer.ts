/** What a format that Isomer writes is: one object, registered in writer-table.ts. */
import type { ConvertFormat, Loss } from '../../../shared/convert.ts'
import type { ByteSource, ImageSource } from '../../bytes/byte-source.ts'
import type { PackedOutput } from '../../containers/packing/packed-output.ts'
import type { ConvertSource } from './convert-source.ts'

/** Takes the bytes of a file in their order; what must stand before is written over what was left free for it. */
export type OutputStream = PackedOutput

/** One file that is to be written. */
export interface PlannedFile {
  readonly path: string
  /** Exact, or at most. */
  readonly sizeBytes: number
  /** What of the old image goes into it; null for a description. */
  readonly content: ByteSource | null
  /** Writes all: `pieces` are the content from front to back, none where there is none. */
  readonly write: (pieces: AsyncIterable<Uint8Array>, out: OutputStream) => Promise<void>
  /** The content as it is read from the written file again; it is compared with what was read. */
  readonly reopen: (written: ImageSource) => ByteSource | Promise<ByteSource>
}

export interface ImageWriter extends ConvertFormat {
  /** Whether it holds sound and nothing else. */
  readonly isOfSound?: boolean
  /** What of the source the format does not hold. */
  losses(source: ConvertSource): Loss[]
  /**
   * The files, the one at `outPath` last when it describes the others. Throws a `usage` Problem when the source has
   * nothing for this format.
   */
  plan(source: ConvertSource, outPath: string): PlannedFile[] | Promise<PlannedFile[]>
}
