import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { FindingLog } from '../../bytes/finding-log.ts'
import { packedDamage } from '../packed-problem.ts'
import { unpack } from './unpack.ts'

const PIECE = Buffer.alloc(2 ** 26)
const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`isomer-${process.pid}-`))
const packed = { path: 'image.iso.gz', storedBytes: 100_000, claimedBytes: null }

function* endless() {
  for (;;) yield PIECE
}

describe('expanding once', () => {
  it('stops at a bomb and leaves nothing', async () => {
    await expect(unpack({ ...packed, pieces: endless() }, new FindingLog())).rejects.toThrow(/more than 1000 times its size/)
    expect(ours()).toEqual([])
  })

  it('does not begin with what claims to be one', async () => {
    const pieces = (function* () {
      yield PIECE
      throw new Error('it was begun')
    })()
    const claim = { ...packed, claimedBytes: 2 ** 31, pieces }
    await expect(unpack(claim, new FindingLog())).rejects.toThrow(/more than 1000 times its size/)
  })

  it('keeps what came before damage, and says so', async () => {
    const log = new FindingLog()
    const pieces = (function* () {
      yield Buffer.alloc(5000, 7)
      yield Buffer.alloc(9000)
      throw packedDamage('it is cut off')
    })()
    const source = await unpack({ ...packed, pieces }, log)
    expect(source.sizeBytes).toBe(14_000)
    const bytes = Buffer.alloc(14_001, 1)
    expect(source.read(0, bytes)).toBe(14_000)
    expect(bytes.subarray(0, 14_000).equals(Buffer.concat([Buffer.alloc(5000, 7), Buffer.alloc(9000)]))).toBe(true)
    expect(log.list().map(({ code, severity }) => [code, severity])).toEqual([['packed-incomplete', 'damaged']])
    source.close()
    expect(ours()).toEqual([])
  })

  it('has no name on the disk while it is open', async () => {
    const source = await unpack({ ...packed, pieces: [Buffer.from('image')] }, new FindingLog())
    expect(ours()).toEqual([])
    source.close()
  })
})
