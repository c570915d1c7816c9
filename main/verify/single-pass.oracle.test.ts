/** Digests against those of the coreutils, OpenSSL and 7-Zip. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DigestKind, digestKinds } from '../../shared/digest.ts'
import { FileByteSource, MemoryByteSource } from '../bytes/byte-source.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { blake2bDigest } from './own-digests.ts'
import { type PassWishes, readOnce } from './single-pass.ts'

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-pass-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function said(program: string, ...args: string[]): string {
  const text = execFileSync(program, args, { encoding: 'utf8' }).toLowerCase()
  return /(?<![0-9a-z])(?:[0-9a-f]{32,}|[0-9a-f]{8})(?![0-9a-z.])/.exec(text)?.[0] ?? text
}
const judges: Record<DigestKind, (path: string) => string[]> = {
  sha256: (path) => [said('sha256sum', path), said('openssl', 'dgst', '-sha256', '-r', path)],
  sha512: (path) => [said('sha512sum', path), said('openssl', 'dgst', '-sha512', '-r', path)],
  sha1: (path) => [said('sha1sum', path), said('openssl', 'dgst', '-sha1', '-r', path)],
  md5: (path) => [said('md5sum', path), said('openssl', 'dgst', '-md5', '-r', path)],
  blake2b: (path) => [said('b2sum', path), said('openssl', 'dgst', '-blake2b512', '-r', path)],
  crc32: (path) => [
    /^crc32 +for data: +([0-9a-f]{8})/m.exec(execFileSync('7z', ['h', '-scrcCRC32', path], { encoding: 'utf8' }).toLowerCase())?.[1] ?? '',
  ],
}

const content = (sizeBytes: number) => Buffer.from(createHash('shake256', { outputLength: sizeBytes }).update('isomer').digest())
const wishes = (more: Partial<PassWishes>): PassWishes => ({ digests: [], suffixed: [], onlookers: [], ...more })

describe('one pass over a file', () => {
  // Empty, less than a part, whole parts, and more than the ring holds.
  it.each([0, 1, 131_072, 131_073, 262_144, 9_000_001])('of %i bytes gives what the other tools give', async (sizeBytes) => {
    const path = join(scratch, 'file')
    writeFileSync(path, content(sizeBytes))
    const source = FileByteSource.open(path)
    const { digests } = await readOnce(source, wishes({ digests: digestKinds }), quietControl())
    source.close()
    for (const kind of digestKinds) expect([kind, ...judges[kind](path)]).toEqual([kind, ...judges[kind](path).map(() => digests[kind])])
  })

  it('gives any subset, and nothing else', async () => {
    const { digests } = await readOnce(new MemoryByteSource(content(10)), wishes({ digests: ['md5', 'crc32'] }), quietControl())
    expect(Object.keys(digests).sort()).toEqual(['crc32', 'md5'])
  })

  it('gives digests of the content with something behind it, each its own', async () => {
    const bytes = content(300_000)
    const suffixed = [
      { algorithm: 'sha512', suffix: Buffer.from('one') },
      { algorithm: 'sha384', suffix: Buffer.from('two') },
      { algorithm: 'sha512', suffix: Buffer.from('three') },
    ]
    const result = await readOnce(new MemoryByteSource(bytes), wishes({ digests: ['sha512'], suffixed }), quietControl())
    const truth = suffixed.map(({ algorithm, suffix }) => createHash(algorithm).update(bytes).update(suffix).digest('hex'))
    expect(result.suffixed).toEqual(truth)
    expect(result.digests.sha512).toBe(createHash('sha512').update(bytes).digest('hex'))
  })

  it('shows every byte once, in order, to whoever looks on', async () => {
    const bytes = content(300_000)
    const seen: Buffer[] = []
    let expected = 0
    const take = (part: Buffer, offsetBytes: number) => {
      expect(offsetBytes).toBe(expected)
      expected += part.length
      seen.push(Buffer.from(part))
    }
    await readOnce(new MemoryByteSource(bytes), wishes({ onlookers: [{ take }] }), quietControl())
    expect(Buffer.concat(seen).equals(bytes)).toBe(true)
  })

  it('stops when it is asked to, and when reading fails', async () => {
    let turns = 0
    const stop = quietControl({
      checkpoint: () => {
        if (++turns === 3) throw new Error('stop')
        return undefined
      },
    })
    await expect(readOnce(new MemoryByteSource(content(900_000)), wishes({ digests: ['md5'] }), stop)).rejects.toThrow('stop')
    const broken = {
      sizeBytes: 900_000,
      read: (offsetBytes: number, target: Uint8Array) => {
        if (offsetBytes > 300_000) throw new Error('no more')
        return target.length
      },
      close: () => {},
    }
    await expect(readOnce(broken, wishes({ digests: ['md5', 'sha256'] }), quietControl())).rejects.toThrow('no more')
  })
})

it('BLAKE2b is the same where the runtime has none', async () => {
  const path = join(scratch, 'file')
  writeFileSync(path, content(500_000))
  const digest = await blake2bDigest()
  digest.take(content(500_000).subarray(0, 300_000), 0)
  digest.take(content(500_000).subarray(300_000), 300_000)
  expect(digest.hex()).toBe(said('b2sum', path))
})
