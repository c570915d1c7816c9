/** Exclusion patterns: shell globs, against the name, or with a slash in them against the path in the image. */
import picomatch from 'picomatch'
import { Problem } from '../../../shared/problem.ts'

export type Exclusion = (relativePath: string, name: string) => boolean

/**
 * A test for entries to leave out. `*.tmp` and `node_modules` match names anywhere; `build/*.o` and `/top` match the
 * path in the image, which is without its leading slash in the test. Throws a usage Problem for an empty pattern.
 */
export function exclusionOf(patterns: readonly string[]): Exclusion {
  if (patterns.length === 0) return () => false
  const byName: string[] = []
  const byPath: string[] = []
  for (const pattern of patterns) {
    const trimmed = pattern.replace(/\/+$/, '')
    if (trimmed === '')
      throw new Problem({
        kind: 'usage',
        code: 'exclude-empty',
        message: `‘${pattern}’ is no exclusion pattern.`,
        advice: 'Give a name or a glob such as *.tmp.',
      })
    if (trimmed.includes('/')) byPath.push(trimmed.replace(/^\/+/, ''))
    else byName.push(trimmed)
  }
  const matchesName = byName.length > 0 ? picomatch(byName, { dot: true }) : () => false
  const matchesPath = byPath.length > 0 ? picomatch(byPath, { dot: true }) : () => false
  return (relativePath, name) => matchesName(name) || matchesPath(relativePath)
}
