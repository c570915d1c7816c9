/** The folders of an edited tree as they are shown: what is in them, what became of it, and what was taken out. */
import type { DraftRow, DraftState } from '../../../shared/edit-draft.ts'
import { stagedPathOf } from '../create/host-path.ts'
import type { SourceNode } from '../create/source-tree.ts'
import { findNode } from '../edit/edit-steps.ts'
import type { TakenTree } from '../edit/taken-tree.ts'
import { entryPath } from '../entry-path.ts'
import type { ImageEntry } from '../image-view.ts'
import { foldName, sortKey } from './folded-name.ts'

/** Good until the tree changes. */
export class DraftRows {
  readonly #taken: TakenTree
  /** What was in each folder and is nowhere in the tree now, by name. */
  readonly #gone: ReadonlyMap<ImageEntry, ReadonlyMap<string, SourceNode>>
  /** Folders in which something changed, at any depth. */
  readonly #changed: ReadonlySet<SourceNode>

  constructor(taken: TakenTree) {
    this.#taken = taken
    this.#gone = goneFrom(taken)
    this.#changed = this.#changedFolders()
  }

  /** Entries of a folder, folders first; null when there is no such folder. */
  in(path: string): DraftRow[] | null {
    const folder = findNode(this.#taken.root, path)
    if (!folder?.isDirectory) return null
    const gone = [...this.#goneFrom(folder)].filter(([name]) => folder.children?.has(name) !== true)
    const rows = [
      ...[...(folder.children?.values() ?? [])].map((node) => this.#row(node)),
      ...gone.map(([name, node]) => this.#removedRow(path, name, node)),
    ]
    const keyed = rows.map((row) => ({ row, isFolder: row.type === 'directory', key: sortKey(foldName(row.name)) }))
    keyed.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.key < b.key ? -1 : 1))
    return keyed.map(({ row }) => row)
  }

  #row(node: SourceNode): DraftRow {
    const state = this.#stateOf(node)
    return {
      name: node.name,
      path: stagedPathOf(node),
      type: node.type,
      sizeBytes: node.sizeBytes,
      modifiedMs: node.modifiedS * 1000,
      state,
      was: state === 'moved' ? this.#oldPathOf(node) : null,
      isChangedInside: this.#changed.has(node),
      childCount: node.children?.size ?? 0,
      linkTarget: node.extra?.linkTarget?.toString() ?? null,
    }
  }

  #removedRow(folder: string, name: string, node: SourceNode): DraftRow {
    const path = folder === '/' ? `/${name}` : `${folder}/${name}`
    return { ...this.#row(node), name, path, state: 'removed', was: null, isChangedInside: false }
  }

  #oldPathOf(node: SourceNode): string | null {
    const entry = this.#taken.origins.get(node)?.entry
    return entry === undefined ? null : entryPath(entry)
  }

  #stateOf(node: SourceNode): DraftState {
    const { origins } = this.#taken
    const origin = origins.get(node)
    if (origin === undefined) return node.parent !== null && this.#goneFrom(node.parent).has(node.name) ? 'replaced' : 'new'
    const parentNow = node.parent === null ? null : origins.get(node.parent)?.entry
    return origin.entry.name === node.name && parentNow === origin.entry.parent ? 'kept' : 'moved'
  }

  #goneFrom(folder: SourceNode): ReadonlyMap<string, SourceNode> {
    const entry = this.#taken.origins.get(folder)?.entry
    return (entry && this.#gone.get(entry)) ?? nothing
  }

  #changedFolders(): Set<SourceNode> {
    const changed = new Set<SourceNode>()
    const mark = (folder: SourceNode | null) => {
      for (let at = folder; at !== null && !changed.has(at); at = at.parent) changed.add(at)
    }
    const walk = (folder: SourceNode) => {
      if (this.#goneFrom(folder).size > 0) mark(folder)
      for (const node of folder.children?.values() ?? []) {
        if (this.#stateOf(node) !== 'kept') mark(folder)
        if (node.isDirectory) walk(node)
      }
    }
    walk(this.#taken.root)
    return changed
  }
}

const nothing: ReadonlyMap<string, SourceNode> = new Map()

function goneFrom({ root, origins }: TakenTree): Map<ImageEntry, Map<string, SourceNode>> {
  const gone = new Map<ImageEntry, Map<string, SourceNode>>()
  for (const [node, { entry }] of origins) {
    if (entry.parent === null || isBelow(root, node)) continue
    const siblings = gone.get(entry.parent) ?? new Map<string, SourceNode>()
    gone.set(entry.parent, siblings.set(entry.name, node))
  }
  return gone
}

function isBelow(root: SourceNode, node: SourceNode): boolean {
  let at: SourceNode | null = node
  while (at !== null && at !== root) at = at.parent
  return at === root
}
