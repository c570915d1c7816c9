/** What comparing two trees finds: plain data, the same for window and command line. */
import type { EntryType } from './image-model.ts'
import type { FileSystemKind } from './image-project.ts'

/** In the order in which they are told. */
export const differenceKinds = ['changed', 'attributes', 'unreadable', 'moved', 'removed', 'added'] as const
/**
 * `changed`: other content, another target, another kind of entry · `attributes`: the same content, other dates, modes,
 * owners or links · `moved`: the same content elsewhere or under another name · `unreadable`: could not be compared.
 */
export type DifferenceKind = (typeof differenceKinds)[number]

/** What comparing may leave out, besides names and contents. The label is the volume's. */
export const attributeKinds = ['times', 'modes', 'owners', 'links', 'label'] as const
export type AttributeKind = (typeof attributeKinds)[number]

/** What differs between two entries. */
export type Aspect = 'type' | 'content' | 'target' | 'device' | AttributeKind

/** An entry as one of the sides has it. */
export interface ComparedFacts {
  readonly path: string
  readonly type: EntryType
  readonly sizeBytes: number
  /** Milliseconds since 1970; null when not recorded. */
  readonly modifiedMs: number | null
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  /** Where a symbolic link leads; null for anything else. */
  readonly target: string | null
}

export interface Difference {
  readonly kind: DifferenceKind
  /** Null for what was added. */
  readonly a: ComparedFacts | null
  /** Null for what was removed. */
  readonly b: ComparedFacts | null
  readonly aspects: readonly Aspect[]
  /** Of changed content of the same length: how many bytes are the same before it. */
  readonly firstDifferenceBytes: number | null
  /** Of a folder that was moved, removed or added: what is in it, at any depth. */
  readonly files: number
  readonly directories: number
  /** It lies in a folder that was itself removed or added. */
  readonly isWithin: boolean
  /** Why it could not be read; null where it could. */
  readonly reason: string | null
}

export type ComparedKind = FileSystemKind | 'folder'

/** A side of a comparison, and the tree of it that was looked at. */
export interface ComparedSide {
  readonly path: string
  readonly kind: ComparedKind
  /** Null of a folder. */
  readonly label: string | null
}

export interface CompareCounts extends Readonly<Record<DifferenceKind, number>> {
  /** Entries that are the same in both, folders included. */
  readonly same: number
  /** Entries that the other side can't have, such as links in a Joliet tree; no differences. */
  readonly notHeld: number
}

export interface Comparison {
  readonly a: ComparedSide
  readonly b: ComparedSide
  readonly counts: CompareCounts
  /** Bytes of the files that both sides have at the same place. */
  readonly comparedBytes: number
  /** Attributes that both sides have and that were not to be left out. */
  readonly attributes: readonly AttributeKind[]
  /** False when there was too much on one side alone to look for it on the other. */
  readonly lookedForMoves: boolean
}

export function areSame({ counts }: Pick<Comparison, 'counts'>): boolean {
  return differenceKinds.every((kind) => counts[kind] === 0)
}
