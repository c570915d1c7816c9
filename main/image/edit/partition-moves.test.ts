/** Where partitions go: places in MiB, in an image of 100 MiB unless said otherwise. */
import { describe, expect, it } from 'vitest'
import { type ImageMove, movePartitions } from './partition-moves.ts'

const MIB = 1024 * 1024
const SYSTEM_AREA = 32 * 1024

let number = 0
const partition = (start: number, end: number) => ({ number: ++number, startBytes: start * MIB, sizeBytes: (end - start) * MIB })
const piece = (oldStart: number, oldEnd: number, newStart: number, newEnd = newStart + oldEnd - oldStart) => ({
  oldStartBytes: oldStart * MIB,
  oldSizeBytes: (oldEnd - oldStart) * MIB,
  newStartBytes: newStart * MIB,
  newSizeBytes: (newEnd - newStart) * MIB,
})
const move = (pieces: ImageMove['pieces'], newEnd: number, isAppended = false): ImageMove => ({
  pieces,
  oldImageBytes: 100 * MIB,
  newImageBytes: newEnd * MIB,
  isAppended,
})
/** Start and end of each, in MiB. */
function moved(partitions: ReturnType<typeof partition>[], how: ImageMove, lost = -1) {
  const places = movePartitions(partitions, how, (candidate) => candidate === partitions[lost])
  return partitions.map((each) => {
    const place = places.get(each)
    return place == null ? null : [place.startBytes / MIB, (place.startBytes + place.sizeBytes) / MIB]
  })
}

describe('a new image', () => {
  it('has a partition over all of it again', () => {
    expect(moved([partition(0, 100)], move([], 70))).toEqual([[0, 70]])
  })

  it('keeps as much behind a partition as there was', () => {
    expect(moved([partition(0, 98)], move([], 70))).toEqual([[0, 68]])
  })

  it('moves what holds one piece, at its size', () => {
    expect(moved([partition(10, 13)], move([piece(10, 13, 40)], 70))).toEqual([[40, 43]])
    expect(moved([partition(10, 13)], move([piece(10, 13, 40, 45)], 70))).toEqual([[40, 45]])
  })

  it('covers what lies between the pieces', () => {
    const all = [partition(SYSTEM_AREA / MIB, 10), partition(10, 13), partition(13, 99)]
    expect(moved(all, move([piece(10, 13, 40)], 70))).toEqual([
      [SYSTEM_AREA / MIB, 40],
      [40, 43],
      [43, 69],
    ])
  })

  it('gives the room of what is lost to what follows', () => {
    const all = [partition(SYSTEM_AREA / MIB, 10), partition(10, 13), partition(13, 90), partition(90, 99)]
    expect(moved(all, move([piece(10, 13, 40)], 70), 2)).toEqual([[SYSTEM_AREA / MIB, 40], [40, 43], null, [43, 69]])
  })

  it('has no partition where there is no room for one', () => {
    expect(moved([partition(SYSTEM_AREA / MIB, 10), partition(10, 13)], move([piece(10, 13, SYSTEM_AREA / MIB)], 70))[0]).toBeNull()
  })

  it('takes a partition that is no piece for one that covers, though one begins there', () => {
    expect(moved([partition(10, 99)], move([piece(10, 13, 40)], 70))).toEqual([[SYSTEM_AREA / MIB, 69]])
  })
})

describe('an image with a session more', () => {
  it('keeps partitions where they are, and lets the last one grow', () => {
    const all = [partition(SYSTEM_AREA / MIB, 10), partition(10, 13), partition(13, 90), partition(90, 99)]
    expect(moved(all, move([piece(10, 13, 10)], 120, true))).toEqual([
      [SYSTEM_AREA / MIB, 10],
      [10, 13],
      [13, 90],
      [90, 119],
    ])
  })

  it('lets one over all of it grow over all of it', () => {
    expect(moved([partition(0, 100), partition(10, 13)], move([piece(10, 13, 10)], 120, true))).toEqual([
      [0, 120],
      [10, 13],
    ])
  })

  it('keeps a piece that lies in the session now apart from the one before', () => {
    const all = [partition(10, 13), partition(13, 99)]
    expect(moved(all, move([piece(10, 13, 105)], 120, true))).toEqual([
      [105, 108],
      [13, 105],
    ])
  })
})
