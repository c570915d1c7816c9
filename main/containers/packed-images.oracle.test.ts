/** Images packed by other people's programs are read like what was packed, from anywhere. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomNumbers } from '../bytes/testing/random.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import { makeDiscImage } from './testing/disc-image.ts'
import { npmTool } from './testing/npm-tools.ts'
import { scratchFolder } from './testing/scratch-folder.ts'

const folder = scratchFolder()
let plain: Buffer
let plainPath = ''

beforeAll(() => {
  plainPath = makeDiscImage(folder())
  plain = readFileSync(plainPath)
})

const maxcso = npmTool('maxcso')
const run = (command: string, ...args: string[]) => void execFileSync(command, args, { cwd: folder(), stdio: 'pipe' })
const shell = (line: string) => run('sh', '-c', line)
const byMaxcso = (format: string, ...more: string[]) => {
  return (out: string) => run(maxcso ?? 'maxcso', '--quiet', '--fast', `--format=${format}`, ...more, 'disc.iso', '-o', out)
}

const packers: readonly (readonly [string, string, (out: string) => void, string])[] = [
  ['gzip', 'disc.iso.gz', (out) => shell(`gzip -c disc.iso > ${out}`), 'gzip'],
  ['gzip twice', 'two.iso.gz', (out) => shell(`(head -c 700001 disc.iso | gzip -c; tail -c +700002 disc.iso | gzip -c) > ${out}`), 'gzip'],
  ['xz', 'disc.iso.xz', (out) => shell(`xz -c disc.iso > ${out}`), 'xz'],
  ['xz in blocks', 'blocks.iso.xz', (out) => shell(`xz --check=sha256 --block-size=300KiB -c disc.iso > ${out}`), 'xz'],
  [
    'xz twice with padding',
    'two.iso.xz',
    (out) => shell(`(head -c 700001 disc.iso | xz -C crc32 -c; head -c 8 /dev/zero; tail -c +700002 disc.iso | xz -9e -c) > ${out}`),
    'xz',
  ],
  ['bzip2', 'disc.iso.bz2', (out) => shell(`bzip2 -c disc.iso > ${out}`), 'bzip2'],
  [
    'bzip2 in small blocks',
    'small.iso.bz2',
    (out) => shell(`(head -c 700001 disc.iso | bzip2 -1c; tail -c +700002 disc.iso | bzip2 -5c) > ${out}`),
    'bzip2',
  ],
  ['zstd', 'disc.iso.zst', (out) => shell(`zstd -q -c disc.iso > ${out}`), 'Zstandard'],
  ['zstd from a pipe', 'piped.iso.zst', (out) => shell(`cat disc.iso | zstd -q -19 --no-check -c > ${out}`), 'Zstandard'],
  [
    'zstd twice',
    'two.iso.zst',
    (out) => shell(`(head -c 700001 disc.iso > half; zstd -q -c half; tail -c +700002 disc.iso > half; zstd -q -c half) > ${out}`),
    'Zstandard',
  ],
  ['zip', 'disc.zip', (out) => run('zip', '-q', out, 'disc.iso'), 'ZIP'],
  ['zip from a pipe', 'piped.zip', (out) => shell(`cat disc.iso | zip -q ${out} -`), 'ZIP'],
  ['zip without packing', 'stored.zip', (out) => run('zip', '-q', '-0', out, 'disc.iso'), 'ZIP'],
  ['7z as zip', '7z.zip', (out) => run('7z', 'a', '-bd', '-tzip', out, 'disc.iso'), 'ZIP'],
  ['maxcso', 'disc.cso', byMaxcso('cso1'), 'CSO'],
  ['maxcso in large blocks', 'large.cso', byMaxcso('cso1', '--block=16384'), 'CSO'],
  ['maxcso version 2', 'two.cso', byMaxcso('cso2', '--use-lz4'), 'CSO'],
  ['maxcso as ZSO', 'disc.zso', byMaxcso('zso'), 'ZSO'],
  ['maxcso as DAX', 'disc.dax', byMaxcso('dax'), 'DAX'],
]

describe('an image packed by', () => {
  for (const [name, file, pack, title] of packers) {
    it.skipIf(name.startsWith('maxcso') && maxcso === null)(`${name} is read like what was packed`, async () => {
      const path = join(folder(), file)
      pack(path)
      const image = await openAnyImage(path)
      expect(image.contained?.facts.title).toBe(title)
      expect(image.source.sizeBytes).toBe(plain.length)
      const random = randomNumbers(7)
      for (let i = 0; i < 40; i++) {
        const from = random(plain.length)
        const target = Buffer.alloc(1 + random(100_000))
        const got = image.source.read(from, target)
        expect(target.subarray(0, got).equals(plain.subarray(from, from + target.length))).toBe(true)
      }
      const all = Buffer.alloc(plain.length + 1)
      expect(image.source.read(0, all)).toBe(plain.length)
      expect(sha256(all.subarray(0, plain.length))).toBe(sha256(plain))
      expect(image.findings).toEqual([])
      expect([...image.view('auto').children(image.view('auto').root)].map((entry) => entry.name).sort()).toEqual([
        'folder',
        'noise.bin',
        'words.txt',
        'zeros.bin',
      ])
      image.close()
      rmSync(path)
    })
  }

  it('one program and then another is unwrapped twice', async () => {
    copyFileSync(plainPath, join(folder(), 'twice.iso'))
    shell('gzip -c twice.iso > twice.iso.gz && zip -q -0 twice.zip twice.iso.gz')
    const image = await openAnyImage(join(folder(), 'twice.zip'))
    expect(image.contained?.facts.title).toBe('gzip in ZIP')
    expect(image.source.sizeBytes).toBe(plain.length)
    image.close()
  })
})

describe('what can’t be opened', () => {
  it('of an archive of several files is told by name', async () => {
    writeFileSync(join(folder(), 'read me.txt'), 'read me')
    run('zip', '-q', 'several.zip', 'disc.iso', 'read me.txt')
    await expect(openAnyImage(join(folder(), 'several.zip'))).rejects.toThrow('2 files: disc.iso, read me.txt.')
  })

  it('without its password is told', async () => {
    run('zip', '-q', '-P', 'secret', 'locked.zip', 'disc.iso')
    await expect(openAnyImage(join(folder(), 'locked.zip'))).rejects.toThrow('locked with a password')
  })

  it('because of a filter for programs is told', async () => {
    shell('xz --x86 --lzma2 -c disc.iso > filtered.iso.xz')
    await expect(openAnyImage(join(folder(), 'filtered.iso.xz'))).rejects.toThrow('made with a filter for programs')
  })
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
