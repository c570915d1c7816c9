/** Entries as the window shows them: in rows of a list, and in the tree of folders at its side. */
import type { BrowsedFolder, BrowsedRow, RowRange } from '../../../shared/browse.ts'
import { MAX_ITEMS_PER_MESSAGE } from '../../../shared/limits.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import { type BrowsedTree, type Checkpoints, ROOT } from './browsed-tree.ts'
import type { Listing } from './listing.ts'
import { sortEntries } from './sort-entries.ts'

/** Rows of a listing, as far as there are any. */
export function browsedRows(listing: Listing, [from, to]: RowRange): BrowsedRow[] {
  return Array.from(listing.numbers(from, to), (number) => browsedRow(listing.tree, number))
}

function browsedRow(tree: BrowsedTree, number: number): BrowsedRow {
  const { table } = tree
  const offsetBytes = table.offsetBytes(number)
  return {
    entry: number,
    name: table.name(number),
    type: table.type(number),
    sizeBytes: table.sizeBytes(number),
    modifiedMs: table.modifiedMs(number),
    mode: table.mode(number),
    lba: offsetBytes === null ? null : Math.floor(offsetBytes / SECTOR_BYTES),
    linkTarget: table.target(number),
    isUnreadable: table.isUnreadable(number),
    childCount: tree.entryCount(number),
    folder: tree.path(tree.folderOf(number)),
  }
}

/** Folders of a folder by name; no more than a message can carry. */
export async function browsedFolders(tree: BrowsedTree, number: number, control: Checkpoints): Promise<BrowsedFolder[]> {
  const folder = await tree.read(number, control)
  const numbers = Int32Array.from(tree.subfolders(folder), (subfolder) => subfolder.number)
  const sorted = await sortEntries(tree.table, numbers, { by: 'name', descending: false }, control)
  return Array.from(sorted.subarray(0, MAX_ITEMS_PER_MESSAGE), (entry) => ({
    entry,
    name: tree.table.name(entry),
    path: tree.path(entry),
    hasFolders: tree.hasSubfolders(tree.folder(entry)),
  }))
}

/** Numbers from the root down to an entry. */
export function lineage(tree: BrowsedTree, number: number): number[] {
  const numbers: number[] = []
  for (let at = number; at > ROOT; at = tree.table.parent(at)) numbers.push(at)
  return [ROOT, ...numbers.reverse()]
}
