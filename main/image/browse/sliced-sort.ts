/** Sorting that lets other work in between: a million things take a second or two. */
import type { Checkpoints } from './browsed-tree.ts'

/** Sorted at one go, and merged between checkpoints. */
const CHUNK = 8192

/** The numbers from 0 to `count` in order. */
export async function slicedSort(count: number, compare: (a: number, b: number) => number, control: Checkpoints): Promise<Int32Array> {
  let sorted = Int32Array.from({ length: count }, (_, place) => place)
  for (let start = 0; start < count; start += CHUNK) {
    sorted.subarray(start, start + CHUNK).sort(compare)
    await control.checkpoint()
  }
  let merged = new Int32Array(count)
  for (let width = CHUNK; width < count; width *= 2) {
    let filled = 0
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count)
      const end = Math.min(start + 2 * width, count)
      for (let a = start, b = middle; a < middle || b < end; ) {
        const takesFirst = b === end || (a < middle && compare(sorted[a] as number, sorted[b] as number) <= 0)
        merged[filled++] = sorted[takesFirst ? a++ : b++] as number
        if (filled % CHUNK === 0) await control.checkpoint()
      }
    }
    ;[sorted, merged] = [merged, sorted]
  }
  return sorted
}
