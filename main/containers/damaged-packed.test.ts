/**
 * Packed images that are cut off or have bytes changed, many of each kind: they give findings or one plain problem, never
 * a fault of ours; and where the format has sums, never other bytes than were packed.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { randomNumbers } from '../bytes/testing/random.ts'
import { tinyImage } from '../image/testing/tiny-image.ts'
import { writeGzip } from './gzip/gzip-writer.ts'
import { openContainer } from './open-container.ts'
import { buildDmg, dmgPackers } from './testing/dmg-builder.ts'
import { MemoryOutput } from './testing/memory-output.ts'
import { npmTool } from './testing/npm-tools.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const folder = scratchFolder()
const maxcso = npmTool('maxcso')
const newChdman = npmTool('chdman')
const CUTS = 16
const CHANGES = 60
const PIECE_BYTES = 100_000

let image: Buffer
beforeAll(() => {
  image = Buffer.concat([tinyImage(), Buffer.from('some words '.repeat(6000)), Buffer.alloc(20_000)])
  image = Buffer.concat([image, Buffer.alloc((4096 - (image.length % 4096)) % 4096)])
  writeFileSync(join(folder(), 'tiny.iso'), image)
  const zeros = Buffer.alloc(2352 * 13)
  writeFileSync(join(folder(), 'tiny.bin'), Buffer.concat([Buffer.alloc(2352 * 40, image), zeros]))
  writeFileSync(
    join(folder(), 'tiny.cue'),
    'FILE "tiny.bin" BINARY\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00\nTRACK 02 AUDIO\nINDEX 01 00:00:30\n',
  )
})

const byShell = (line: string) => (): Buffer => execFileSync('sh', ['-c', line], { cwd: folder(), stdio: 'pipe', maxBuffer: 2 ** 26 })
const byFile =
  (program: string, ...args: string[]) =>
  (): Buffer => {
    execFileSync(program, args, { cwd: folder(), stdio: 'pipe' })
    return readFileSync(join(folder(), 'made'))
  }
const byMaxcso = (format: string) => byFile(maxcso ?? '', '--quiet', '--fast', `--format=${format}`, 'tiny.iso', '-o', 'made')
const byChdman = (program: string, codecs: string) => byFile(program, 'createcd', '-f', '-i', 'tiny.cue', '-o', 'made', '-c', codecs)
const dvdByChdman = (codecs: string) =>
  byFile('chdman', 'createraw', '-us', '2048', '-hs', '4096', '-f', '-i', 'tiny.iso', '-o', 'made', '-c', codecs)

interface Sample {
  readonly name: string
  readonly make: () => Buffer | Promise<Buffer>
  /** Whether every byte is guarded by a sum. */
  readonly isGuarded: boolean
}
const sample = (name: string, isGuarded: boolean, make: Sample['make']): Sample => ({ name, isGuarded, make })

const samples: readonly Sample[] = [
  sample('gzip', true, () => gzipSync(image)),
  sample('gzip in members', true, async () => {
    const out = new MemoryOutput()
    await writeGzip([image], out)
    out.writeTo(join(folder(), 'made'))
    return readFileSync(join(folder(), 'made'))
  }),
  sample('xz', true, byShell('xz -c tiny.iso')),
  sample('xz in blocks', true, byShell('xz --check=crc32 --block-size=40000 -c tiny.iso')),
  sample('bzip2', true, byShell('bzip2 -c tiny.iso')),
  sample('zstd', true, byShell('zstd -qc tiny.iso')),
  sample('zstd from a pipe', true, byShell('cat tiny.iso | zstd -qc')),
  sample('zip', false, byShell('zip -q - tiny.iso')),
  ...(maxcso === null ? [] : ['cso1', 'cso2', 'zso', 'dax'].map((format) => sample(format, false, byMaxcso(format)))),
  // The older chdman can write some that it can't read itself.
  ...['cdzl', 'cdlz', 'cdfl'].map((codec) => sample(`CHD with ${codec}`, true, byChdman(newChdman ?? 'chdman', codec))),
  ...(newChdman === null ? [] : [sample('CHD with cdzs', true, byChdman(newChdman, 'cdzs'))]),
  ...['lzma', 'zlib', 'huff', 'flac'].map((codec) => sample(`CHD with ${codec}`, true, dvdByChdman(codec))),
  ...Object.keys(dmgPackers).map((packer) => sample(`DMG with ${packer}`, false, () => buildDmg(image, packer))),
]

/** What all content is when it is read to its end; the code of the problem when it can't be. */
async function outcome(path: string): Promise<{ readonly content: Buffer; readonly codes: readonly string[] } | string> {
  const log = new FindingLog()
  try {
    const file = await openContainer(path, log)
    try {
      const parts: Buffer[] = []
      for (const { stored } of file.container?.tracks ?? [{ stored: file.source }])
        for (let at = 0; at < Math.min(stored.sizeBytes, 2 ** 24); at += PIECE_BYTES) parts.push(readUpTo(stored, at, PIECE_BYTES))
      return { content: Buffer.concat(parts), codes: log.list().map(({ code }) => code) }
    } finally {
      file.close()
    }
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'image') return error.report.code
    throw error
  }
}

describe('a damaged image packed as', () => {
  for (const { name, make, isGuarded } of samples) {
    it(name, async () => {
      const sound = await make()
      const path = join(folder(), 'damaged')
      writeFileSync(path, sound)
      const whole = await outcome(path)
      if (typeof whole === 'string') throw new Error(`the sound one: ${whole}`)
      expect(whole.codes).toEqual([])
      const random = randomNumbers(sound.length)
      let noticed = 0
      for (let i = 0; i < CUTS + CHANGES; i++) {
        const bytes = Buffer.from(sound)
        const changed = 1 + random(3)
        for (let j = 0; j < changed && i >= CUTS; j++) bytes[random(bytes.length)] = random(256)
        writeFileSync(path, i < CUTS ? bytes.subarray(0, random(bytes.length)) : bytes)
        const found = await outcome(path)
        const isSame = typeof found !== 'string' && found.content.equals(whole.content)
        if (!isSame) noticed++
        const isUnsaid = typeof found !== 'string' && found.codes.length === 0 && !isSame
        // What no longer looks packed is taken for what it is.
        if (isUnsaid && isGuarded && !bytes.subarray(0, found.content.length).equals(found.content))
          throw new Error(`other bytes, unsaid (${i})`)
      }
      expect(noticed).toBeGreaterThan(CUTS / 2)
    })
  }
})
