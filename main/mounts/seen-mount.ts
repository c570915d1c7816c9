/** A mount as the system tells of it. */
import type { MountMethod } from '../../shared/mounts.ts'

export interface SeenMount {
  /** Null when the system doesn't tell. */
  readonly imagePath: string | null
  readonly mountPoint: string
  readonly method: MountMethod
  readonly fileSystem: string | null
  readonly device: string | null
  /** The system knows that the image's file was deleted. */
  readonly isImageDeleted: boolean
}
