import { describe, expect, it } from 'vitest'
import { ScratchedDisc, type Scratches } from '../testing/scratched-disc.ts'
import type { RescuePosition } from './mapfile.ts'
import { Rescue } from './rescue.ts'
import { RescueMap } from './rescue-map.ts'

const SECTOR = 2048
const SECTORS = 4000

/** Every sector says its number. */
function content(sectors = SECTORS): Buffer {
  const bytes = Buffer.alloc(sectors * SECTOR, 0x5a)
  for (let sector = 0; sector < sectors; sector++) bytes.writeUInt32LE(sector, sector * SECTOR)
  return bytes
}

interface Resumed {
  readonly retries?: number
  readonly map?: RescueMap
  readonly from?: RescuePosition
  readonly image?: Buffer
  readonly sectors?: number
}

function rescueOf(scratches: Scratches, more: Resumed = {}) {
  const bytes = content(more.sectors)
  const disc = new ScratchedDisc(bytes, scratches)
  const image = more.image ?? Buffer.alloc(disc.sizeBytes)
  const map = more.map ?? RescueMap.untried(disc.sizeBytes)
  const target = { write: (at: number, piece: Uint8Array) => void image.set(piece, at) }
  const rescue = new Rescue({
    source: disc,
    target,
    map,
    nowMs: disc.nowMs,
    turn: () => undefined,
    retries: more.retries ?? 0,
    from: more.from ?? null,
  })
  return { bytes, disc, image, map, rescue }
}

const unreadSectors = (map: RescueMap) => map.unreadRanges().map(({ startBytes, endBytes }) => [startBytes / SECTOR, endBytes / SECTOR - 1])

