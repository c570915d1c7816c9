/** What must not come of any image. */
import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

/** Thrown for what must never happen. */
export class OrdealFailure extends Error {}

/** What goes to other processes and to JSON must be plain data. */
export function requirePlain(value: unknown): void {
  JSON.stringify(value)
}

/** Nothing but files, folders, and links that stay inside; no set-user-id bits. */
export function requireHarmless(root: string): void {
  const pending = [root]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined) continue
    if (stat.isDirectory()) for (const name of readdirSync(path)) pending.push(join(path, name))
    else if (stat.isSymbolicLink()) {
      const target = resolve(dirname(path), readlinkSync(path))
      if (target !== root && !target.startsWith(root + sep)) throw new OrdealFailure(`a link that leads out: ${path} to ${target}`)
    } else if (!stat.isFile()) throw new OrdealFailure(`a file that is none: ${path}`)
    else if ((stat.mode & 0o7022) !== 0) throw new OrdealFailure(`a mode of ${stat.mode.toString(8)}: ${path}`)
  }
}
