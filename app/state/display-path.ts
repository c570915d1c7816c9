import { homedir } from 'node:os'
import { sep } from 'node:path'

/** A path as people know it: `~` for their own folder. For display only. */
export function displayPath(path: string, home = homedir()): string {
  if (path === home) return '~'
  return path.startsWith(home + sep) && home.length > 1 ? `~${path.slice(home.length)}` : path
}
