/** One entry of a UDF tree. */
import type { EntryType, Extent } from '../../shared/image-model.ts'
import type { ContentRun } from '../bytes/run-source.ts'
import type { BlockAddress } from './volume-space.ts'

/** An extent that knows its place to the byte: content may lie inside a file entry. */
export interface UdfExtent extends Extent {
  readonly offsetBytes: number
}

/** Block numbers are 32 bits, so partition and block make one safe number. */
const PARTITION_UNIT = 0x1_0000_0000

export class UdfEntry {
  /** The name as one part of a path; never `.`, `..`, empty or with a slash. */
  readonly name: string
  readonly parent: UdfEntry | null
  /** Of its file entry. */
  readonly address: BlockAddress
  /** Not for the eyes of every user (ECMA-167 4/14.4.3). */
  readonly isHidden: boolean
  type: EntryType = 'file'
  sizeBytes = 0
  /** Milliseconds since 1970; null when not recorded. */
  modifiedMs: number | null = null
  /** st_mode with file type bits; null when the file entry can't be read. */
  mode: number | null = null
  uid: number | null = null
  gid: number | null = null
  links: number | null = null
  /** Where a symbolic link leads; null when it is none, or its target is damaged. */
  target: string | null = null
  /** Of a device node. */
  device: { readonly major: number; readonly minor: number } | null = null
  /** Why the content can't be read; null when it can. */
  unreadable: string | null = null
  /** Unrecorded parts of the content included. */
  runs: readonly ContentRun[] = []
  readonly #blockBytes: number

  constructor(name: string, parent: UdfEntry | null, address: BlockAddress, isHidden: boolean, blockBytes: number) {
    this.name = name
    this.parent = parent
    this.address = address
    this.isHidden = isHidden
    this.#blockBytes = blockBytes
  }

  /** Where the recorded bytes lie; parts that were never recorded, and so are zeros, have no extent. */
  get extents(): UdfExtent[] {
    const extents: UdfExtent[] = []
    for (const { offsetBytes, lengthBytes } of this.runs)
      if (offsetBytes !== null) extents.push({ lba: Math.floor(offsetBytes / this.#blockBytes), lengthBytes, offsetBytes })
    return extents
  }

  /** Whether `extents` alone give the content. */
  get isSparse(): boolean {
    return this.runs.some((run) => run.offsetBytes === null)
  }

  /** What is recorded is in the other fields. */
  get details(): null {
    return null
  }

  /** UDF has no compressed files. */
  get zisofs(): null {
    return null
  }

  /** Equal for the names of one file; null for a file of one name. */
  get hardLinkKey(): string | null {
    return this.type === 'file' && (this.links ?? 1) > 1 ? `${this.address.partition}:${this.address.block}` : null
  }

  /** What tells a directory from every other; null for anything else. */
  get directoryKey(): number | null {
    return this.type === 'directory' ? this.address.partition * PARTITION_UNIT + this.address.block : null
  }

  /** Path in the tree, such as `/docs/readme.txt`. */
  get path(): string {
    const parts: string[] = []
    for (let at: UdfEntry | null = this; at.parent !== null; at = at.parent) parts.push(at.name)
    return `/${parts.reverse().join('/')}`
  }
}
