/** How much lies in entries and below them. */
import type { MeasuredContent } from '../../../shared/browse.ts'
import type { BrowsedTree, Checkpoints } from './browsed-tree.ts'

/** Reads folders that were not read yet. A folder that is met again, through a circle or by another way, counts once. */
export async function measuredContent(tree: BrowsedTree, numbers: Iterable<number>, control: Checkpoints): Promise<MeasuredContent> {
  const { table } = tree
  let files = 0
  let directories = 0
  let contentBytes = 0
  const met = new Set<number | null>()
  const pending = [...numbers]
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    if (!table.isDirectory(number)) {
      files++
      if (table.type(number) === 'file') contentBytes += table.sizeBytes(number)
      continue
    }
    directories++
    const key = tree.folder(number).entry.directoryKey
    if (met.has(key)) continue
    met.add(key)
    const folder = await tree.read(number, control)
    for (let at = folder.first; at < folder.first + folder.count; at++) pending.push(at)
    await control.checkpoint()
  }
  return { files, directories, contentBytes }
}
