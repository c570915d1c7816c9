/**
 * Every format that is opened besides plain images, one line each: name for programs, name for people, what it is told
 * by, and the code that opens it. The first that recognises a file takes it. A format packed around another file is a
 * `wraps` line, one that holds tracks a `contains` line.
 */
import { contains, type Format } from './container-format.ts'
import { recogniseRaw } from './raw/recognise-raw.ts'

export const formats: readonly Format[] = [
  // Last: a file that has only sectors says nothing of itself.
  contains('raw', 'raw CD sectors', recogniseRaw, async () => (await import('./raw/open-raw.ts')).openRaw),
]
