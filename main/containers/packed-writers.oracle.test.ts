/** What Isomer packs is taken out again by other people's programs, and read from anywhere by Isomer. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ByteSource, MemoryByteSource, readUpTo } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import { type CdUnits, cdContent, dvdContent } from './chd/chd-contents.ts'
import { chdBytes, writeChd } from './chd/chd-writer.ts'
import { csoBytes, writeCso } from './cso/cso-writer.ts'
import { gzipBytes, writeGzip } from './gzip/gzip-writer.ts'
import { openContainer } from './open-container.ts'
import type { PackedOutput } from './packing/packed-output.ts'
import { makeDiscImage } from './testing/disc-image.ts'
import { MemoryOutput } from './testing/memory-output.ts'
import { npmTool } from './testing/npm-tools.ts'
import { makeRawDisc, type RawDisc } from './testing/raw-disc.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { zstdBytes } from './zstandard/zstd-size.ts'
import { writeZstd } from './zstandard/zstd-writer.ts'

const folder = scratchFolder()
const maxcso = npmTool('maxcso')
let image: Buffer
let disc: RawDisc

beforeAll(() => {
  image = readFileSync(makeDiscImage(folder()))
  disc = makeRawDisc(folder(), image)
})

const run = (command: string, ...args: string[]): Buffer =>
  execFileSync(command, args, { cwd: folder(), stdio: 'pipe', maxBuffer: 2 ** 28 })

function* pieces(source: ByteSource): Generator<Buffer> {
  for (let at = 0; at < source.sizeBytes; at += 100_000) yield readUpTo(source, at, 100_000)
}

async function written(name: string, mostBytes: number, write: (out: PackedOutput) => Promise<void>): Promise<string> {
  const out = new MemoryOutput()
  await write(out)
  expect(out.positionBytes).toBeLessThanOrEqual(mostBytes)
  out.writeTo(join(folder(), name))
  return join(folder(), name)
}

async function expectReadable(path: string, title: string): Promise<void> {
  const opened = await openAnyImage(path)
  expect(opened.contained?.facts.title).toBe(title)
  expect(readUpTo(opened.source, 0, opened.source.sizeBytes).equals(image)).toBe(true)
  expect(readUpTo(opened.source, 1_234_567, 3000).equals(image.subarray(1_234_567, 1_237_567))).toBe(true)
  expect(opened.findings).toEqual([])
  opened.close()
}

const source = () => new MemoryByteSource(image)

describe('an image that Isomer packs', () => {
  it('as gzip is taken out by gzip and 7-Zip', async () => {
    const path = await written('disc.iso.gz', gzipBytes(image.length), (out) => writeGzip(pieces(source()), out))
    expect(run('gzip', '-dc', path).equals(image)).toBe(true)
    expect(run('7z', 'x', '-so', path).equals(image)).toBe(true)
    await expectReadable(path, 'gzip')
  })

  it('as Zstandard is taken out by zstd', async () => {
    const path = await written('disc.iso.zst', zstdBytes(image.length), (out) => writeZstd(pieces(source()), out))
    expect(run('zstd', '-dcq', path).equals(image)).toBe(true)
    expect(run('zstd', '-lv', path).toString()).toContain('XXH64')
    await expectReadable(path, 'Zstandard')
  })

  it.skipIf(maxcso === null)('as CSO is taken out by maxcso', async () => {
    const path = await written('disc.cso', csoBytes(image.length), (out) => writeCso(pieces(source()), image.length, out))
    run(maxcso ?? '', '--quiet', '--decompress', path, '-o', 'taken.iso')
    expect(readFileSync(join(folder(), 'taken.iso')).equals(image)).toBe(true)
    await expectReadable(path, 'CSO')
  })

  it('as CHD of a DVD is verified and taken out by chdman', async () => {
    const content = dvdContent(image.length)
    const path = await written('dvd.chd', chdBytes(content), (out) => writeChd(pieces(source()), content, out))
    run('chdman', 'verify', '-i', path)
    run('chdman', 'extractraw', '-f', '-i', path, '-o', 'taken.raw')
    expect(readFileSync(join(folder(), 'taken.raw')).equals(image)).toBe(true)
    const newer = npmTool('chdman')
    if (newer !== null) run(newer, 'extractdvd', '-f', '-i', path, '-o', 'taken.dvd.iso')
    await expectReadable(path, 'CHD')
  })
})

describe('a CD that Isomer packs as CHD', () => {
  async function packedDisc(name: string): Promise<{ readonly path: string; readonly cd: CdUnits }> {
    const file = await openContainer(disc.cuePath, new FindingLog())
    const cd = cdContent(file.container?.tracks ?? [])
    const path = await written(name, chdBytes(cd.content), (out) => writeChd(pieces(cd.units), cd.content, out))
    file.close()
    return { path, cd }
  }

  it('is verified by chdman and taken out as it was', async () => {
    const { path } = await packedDisc('cd.chd')
    run('chdman', 'verify', '-i', path)
    run('chdman', 'extractcd', '-f', '-i', path, '-o', 'taken.cue', '-ob', 'taken.bin')
    expect(readFileSync(join(folder(), 'taken.bin')).equals(disc.bin)).toBe(true)
    // Its sums are those of chdman's own, for all that they are made of is the same.
    run('chdman', 'createcd', '-f', '-i', disc.cuePath, '-o', 'theirs.chd')
    const sums = (file: string) =>
      run('chdman', 'info', '-i', file)
        .toString()
        .match(/SHA1: .*/g)
    expect(sums(path)).toEqual(sums('theirs.chd'))
    await expectReadable(path, 'CHD')
  })
})
