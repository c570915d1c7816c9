/** One entry of an ISO 9660, Joliet or Rock Ridge tree. */
import type { EntryType, Extent } from '../../shared/image-model.ts'
import type { Interleave } from './interleave.ts'
import type { EntryDetails } from './record-details.ts'

/** A million of these stream through a listing: plain fields, rare facts in `rare`. */
export class IsoEntry {
  /** The name as one part of a path; never `.`, `..`, empty or with a slash. */
  name: string
  type: EntryType
  readonly parent: IsoEntry | null
  /** First extent; its data begins after any extended attribute record. */
  lba: number
  /** Bytes of the first extent. */
  firstBytes: number
  sizeBytes: number
  /** Milliseconds since 1970; null when not recorded. */
  modifiedMs: number | null = null
  /** st_mode with file type bits; null where the tree has none. */
  mode: number | null = null
  uid: number | null = null
  gid: number | null = null
  links: number | null = null
  /** File serial number of Rock Ridge; 0 when there is none. */
  serial = 0
  rare: RareFacts | null = null

  constructor(name: string, type: EntryType, parent: IsoEntry | null, lba: number, lengthBytes: number) {
    this.name = name
    this.type = type
    this.parent = parent
    this.lba = lba
    this.firstBytes = lengthBytes
    this.sizeBytes = lengthBytes
  }

  /** Where a symbolic link leads; null when it is none, or its target is damaged. */
  get target(): string | null {
    return this.rare?.target ?? null
  }

  /** Why the content can't be read; null when it can. */
  get unreadable(): string | null {
    return this.rare?.unreadable ?? null
  }

  /** Of a file whose content is stored compressed. */
  get zisofs(): ZisofsFacts | null {
    return this.rare?.zisofs ?? null
  }

  /** Hidden flag of its record (ECMA-119 10.1.6). */
  get isHidden(): boolean {
    return this.rare?.hidden === true
  }

  /** Where the recorded bytes lie, of an interleaved file with the gaps between; LBAs count the volume's logical blocks. */
  get extents(): Extent[] {
    const firstBytes = this.rare?.interleaved?.spanBytes ?? this.firstBytes
    const first = firstBytes === 0 ? [] : [{ lba: this.lba, lengthBytes: firstBytes }]
    return this.rare?.moreExtents ? [...first, ...this.rare.moreExtents] : first
  }

  /** Equal for names of one file: serial number, place and size must all agree. Null for a file of one name. */
  get hardLinkKey(): string | null {
    return this.type === 'file' && this.serial > 0 && (this.links ?? 1) > 1 && this.sizeBytes > 0
      ? `${this.serial}:${this.lba}:${this.sizeBytes}`
      : null
  }

  /** What tells a directory from every other; null for anything else. */
  get directoryKey(): number | null {
    return this.type === 'directory' ? this.lba : null
  }

  /** Of a device node. */
  get device(): { readonly major: number; readonly minor: number } | null {
    return this.rare?.device ?? null
  }

  /** Null unless the view was opened for them. */
  get details(): EntryDetails | null {
    return this.rare?.details ?? null
  }

  /** Makes or gives the place of the rare facts. */
  get rareFacts(): RareFacts {
    this.rare ??= {}
    return this.rare
  }
}

export interface RareFacts {
  target?: string
  unreadable?: string
  moreExtents?: Extent[]
  zisofs?: ZisofsFacts
  device?: { readonly major: number; readonly minor: number }
  details?: EntryDetails
  interleaved?: Interleave & { readonly spanBytes: number }
  /** Moved here from its real place (RE); the tree shows it there. */
  relocated?: boolean
  /** Hidden flag of the record. */
  hidden?: boolean
}

/** ZF entry: how a file's content is compressed (zisofs). */
export interface ZisofsFacts {
  readonly version: 1 | 2
  readonly headerBytes: number
  readonly blockLog2: number
  readonly contentBytes: number
}
