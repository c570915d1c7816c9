import { describe, expect, it } from 'vitest'
import { type BlockStatus, blockStatuses, RescueMap } from './rescue-map.ts'

const brief = (map: RescueMap) => [...map.blocks()].map(({ startBytes, endBytes, status }) => [startBytes, endBytes, status])

describe('a map of a medium', () => {
  it('begins as one block that was not tried', () => {
    const map = RescueMap.untried(100)
    expect(brief(map)).toEqual([[0, 100, 'non-tried']])
    expect([map.unreadBytes, map.bytesOf('non-tried'), map.bytesOf('finished')]).toEqual([100, 100, 0])
  })

  it('splits and joins blocks', () => {
    const map = RescueMap.untried(100)
    map.mark(10, 20, 'finished')
    map.mark(30, 40, 'finished')
    expect(brief(map)).toEqual([
      [0, 10, 'non-tried'],
      [10, 20, 'finished'],
      [20, 30, 'non-tried'],
      [30, 40, 'finished'],
      [40, 100, 'non-tried'],
    ])
    map.mark(15, 35, 'finished')
    expect(brief(map)).toEqual([
      [0, 10, 'non-tried'],
      [10, 40, 'finished'],
      [40, 100, 'non-tried'],
    ])
    map.mark(0, 100, 'finished')
    expect(brief(map)).toEqual([[0, 100, 'finished']])
  })

  it('finds stretches forwards and backwards', () => {
    const map = RescueMap.untried(100)
    map.mark(10, 20, 'bad-sector')
    map.mark(60, 70, 'bad-sector')
    expect(map.firstFrom('bad-sector', 0)).toEqual({ startBytes: 10, endBytes: 20 })
    expect(map.firstFrom('bad-sector', 15)).toEqual({ startBytes: 15, endBytes: 20 })
    expect(map.firstFrom('bad-sector', 20)).toEqual({ startBytes: 60, endBytes: 70 })
    expect(map.firstFrom('bad-sector', 70)).toBeNull()
    expect(map.lastBefore('bad-sector', 100)).toEqual({ startBytes: 60, endBytes: 70 })
    expect(map.lastBefore('bad-sector', 65)).toEqual({ startBytes: 60, endBytes: 65 })
    expect(map.lastBefore('bad-sector', 60)).toEqual({ startBytes: 10, endBytes: 20 })
    expect(map.lastBefore('bad-sector', 10)).toBeNull()
    expect(map.firstFrom('non-scraped', 0)).toBeNull()
  })

  it('joins what was not read, whatever its status', () => {
    const map = RescueMap.untried(100)
    map.mark(0, 100, 'finished')
    map.mark(10, 20, 'bad-sector')
    map.mark(20, 30, 'non-scraped')
    map.mark(90, 100, 'non-tried')
    expect(map.unreadRanges()).toEqual([
      { startBytes: 10, endBytes: 30 },
      { startBytes: 90, endBytes: 100 },
    ])
  })

  it('agrees with a plain array after any marks', () => {
    let seed = 12345
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      return Math.floor((seed / 2 ** 31) * below)
    }
    for (let round = 0; round < 50; round++) {
      const size = 1 + random(60)
      const map = RescueMap.untried(size)
      const plain: BlockStatus[] = new Array(size).fill('non-tried')
      for (let step = 0; step < 40; step++) {
        const start = random(size)
        const end = start + random(size - start + 1)
        const status = blockStatuses[random(blockStatuses.length)] as BlockStatus
        map.mark(start, end, status)
        plain.fill(status, start, end)
        const blocks = [...map.blocks()]
        expect(blocks.flatMap((block) => new Array(block.endBytes - block.startBytes).fill(block.status))).toEqual(plain)
        for (let i = 1; i < blocks.length; i++) expect(blocks[i]?.status).not.toBe(blocks[i - 1]?.status)
        for (const kind of blockStatuses) expect(map.bytesOf(kind)).toBe(plain.filter((each) => each === kind).length)
        expect(RescueMap.of(blocks).blockCount).toBe(blocks.length)
      }
    }
  })
})
