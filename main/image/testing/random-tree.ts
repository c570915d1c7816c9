/** Trees by chance, on the host: names that writers get wrong, sizes around blocks, links, modes, dates. The same for a seed. */
import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oneOf, type RandomNumbers } from '../../bytes/testing/random.ts'

const SIZES = [0, 1, 100, 2047, 2048, 2049, 4096, 6143, 10_000, 65_536]
const STEMS = [
  'a',
  'README',
  'file',
  'Ünïcödé',
  '名前',
  'emoji 🎉',
  'ملف',
  'e\u0301',
  'two words',
  'UPPER',
  'semi;colon',
  'dots.in.it',
  'x*y?z',
  '~',
  '-dash',
  'back\\slash',
  'colon:it',
]
const ENDS = ['', '.txt', '.TXT', '.tar.gz', '.', ' ', '.longextension', '.é']
const MAX_NAME_BYTES = 255
const MAX_DEPTH = 12
const LAST_S = Date.UTC(2100, 0, 1) / 1000

export interface RandomTreeOptions {
  /** Entries in all. */
  readonly entries: number
}

export function makeRandomTree(root: string, random: RandomNumbers, { entries }: RandomTreeOptions): void {
  const folders = [{ path: root, depth: 0, names: new Set<string>() }]
  const files: string[] = []
  const made: string[] = []
  for (let i = 0; i < entries; i++) {
    const folder = oneOf(folders, random)
    const name = freshName(folder.names, random)
    const path = join(folder.path, name)
    const kind = random(20)
    if (kind < 5 && folder.depth < MAX_DEPTH) {
      mkdirSync(path)
      folders.push({ path, depth: folder.depth + 1, names: new Set() })
    } else if (kind < 7) symlinkSync(oneOf(['..', 'a', '../file/x', '/absolute', `${'y'.repeat(200)}/../z`, '名前'], random), path)
    else if (kind < 9 && files.length > 0) linkSync(oneOf(files, random), path)
    else {
      writeFileSync(path, contentOf(oneOf(SIZES, random), random))
      chmodSync(path, 0o400 + random(0o400))
      files.push(path)
    }
    made.push(path)
  }
  for (const path of made.reverse()) {
    const seconds = random(LAST_S)
    lutimesSync(path, seconds, seconds)
  }
}

function freshName(taken: Set<string>, random: RandomNumbers): string {
  for (;;) {
    const repeats = random(8) === 0 ? 1 + random(60) : 1
    let name = oneOf(STEMS, random).repeat(repeats) + (random(2) === 0 ? random(30) : '') + oneOf(ENDS, random)
    while (Buffer.byteLength(name) > MAX_NAME_BYTES) name = [...name].slice(1).join('')
    if (name === '.' || name === '' || taken.has(name)) continue
    taken.add(name)
    return name
  }
}

function contentOf(sizeBytes: number, random: RandomNumbers): Buffer {
  const bytes = Buffer.alloc(sizeBytes)
  for (let at = 0; at < sizeBytes; at += 64) bytes[at] = random(256)
  return bytes
}
