/** Work on several things at once whose results come in the order of the things: zlib packs in threads of its own. */
import { availableParallelism } from 'node:os'

/** Each thread has one thing in work and some waiting. */
const WAITING_PER_THREAD = 4

/** Once one fails, no more is begun. */
export async function* inOrder<T, R>(things: AsyncIterable<T>, work: (thing: T) => Promise<R>): AsyncGenerator<R> {
  const most = availableParallelism() * WAITING_PER_THREAD
  const begun: Promise<R>[] = []
  try {
    for await (const thing of things) {
      const result = work(thing)
      // It is waited for later; until then, its failure is nobody's.
      result.catch(() => {})
      begun.push(result)
      if (begun.length >= most) yield await (begun.shift() as Promise<R>)
    }
    while (begun.length > 0) yield await (begun.shift() as Promise<R>)
  } finally {
    await Promise.allSettled(begun)
  }
}
