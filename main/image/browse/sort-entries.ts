/** Puts entries in order. A million of them take seconds: the sorting goes on in slices. */
import type { SortOrder } from '../../../shared/browse.ts'
import type { Checkpoints } from './browsed-tree.ts'
import type { EntryTable } from './entry-table.ts'
import { foldName, sortKey } from './folded-name.ts'
import { slicedSort } from './sliced-sort.ts'

type Key = string | number

const KEYS_BETWEEN_CHECKPOINTS = 4096

/** What entries are compared by; folders come first whatever it is. */
function keyOf(table: EntryTable, by: SortOrder['by']): (number: number) => Key {
  switch (by) {
    case 'name':
      return (number) => sortKey(table.folded.text(number))
    case 'size':
      return (number) => (table.isDirectory(number) ? 0 : table.sizeBytes(number))
    case 'modified':
      return (number) => table.modifiedMs(number) ?? Number.NEGATIVE_INFINITY
    case 'kind':
      return (number) => kindKey(table, number)
    case 'mode':
      return (number) => table.mode(number) ?? -1
    case 'place':
      return (number) => table.offsetBytes(number) ?? -1
  }
}

/** Files by their extension, everything else by its type. */
function kindKey(table: EntryTable, number: number): string {
  const type = table.type(number)
  if (type !== 'file') return type
  const name = table.name(number)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `.${foldName(name.slice(dot + 1))}` : ''
}

/** Entries that are equal by what they are sorted by stay as they were given. */
export async function sortEntries(table: EntryTable, numbers: Int32Array, order: SortOrder, control: Checkpoints): Promise<Int32Array> {
  const keys = new Array<Key>(numbers.length)
  const ranks = new Uint8Array(numbers.length)
  const key = keyOf(table, order.by)
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number
    keys[i] = key(number)
    ranks[i] = table.isDirectory(number) ? 0 : 1
    if (i % KEYS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
  const direction = order.descending ? -1 : 1
  const compare = (a: number, b: number): number => {
    const byRank = (ranks[a] as number) - (ranks[b] as number)
    if (byRank !== 0) return byRank
    const [x, y] = [keys[a] as Key, keys[b] as Key]
    return x < y ? -direction : x > y ? direction : a - b
  }
  const places = await slicedSort(numbers.length, compare, control)
  return places.map((place) => numbers[place] as number)
}
