/** All that is known of one entry. */
import type { EntryDetails } from '../../../shared/browse.ts'
import { MAX_SHOWN_EXTENTS } from '../../../shared/limits.ts'
import { SECTOR_BYTES } from '../../iso9660/volume-descriptor.ts'
import type { BrowsedTree } from './browsed-tree.ts'

/** Without its names in other trees, which take a search. */
export function entryDetails(tree: BrowsedTree, number: number): EntryDetails {
  const entry = tree.entry(number)
  const { extents } = entry
  const path = tree.path(number)
  return {
    entry: number,
    name: entry.name,
    path,
    type: entry.type,
    sizeBytes: entry.sizeBytes,
    modifiedMs: entry.modifiedMs,
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    links: entry.links,
    linkTarget: entry.target,
    unreadable: entry.unreadable,
    compressedBytes: entry.zisofs === null ? null : extents.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0),
    extents: extents.slice(0, MAX_SHOWN_EXTENTS).map((extent) => ({
      lba: Math.floor(tree.view.offsetBytes(extent) / SECTOR_BYTES),
      lengthBytes: extent.lengthBytes,
    })),
    extentCount: extents.length,
    names: [{ view: tree.view.kind, path }],
  }
}
