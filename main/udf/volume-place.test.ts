import { describe, expect, it } from 'vitest'
import { type UdfRevisionName, udfRevisions } from './revision.ts'
import { placeHead, placeTail } from './volume-place.ts'

describe.each(Object.keys(udfRevisions) as UdfRevisionName[])('UDF %s', (name) => {
  const revision = udfRevisions[name]

  it('keeps everything apart and in order, pure and behind ISO 9660 descriptors', () => {
    for (const recognitionLba of [16, 18, 22]) {
      const head = placeHead(revision, recognitionLba, 1000)
      const tail = placeTail(head, head.nextLba + 5000)
      const places = [
        recognitionLba + 3,
        head.mainSequenceLba,
        head.mainSequenceLba + 16,
        head.reserveSequenceLba,
        head.reserveSequenceLba + 16,
        head.integrityLba,
        head.integrityLba + 2,
        256,
        257,
        head.mirrorFileLba ?? head.treeLba,
        head.treeLba,
        head.treeLba + 1000,
        head.nextLba,
        head.nextLba + 5000,
        tail.metadataLba ?? head.nextLba + 5000,
        tail.metadataFileLba ?? head.nextLba + 5000,
        tail.anchorLba,
      ]
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(head.partitionLba + tail.partitionBlocks).toBe(tail.anchorLba)
      expect(tail.sizeBlocks).toBe(tail.anchorLba + 1)
      expect(tail.sizeBlocks % 16).toBe(0)
    }
  })

  it('leaves the last sectors to somebody else when asked to', () => {
    const head = placeHead(revision, 16, 1000)
    for (let contentBlocks = 0; contentBlocks < 600; contentBlocks += 7) {
      const tail = placeTail(head, head.nextLba + contentBlocks, 512, 256)
      expect(tail.anchorLba).toBe(tail.sizeBlocks - 257)
      expect(tail.anchorLba).toBeGreaterThan(tail.metadataFileLba ?? head.nextLba + contentBlocks - 1)
      expect(tail.sizeBlocks % 512).toBe(0)
    }
  })

  it('aligns what UDF wants aligned', () => {
    const head = placeHead(revision, 21, 1001)
    const tail = placeTail(head, head.nextLba + 1)
    if (tail.metadataLba === null) return
    for (const lba of [head.treeLba, tail.metadataLba]) expect((lba - head.partitionLba) % 32).toBe(0)
    expect(head.treeBlocks).toBe(1024)
  })
})

it('finds no place behind more descriptors than there are sectors before the anchor', () => {
  expect(() => placeHead(udfRevisions['1.02'], 240, 10)).toThrow('fault of its own')
})
