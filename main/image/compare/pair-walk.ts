/**
 * Walks two trees side by side, folder by folder, so that no more than two folders are held at once. What both have is
 * compared on the spot; what only one has is left over, for it may be elsewhere on the other side.
 */
import type { Aspect, AttributeKind } from '../../../shared/comparison.ts'
import type { JobControl } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { differingAttributes, type LinkGroups } from './attributes.ts'
import type { ComparedEntry, ComparedTree, FolderEntries } from './compared-tree.ts'
import { firstDifference } from './content-difference.ts'
import type { EqualContents } from './equal-contents.ts'
import { pairByName } from './name-pairs.ts'

/** An entry that its folder's counterpart lacks. */
export interface LeftOver {
  readonly entry: ComparedEntry
  /** Equal for entries that are left over from one pair of folders. */
  readonly folderPair: number
}

/** Told what is found; entries of both sides that are the same count as one. */
export interface PairListener {
  same(): void
  differ(a: ComparedEntry, b: ComparedEntry, aspects: readonly Aspect[], firstDifferenceBytes: number | null): void
  unreadable(a: ComparedEntry, b: ComparedEntry, reason: string): void
  notHeld(): void
  leftOver(side: 'a' | 'b', leftOver: LeftOver): void
}

export interface PairWalkParts {
  readonly a: ComparedTree
  readonly b: ComparedTree
  readonly attributes: ReadonlySet<AttributeKind>
  readonly links: LinkGroups
  readonly equalContents: EqualContents
  readonly listener: PairListener
  readonly control: JobControl
  /** Called for each file that was dealt with. */
  readonly progressed: (a: ComparedEntry, b: ComparedEntry) => void
}

type FoldersPair = readonly [a: ComparedEntry, b: ComparedEntry]

export class PairWalk {
  readonly #parts: PairWalkParts
  #folderPairs = 0

  constructor(parts: PairWalkParts) {
    this.#parts = parts
  }

  /** Compares what is in these folders, at any depth; not the folders themselves. */
  async compare(start: readonly FoldersPair[]): Promise<void> {
    const entriesOfA = this.#parts.a.beginWalk()
    const entriesOfB = this.#parts.b.beginWalk()
    const pending: FoldersPair[] = [...start].reverse()
    for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
      const listed = this.#list(pair, entriesOfA, entriesOfB)
      if (listed === null) continue
      const found: FoldersPair[] = []
      for (const [a, b] of listed) {
        await this.#compareEntries(a, b)
        if (a.type === 'directory' && b.type === 'directory') found.push([a, b])
        else this.#leaveChildren(a, b, entriesOfA, entriesOfB)
      }
      for (let i = found.length - 1; i >= 0; i--) pending.push(found[i] as FoldersPair)
      const pause = this.#parts.control.checkpoint()
      if (pause !== undefined) await pause
    }
  }

  /** Entries that both folders have, the rest being left over; null when one can't be read. */
  #list([a, b]: FoldersPair, entriesOfA: FolderEntries, entriesOfB: FolderEntries): readonly FoldersPair[] | null {
    const { listener } = this.#parts
    const listed = readable(() => ({ a: entriesOfA(a), b: entriesOfB(b) }))
    if ('reason' in listed) {
      listener.unreadable(a, b, listed.reason)
      return null
    }
    const { pairs, onlyInA, onlyInB } = pairByName(listed.value, this.#parts.a.abilities.nameForms, this.#parts.b.abilities.nameForms)
    const folderPair = this.#folderPairs++
    for (const entry of onlyInA) this.#leave('a', entry, folderPair)
    for (const entry of onlyInB) this.#leave('b', entry, folderPair)
    return pairs
  }

  #leave(side: 'a' | 'b', entry: ComparedEntry, folderPair: number): void {
    const { listener } = this.#parts
    const other = side === 'a' ? this.#parts.b : this.#parts.a
    if (other.abilities.types.has(entry.type)) listener.leftOver(side, { entry, folderPair })
    else listener.notHeld()
  }

  /** Where one is a folder and the other is not, all of its content is only there. */
  #leaveChildren(a: ComparedEntry, b: ComparedEntry, entriesOfA: FolderEntries, entriesOfB: FolderEntries): void {
    const [side, entry, entriesOf] = a.type === 'directory' ? (['a', a, entriesOfA] as const) : (['b', b, entriesOfB] as const)
    if (entry.type !== 'directory') return
    const listed = readable(() => entriesOf(entry))
    if ('reason' in listed) return
    const folderPair = this.#folderPairs++
    for (const child of listed.value) this.#leave(side, child, folderPair)
  }

  async #compareEntries(a: ComparedEntry, b: ComparedEntry): Promise<void> {
    const { listener, attributes, links } = this.#parts
    if (a.type !== b.type) {
      // Plain trees show links and devices as empty files.
      if (this.#parts.a.abilities.types.has(b.type) && this.#parts.b.abilities.types.has(a.type)) listener.differ(a, b, ['type'], null)
      else listener.notHeld()
      return
    }
    const aspects: Aspect[] = differingAttributes(a, b, attributes)
    if (attributes.has('links') && a.type === 'file' && !links.agrees(a, b)) aspects.push('links')
    if (a.type === 'file') {
      await this.#compareFiles(a, b, aspects)
      return
    }
    if (a.type === 'symlink' && a.target !== b.target) {
      if (a.target === null || b.target === null) listener.unreadable(a, b, 'Where the link leads is damaged.')
      else listener.differ(a, b, ['target', ...aspects], null)
    } else if (isOtherDevice(a, b)) listener.differ(a, b, ['device', ...aspects], null)
    else this.#tell(a, b, aspects)
  }

  async #compareFiles(a: ComparedEntry, b: ComparedEntry, aspects: readonly Aspect[]): Promise<void> {
    const { listener, equalContents, control, progressed } = this.#parts
    if (a.sizeBytes !== b.sizeBytes) listener.differ(a, b, ['content', ...aspects], null)
    else if (equalContents.has(a, b)) this.#tell(a, b, aspects)
    else {
      try {
        const first = await firstDifference(this.#parts.a, a, this.#parts.b, b, control)
        if (first === null) this.#tell(a, b, aspects)
        else listener.differ(a, b, ['content', ...aspects], first)
      } catch (error) {
        listener.unreadable(a, b, reasonOf(error))
      }
    }
    progressed(a, b)
  }

  #tell(a: ComparedEntry, b: ComparedEntry, aspects: readonly Aspect[]): void {
    if (aspects.length === 0) this.#parts.listener.same()
    else this.#parts.listener.differ(a, b, aspects, null)
  }
}

function isOtherDevice({ device: a }: ComparedEntry, { device: b }: ComparedEntry): boolean {
  return a !== null && b !== null && (a.major !== b.major || a.minor !== b.minor)
}

/** What could be read, or the sentence that says why not. */
export function readable<T>(read: () => T): { readonly value: T } | { readonly reason: string } {
  try {
    return { value: read() }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}

/** Throws again what is neither the image's nor the disk's fault. */
export function reasonOf(error: unknown): string {
  if (error instanceof Problem && (error.report.kind === 'io' || error.report.kind === 'image')) return error.report.message
  throw error
}
