/** Trees of files as values that can be compared: path → size and SHA-256. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface FileFacts {
  readonly sizeBytes: number
  readonly sha256: string
}

/** Every file below a folder, by path with a leading slash. */
export async function filesIn(folder: string): Promise<Record<string, FileFacts>> {
  const facts: [string, FileFacts][] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    facts.push([path.slice(folder.length), { sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') }])
  }
  return Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Bytes that no file shares by chance, and every run has alike. */
function noise(seed: number, lengthBytes: number): Buffer {
  const bytes = Buffer.alloc(lengthBytes)
  let state = seed + 1
  for (let at = 0; at + 4 <= lengthBytes; at += 4) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + at
    bytes.writeInt32LE(state ^ (state >>> 12), at)
  }
  return bytes
}

/** Files with what goes wrong easily: nothing in them, whole and broken sectors, depth, scripts, spaces, many in one folder. */
export async function makeSampleTree(folder: string): Promise<void> {
  const sizes: [string, number][] = [
    ['empty.txt', 0],
    ['one byte', 1],
    ['sector.bin', 2048],
    ['sector and one.bin', 2049],
    ['large.bin', 5_000_000],
    ['Grüße aus Köln.txt', 100],
    ['日本語/写真 1.jpg', 70_000],
    ['deep/2/3/4/5/6/7/bottom.txt', 300],
    ...Array.from({ length: 250 }, (_, index): [string, number] => [`many/file ${index + 1}.dat`, index * 37]),
  ]
  for (const [index, [path, sizeBytes]] of sizes.entries()) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), noise(index, sizeBytes))
  }
}