describe('a rescue', () => {
  it('of a good disc reads every sector once, in large reads', async () => {
    const { bytes, disc, image, map, rescue } = rescueOf({})
    await rescue.run()
    expect(image.equals(bytes)).toBe(true)
    expect(map.unreadBytes).toBe(0)
    expect(disc.reads.length).toBe(Math.ceil(SECTORS / 64))
    expect(rescue.position.phase).toBe('finished')
  })

  it.each<[string, Scratches, number[][]]>([
    ['a single sector', { bad: [1000] }, [[1000, 1000]]],
    ['a run', { bad: range(2000, 2100) }, [[2000, 2100]]],
    ['the start', { bad: range(0, 40) }, [[0, 40]]],
    ['the end', { bad: range(3990, 3999) }, [[3990, 3999]]],
    ['single sectors in one read', { bad: [640, 650, 655, 703] }, [640, 650, 655, 703].map((sector) => [sector, sector])],
    ['everything', { bad: range(0, 3999) }, [[0, 3999]]],
    ['sectors before which a kernel’s cache stops short', { bad: [100, 101], readsShort: true }, [[100, 101]]],
    ['sectors that are not there', { sectorsBehindTheEnd: 2 }, [[4000, 4001]]],
  ])('loses only what can’t be read: %s', async (_what, scratches, lost) => {
    const { bytes, disc, image, map, rescue } = rescueOf(scratches)
    await rescue.run()
    expect(unreadSectors(map)).toEqual(lost)
    expect(map.bytesOf('bad-sector')).toBe(map.unreadBytes)
    for (const [first = 0, last = 0] of lost) bytes.fill(0, first * SECTOR, Math.min((last + 1) * SECTOR, bytes.length))
    expect(image.subarray(0, bytes.length).equals(bytes)).toBe(true)
    // Each sector is tried at most twice: in a large read and alone.
    expect(Math.max(...timesRead(disc))).toBeLessThanOrEqual(2)
  })

  it('hurries past a bad area, twice as far each time, and comes back for what was good in it', async () => {
    const bad = range(1000, 2999).filter((sector) => sector % 100 < 90)
    const { disc, map, rescue } = rescueOf({ bad })
    await rescue.run()
    expect(map.unreadBytes).toBe(bad.length * SECTOR)
    const firsts = disc.reads.map(([first]) => first)
    const reachedTheEnd = firsts.indexOf(3968)
    // Before the end was reached, the bad half was hardly touched.
    expect(firsts.slice(0, reachedTheEnd).filter((first) => first >= 960 && first < 3000).length).toBeLessThan(12)
  })

  it('leaves slow areas for later', async () => {
    const { disc, map, rescue } = rescueOf({ slow: new Map([[640, 5000]]) })
    await rescue.run()
    expect(map.unreadBytes).toBe(0)
    const firsts = disc.reads.map(([first]) => first)
    expect(firsts.indexOf(704)).toBeGreaterThan(firsts.indexOf(3968))
  })

  it('gives each bad area its turn before one takes long', async () => {
    const bad = [...range(1000, 1063), ...range(3000, 3063)]
    const { disc, rescue } = rescueOf({ bad, failMs: 10_000 })
    await rescue.run()
    const alone = disc.reads.filter(([, count]) => count === 1).map(([first]) => first)
    const firstOfSecond = alone.findIndex((first) => first > 3002)
    const failedBefore = alone.slice(0, firstOfSecond).filter((first) => bad.includes(first))
    expect(failedBefore.length).toBeLessThan(12)
    expect(new Set(alone)).toEqual(new Set([...alone.filter((first) => !bad.includes(first)), ...bad]))
  })

  it('retries as often as asked, forwards and backwards', async () => {
    const weak = new Map([
      [500, 4],
      [501, 2],
    ])
    const twice = rescueOf({ weak, bad: [900] }, { retries: 1 })
    await twice.rescue.run()
    expect(unreadSectors(twice.map)).toEqual([
      [500, 500],
      [900, 900],
    ])
    const thrice = rescueOf({ weak, bad: [900] }, { retries: 2 })
    await thrice.rescue.run()
    expect(unreadSectors(thrice.map)).toEqual([[900, 900]])
  })

  it('stops at a disc that is gone, and the map says what was read', async () => {
    const { map, rescue } = rescueOf({ goneAtRead: 11 })
    await expect(rescue.run()).rejects.toMatchObject({ report: { code: 'medium-gone' } })
    expect(map.bytesOf('finished')).toBe(10 * 64 * SECTOR)
    expect(map.bytesOf('non-tried')).toBe(map.unreadBytes)
  })

  it('gives the same, stopped and continued at any read', async () => {
    const bad = [0, 5, ...range(200, 230), 300, 640, 799]
    const whole = rescueOf({ bad }, { sectors: 800 })
    await whole.rescue.run()
    const reads = whole.disc.reads.length
    for (let goneAtRead = 1; goneAtRead <= reads; goneAtRead++) {
      const first = rescueOf({ bad, goneAtRead }, { sectors: 800 })
      await expect(first.rescue.run()).rejects.toMatchObject({ report: { code: 'medium-gone' } })
      const second = rescueOf({ bad }, { sectors: 800, map: first.map, from: first.rescue.position, image: first.image })
      await second.rescue.run()
      expect([...second.map.blocks()]).toEqual([...whole.map.blocks()])
      expect(second.image.equals(whole.image)).toBe(true)
    }
  })

  it('goes on from a map made with smaller sectors, and loses nothing that was read', async () => {
    const map = RescueMap.untried(SECTORS * SECTOR)
    map.mark(0, SECTORS * SECTOR, 'finished')
    map.mark(10 * SECTOR + 512, 10 * SECTOR + 1024, 'bad-sector')
    map.mark(20 * SECTOR + 512, 22 * SECTOR + 512, 'non-trimmed')
    map.mark(30 * SECTOR - 512, 30 * SECTOR + 512, 'non-scraped')
    map.mark(40 * SECTOR + 512, 40 * SECTOR + 1024, 'non-tried')
    const { disc, rescue } = rescueOf({ bad: [10, 22, 30] }, { map, retries: 1 })
    await rescue.run()
    expect(map.unreadRanges()).toEqual([
      { startBytes: 10 * SECTOR + 512, endBytes: 10 * SECTOR + 1024 },
      { startBytes: 22 * SECTOR, endBytes: 22 * SECTOR + 512 },
      { startBytes: 30 * SECTOR, endBytes: 30 * SECTOR + 512 },
    ])
    expect(disc.reads.every(([, count]) => count <= 3)).toBe(true)
  })
})

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

function timesRead(disc: ScratchedDisc): number[] {
  const times = new Array(disc.sizeBytes / SECTOR).fill(0)
  for (const [first, count] of disc.reads) for (let sector = first; sector < first + count; sector++) times[sector]++
  return times
}
