/** Finds an entry by a path that may lead through symbolic links, as programs on a mounted image would. */
import { MAX_LINK_HOPS } from '../../shared/limits.ts'
import type { ImageEntry, ImageView } from '../image/image-view.ts'

/** Null when the path leads nowhere, in a circle, or out of the image. A leading `.` or `/` means the image's top. */
export function followPath(view: ImageView, path: string): ImageEntry | null {
  const waiting = path.split('/').reverse()
  let at: ImageEntry = view.root
  for (let hops = 0; waiting.length > 0; ) {
    const part = waiting.pop() as string
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (at.parent === null) return null
      at = at.parent
      continue
    }
    const next = childNamed(view, at, part)
    if (next === null) return null
    if (next.type !== 'symlink') {
      at = next
      continue
    }
    if (next.target === null || next.target.startsWith('/') || ++hops > MAX_LINK_HOPS) return null
    waiting.push(...next.target.split('/').reverse())
  }
  return at
}

function childNamed(view: ImageView, folder: ImageEntry, name: string): ImageEntry | null {
  const path = [name]
  for (let above: ImageEntry | null = folder; above?.parent; above = above.parent) path.unshift(above.name)
  return view.lookup(`/${path.join('/')}`)
}
