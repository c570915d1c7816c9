/** What has to be known of a tree to write it as UDF, whatever its entries are. */
import type { EntryType } from '../../shared/image-model.ts'

/** Attributes of an entry. Times are milliseconds since 1970. */
export interface UdfFacts {
  /** st_mode; only its permission bits count. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly modifiedMs: number
  readonly accessedMs: number
  readonly changedMs: number
}

/** The content of a file, whole blocks side by side. */
export interface UdfContent {
  readonly sizeBytes: number
  /** In the image; of no meaning for an empty file. Asked for only when writing. */
  readonly extentLba: number
  /** Names in this tree. */
  readonly linkCount: number
}

/** Reads a tree of any kind of entries; every answer must be the same each time. */
export interface UdfTree<Entry> {
  readonly root: Entry
  /** Of a directory, in the order to be recorded. */
  children(directory: Entry): readonly Entry[]
  type(entry: Entry): EntryType
  /** As UDF can hold it: see `udfNameRules`. Not asked of the root. */
  name(entry: Entry): string
  /** Equal for the names of one file, else different; from 0 up to below `serialLimit`. */
  serial(entry: Entry): number
  readonly serialLimit: number
  facts(entry: Entry): UdfFacts
  /** Of a file. */
  content(entry: Entry): UdfContent
  /** Of a symbolic link. */
  linkTarget(entry: Entry): string
  /** Of a device node. */
  device(entry: Entry): { readonly major: number; readonly minor: number }
}
