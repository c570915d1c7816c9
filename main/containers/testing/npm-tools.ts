/** Programs of other people that come as npm packages, for judging in tests. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** The program's path; null where its package has none for this system. */
export function npmTool(name: 'maxcso' | 'chdman'): string | null {
  const program = `${name}${process.platform === 'win32' ? '.exe' : ''}`
  const path = join(root, 'node_modules/@emmercm', `${name}-${process.platform}-${process.arch}`, 'dist', program)
  return existsSync(path) ? path : null
}
