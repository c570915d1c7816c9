/** What each way of mounting must be able to do. */
import type { Mount, MountMethod } from '../../shared/mounts.ts'

/** What is to be mounted. */
export interface MountRequest {
  /** Absolute and real. */
  readonly imagePath: string
  /** For the name of a folder. */
  readonly label: string
  /** What a system can look for in it. */
  readonly content: ImageContent
}

export interface ImageContent {
  readonly hasIso9660: boolean
  readonly hasUdf: boolean
  /** Whether there is nothing in its root: only then is an empty mount a right one. */
  readonly isEmpty: boolean
}

export interface MadeMount {
  readonly mountPoint: string
  readonly device: string | null
  /** It was there before, by somebody else's doing. */
  readonly wasMounted: boolean
}

/** Why a way of mounting did not do, so that the next can be tried. */
export type RefusalKind =
  /** Its program is not installed. */
  | 'missing'
  /** This system or this image is nothing for it. */
  | 'unsuitable'
  /** The system's policy says no. */
  | 'forbidden'
  /** The system finds no file system that it knows in the image. */
  | 'unknown-file-system'
  | 'failed'

export class MountRefused extends Error {
  readonly kind: RefusalKind
  readonly method: MountMethod
  /** What the system said. */
  readonly technical: string

  constructor(method: MountMethod, kind: RefusalKind, technical: string) {
    super(technical)
    this.method = method
    this.kind = kind
    this.technical = technical
  }
}

export interface MountAdapter {
  readonly method: MountMethod
  /** Throws MountRefused. */
  mount(request: MountRequest): Promise<MadeMount>
  /** Throws MountBusy or MountRefused. */
  unmount(mount: Mount): Promise<void>
}

/** Something still uses the mount. */
export class MountBusy extends Error {}
