/** Writes a pure UDF image of a small tree to a file; zeros of large contents become holes. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { InternalProblem } from '../../bytes/internal-problem.ts'
import { blocksFor, UDF_BLOCK_BYTES } from '../file-allocation.ts'
import type { UdfRevision } from '../revision.ts'
import { TreeLayout } from '../tree-layout.ts'
import { UdfVolumeWriter } from '../udf-volume-writer.ts'
import { placeHead, placeTail } from '../volume-place.ts'
import { contentsOf, SAMPLE_TIME_MS, type SampleEntry, sampleTree, sizeOfContent } from './sample-tree.ts'

const FIRST_LBA = 16

export function assembleUdf(path: string, root: SampleEntry, revision: UdfRevision, label: string): void {
  const contents = contentsOf(root)
  const layout = new TreeLayout(sampleTree(root), revision)
  const head = placeHead(revision, FIRST_LBA, layout.sizeBlocks)
  let endLba = head.nextLba
  for (const content of contents) {
    content.extentLba = endLba
    endLba += blocksFor(sizeOfContent(content))
  }
  const tail = placeTail(head, endLba)
  const writer = new UdfVolumeWriter(layout, head, tail, { label, recordedMs: SAMPLE_TIME_MS, uniqueDigits: '0123456789ABCDEF' })
  const fd = openSync(path, 'w')
  try {
    let at = FIRST_LBA * UDF_BLOCK_BYTES
    const append = (bytes: Uint8Array) => {
      at += writeSync(fd, bytes, 0, bytes.length, at)
    }
    append(writer.head())
    for (const piece of writer.tree()) append(piece)
    expectAt(at, head.nextLba)
    for (const { data, extentLba } of contents)
      if (typeof data !== 'number') writeSync(fd, data, 0, data.length, extentLba * UDF_BLOCK_BYTES)
    at = endLba * UDF_BLOCK_BYTES
    for (const piece of writer.tail(endLba)) append(piece)
    expectAt(at, tail.sizeBlocks)
    ftruncateSync(fd, at)
  } finally {
    closeSync(fd)
  }
}

function expectAt(positionBytes: number, lba: number): void {
  if (positionBytes !== lba * UDF_BLOCK_BYTES) throw new InternalProblem(`at byte ${positionBytes}, planned for sector ${lba}`)
}
