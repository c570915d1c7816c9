import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import type { JobProgress } from '../../../shared/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { type ByteSource, MemoryByteSource, readUpTo } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { unwatched } from '../opening-control.ts'
import { packedDamage } from '../packed-problem.ts'
import { unpack } from './unpack.ts'

const PIECE = Buffer.alloc(2 ** 26)
const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`isomer-${process.pid}-`))
const stored = new MemoryByteSource(Buffer.alloc(100_000))
const packed = { path: 'image.iso.gz', stored, claimedBytes: null }
const unpacking = (log = new FindingLog()) => ({ log, control: unwatched })

function* endless() {
  for (;;) yield PIECE
}

describe('expanding once', () => {
  it('stops at a bomb and leaves nothing', async () => {
    await expect(unpack({ ...packed, piecesOf: endless }, unpacking())).rejects.toThrow(/more than 1000 times its size/)
    expect(ours()).toEqual([])
  })

  it('does not begin with what claims to be one', async () => {
    const piecesOf = function* () {
      yield PIECE
      throw new Error('it was begun')
    }
    const claim = { ...packed, claimedBytes: 2 ** 31, piecesOf }
    await expect(unpack(claim, unpacking())).rejects.toThrow(/more than 1000 times its size/)
  })

  it('keeps what came before damage, and says so', async () => {
    const log = new FindingLog()
    const piecesOf = function* () {
      yield Buffer.alloc(5000, 7)
      yield Buffer.alloc(9000)
      throw packedDamage('it is cut off')
    }
    const source = await unpack({ ...packed, piecesOf }, unpacking(log))
    expect(source.sizeBytes).toBe(14_000)
    const bytes = Buffer.alloc(14_001, 1)
    expect(source.read(0, bytes)).toBe(14_000)
    expect(bytes.subarray(0, 14_000).equals(Buffer.concat([Buffer.alloc(5000, 7), Buffer.alloc(9000)]))).toBe(true)
    expect(log.list().map(({ code, severity }) => [code, severity])).toEqual([['packed-incomplete', 'damaged']])
    source.close()
    expect(ours()).toEqual([])
  })

  it('has no name on the disk while it is open', async () => {
    const source = await unpack({ ...packed, piecesOf: () => [Buffer.from('image')] }, unpacking())
    expect(ours()).toEqual([])
    source.close()
  })

  it('tells how much of the file it has read', async () => {
    const told: JobProgress[] = []
    const control = { ...unwatched, progress: (progress: JobProgress) => void told.push(progress) }
    const piecesOf = function* (source: ByteSource) {
      for (let at = 0; at < source.sizeBytes; at += 40_000) yield readUpTo(source, at, 40_000)
    }
    const source = await unpack({ ...packed, piecesOf }, { log: new FindingLog(), control })
    source.close()
    expect(told.map(({ phase, doneBytes, totalBytes, current }) => [phase, doneBytes, totalBytes, current])).toEqual([
      ['expand', 40_000, 100_000, 'image.iso.gz'],
      ['expand', 80_000, 100_000, 'image.iso.gz'],
      ['expand', 100_000, 100_000, 'image.iso.gz'],
    ])
  })

  it('stops when it is asked to, and leaves nothing', async () => {
    let pieces = 0
    const control = {
      ...unwatched,
      checkpoint: () => {
        if (pieces === 3) throw Problem.cancelled()
        return undefined
      },
    }
    const piecesOf = function* () {
      for (;;) {
        pieces++
        yield Buffer.from('image')
      }
    }
    const stopped = unpack({ ...packed, piecesOf }, { log: new FindingLog(), control })
    await expect(stopped).rejects.toMatchObject({ report: { kind: 'cancelled' } })
    expect(pieces).toBe(3)
    expect(ours()).toEqual([])
  })
})
