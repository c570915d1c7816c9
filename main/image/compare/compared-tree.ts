/** A side of a comparison: a tree of an image or a folder of the host, both seen alike. */
import type { AttributeKind, ComparedFacts, ComparedSide } from '../../../shared/comparison.ts'
import type { EntryType, Finding } from '../../../shared/image-model.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { NameRules } from '../../iso9660/sibling-names.ts'
import { entryPath } from '../entry-path.ts'

export interface ComparedEntry {
  readonly name: string
  readonly type: EntryType
  readonly parent: ComparedEntry | null
  /** Bytes of a file's content. */
  readonly sizeBytes: number
  readonly modifiedMs: number | null
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  readonly links: number | null
  readonly target: string | null
  readonly device: { readonly major: number; readonly minor: number } | null
  /** Equal for the names of one file; null for a file of one name, or where nothing tells. */
  readonly hardLinkKey: string | null
  /** Why the content can't be read; null when it can. */
  readonly unreadable: string | null
}

/** A way in which names were made from longer or freer ones. */
export interface NameForm {
  readonly rules: NameRules
  /** As the tree shows such a name, without what doesn't tell names apart in it. */
  readonly fold: (name: string) => string
}

/** What a tree can say. The rest is not compared, and what it can't hold is no difference. */
export interface TreeAbilities {
  readonly attributes: ReadonlySet<AttributeKind>
  readonly types: ReadonlySet<EntryType>
  /** None where any name can stand as it is. */
  readonly nameForms: readonly NameForm[]
}

/** Gives the entries of a folder in the order of their names. */
export type FolderEntries = (folder: ComparedEntry) => ComparedEntry[]

export interface ComparedTree {
  readonly side: ComparedSide
  readonly root: ComparedEntry
  readonly abilities: TreeAbilities
  /** Bytes of all files; null where that takes long to find out. */
  contentBytes(): number | null
  /** For one walk, which it keeps from going on for ever. Throws an `io` Problem for a folder that can't be read. */
  beginWalk(): FolderEntries
  /** A file's content, to be closed. Reading gives fewer bytes than the entry has where some are missing; throws Problems. */
  content(file: ComparedEntry): ByteSource
  /** What holds the contents; within one storage, files at one place have the same content. */
  readonly storage: string
  place(file: ComparedEntry): string
  /** What was found wrong or odd. Throws an `io` Problem when an image was changed while it was being read. */
  finish(): readonly Finding[]
  close(): void
}

export function factsOf(entry: ComparedEntry): ComparedFacts {
  const { type, sizeBytes, modifiedMs, mode, uid, gid, target } = entry
  return { path: entryPath(entry), type, sizeBytes: type === 'file' ? sizeBytes : 0, modifiedMs, mode, uid, gid, target }
}

/** Code unit order: the same for every tree and on every machine. */
export function byName(a: ComparedEntry, b: ComparedEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
