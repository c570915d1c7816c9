/** What the rest of the program sees of a tree in an image, whatever file system it is. */
import type { EntryType, Extent } from '../../shared/image-model.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import type { ZisofsFacts } from '../iso9660/iso-entry.ts'
import type { EntryDetails } from '../iso9660/record-details.ts'

export interface ImageEntry {
  /** One part of a path: never empty, `.`, `..` or with a slash or NUL. The root's is empty. */
  readonly name: string
  readonly type: EntryType
  readonly parent: ImageEntry | null
  /** Bytes of content; of a directory, bytes of its records. */
  readonly sizeBytes: number
  /** Milliseconds since 1970; null when not recorded. */
  readonly modifiedMs: number | null
  /** st_mode; null where the file system has none. */
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  readonly links: number | null
  /** Where a symbolic link leads; null for anything else, or when the target is damaged. */
  readonly target: string | null
  /** Where the recorded bytes lie. */
  readonly extents: readonly Extent[]
  /** Why the content can't be read; null when it can. */
  readonly unreadable: string | null
  /** Of content that is stored compressed: `extents` hold the compressed form. */
  readonly zisofs: ZisofsFacts | null
  /** Of a device node; null for anything else, or where it is not recorded. */
  readonly device: { readonly major: number; readonly minor: number } | null
  /** What only taking an entry over into another image needs; null unless the image was opened for that. */
  readonly details: EntryDetails | null
  /** Whether the file system asks not to show it; names that begin with a dot are not meant. */
  readonly isHidden: boolean
  /** Equal for the names of one file; null for a file of one name. */
  readonly hardLinkKey: string | null
  /** What tells a directory from every other in the view; null for anything else. */
  readonly directoryKey: number | null
}

/** `boot`: what firmware and partition tables lead to, which no file system need show. */
export type ViewKind = FileSystemKind | 'boot'

export interface ImageView {
  readonly kind: ViewKind
  readonly label: string
  readonly root: ImageEntry
  /** Entries of a directory, read as they are iterated, in recorded order; nothing for anything else. */
  children(directory: ImageEntry): Iterable<ImageEntry>
  /** The same, as many at a time as were read together. */
  childParts(directory: ImageEntry): Iterable<readonly ImageEntry[]>
  /** Null when there is nothing at the path. */
  lookup(path: string): ImageEntry | null
  /** Byte offset in the image of an extent. */
  offsetBytes(extent: Extent): number
  /**
   * The content of a file as it was before it was put into the image: whole though it is in several extents, expanded
   * though it is stored compressed, zeros where nothing was recorded. Reading gives fewer bytes than asked for where the
   * image ends first, and throws an `image` Problem where compressed bytes are damaged.
   */
  contentSource(file: ImageEntry): ByteSource
}
