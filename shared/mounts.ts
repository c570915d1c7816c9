/** Mounted images as window and command line show them. */

/** What carries a mount: the program or system call that made it. `other` was made outside Isomer in a way it can't tell. */
export const mountMethods = ['udisks', 'kernel', 'fuseiso', 'archivemount', 'hdiutil', 'windows', 'other'] as const
export type MountMethod = (typeof mountMethods)[number]

/** What has become of the image file since it was mounted; `unknown` when nobody noted what it was. */
export type MountedImageState = 'same' | 'changed' | 'gone' | 'unknown'

export interface Mount {
  /** The image's real path, as far as the system tells. */
  readonly imagePath: string | null
  /** Folder or drive letter where the contents are. */
  readonly mountPoint: string
  readonly method: MountMethod
  /** As the system calls it: `iso9660`, `udf`, `fuse.fuseiso`. */
  readonly fileSystem: string | null
  /** Such as `/dev/loop0` or `/dev/disk4`. */
  readonly device: string | null
  /** Milliseconds since 1970; null when Isomer did not make it. */
  readonly sinceMs: number | null
  readonly madeByIsomer: boolean
  /** Whether what is mounted is a copy of the image's data as an ISO image, which goes when it is ejected. */
  readonly isView: boolean
  readonly imageState: MountedImageState
}

/** A mount that was asked for, and whether it was there before. */
export interface MountResult {
  readonly mount: Mount
  readonly wasMounted: boolean
}

/** A mounted image as the window shows it. */
export interface MountRow {
  readonly mountId: string
  /** The image file's name; null when the system doesn't tell which image it is. */
  readonly imageName: string | null
  readonly imageDisplayPath: string | null
  readonly placeDisplayPath: string
  readonly method: MountMethod
  readonly fileSystem: string | null
  /** Milliseconds since 1970; null when Isomer did not mount it. */
  readonly sinceMs: number | null
  readonly madeByIsomer: boolean
  /** What is mounted is a copy of the image's data, made for the mount. */
  readonly isView: boolean
  readonly imageState: MountedImageState
}

export interface MountedRow {
  readonly row: MountRow
  /** It was mounted before. */
  readonly wasMounted: boolean
}

/** How far an image is that is got ready to be mounted: expanded first where it has to be, then copied to an ISO image. */
export interface MountProgress {
  readonly phase: 'expand' | 'copy'
  readonly doneBytes: number
  readonly totalBytes: number
}

/** An image that can't be mounted as it is, while it is got ready. */
export interface PreparingMount extends MountProgress {
  readonly token: string
  readonly name: string
}
