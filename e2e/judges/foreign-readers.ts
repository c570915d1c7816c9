/** What other programs find in an image: each extracts everything, and what comes out is looked at. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileFacts, filesIn } from './file-tree.ts'

type Reader = (imagePath: string, scratch: string) => Promise<Record<string, FileFacts>>

const UTF8 = { ...process.env, LC_ALL: 'C.UTF-8' }
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024
const run = (program: string, args: readonly string[]) =>
  execFileSync(program, args, { env: UTF8, maxBuffer: MAX_OUTPUT_BYTES, stdio: ['ignore', 'pipe', 'pipe'] })

function extracting(name: string, extract: (imagePath: string, folder: string) => void): Reader {
  return async (imagePath, scratch) => {
    const folder = join(scratch, `by-${name}`)
    await mkdir(folder)
    extract(imagePath, folder)
    return filesIn(folder)
  }
}

/** isoinfo gives one file at a time, by its path in the Rock Ridge tree. */
const isoinfo: Reader = async (imagePath) => {
  const paths = run('isoinfo', ['-R', '-f', '-i', imagePath]).toString().split('\n').filter(Boolean)
  const listing = run('isoinfo', ['-R', '-l', '-i', imagePath]).toString()
  const folders = new Set([...listing.matchAll(/^Directory listing of (.*)$/gm)].map(([, path]) => path?.replace(/\/$/, '')))
  const files = paths
    .filter((path) => !folders.has(path))
    .map((path): [string, FileFacts] => {
      const content = run('isoinfo', ['-R', '-x', path, '-i', imagePath])
      return [path, { sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }]
    })
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

export const foreignReaders: Readonly<Record<string, Reader>> = {
  xorriso: extracting('xorriso', (image, folder) => run('xorriso', ['-osirrox', 'on', '-indev', image, '-extract', '/', folder])),
  '7z': extracting('7z', (image, folder) => run('7z', ['x', '-bd', '-y', `-o${folder}`, image])),
  bsdtar: extracting('bsdtar', (image, folder) => run('bsdtar', ['-x', '-f', image, '-C', folder])),
  isoinfo,
}
