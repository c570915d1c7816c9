/** Looks at what lies where in an ISO 9660 volume: files over its descriptors or directories, or behind its end. */
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../iso9660/volume-descriptor.ts'
import type { Volume } from '../iso9660/volume-descriptor-set.ts'
import type { OpenImage } from './open-image.ts'
import type { ByteRange, TreeContent } from './tree-content.ts'

/** Files may share their data; with what describes them they never do in an honest image. */
export function checkPlacement(image: OpenImage, volume: Volume, trees: readonly TreeContent[]): void {
  const firstLba = image.session?.descriptorsLba ?? FIRST_DESCRIPTOR_LBA
  const descriptors = { startBytes: firstLba * SECTOR_BYTES, endBytes: (volume.descriptorLba + 1) * SECTOR_BYTES }
  const metadata = [descriptors, ...trees.flatMap(({ directoryRanges }) => directoryRanges)].sort((a, b) => a.startBytes - b.startBytes)
  let endBytes = 0
  for (const { files, fileRanges } of trees) {
    for (const range of fileRanges) {
      endBytes = Math.max(endBytes, range.endBytes)
      if (!overlapsAny(metadata, range)) continue
      const message = 'A file lies over the descriptors or a folder of its own image; its content is not what somebody stored.'
      image.findingLog.add('extent-over-metadata', 'suspicious', message, {
        path: files.get(range.startBytes)?.path,
        offsetBytes: range.startBytes,
        clause: 'ECMA-119 6.4',
      })
    }
  }
  noteFilesBehindEnd(image, volume, Math.min(endBytes, image.source.sizeBytes))
}

function noteFilesBehindEnd(image: OpenImage, volume: Volume, endBytes: number): void {
  if (endBytes <= image.endBytesOf(volume)) return
  const message = 'The volume claims to end before its files do; the size of the file was believed.'
  const offsetBytes = volume.descriptorLba * SECTOR_BYTES
  image.findingLog.add('volume-size-too-small', 'note', message, { offsetBytes, clause: 'ECMA-119 9.4.8' })
}

/** `sorted` by their starts; of those that begin before the range ends, the nearest ones are looked at. */
function overlapsAny(sorted: readonly ByteRange[], range: ByteRange): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((sorted[middle] as ByteRange).startBytes < range.endBytes) low = middle + 1
    else high = middle
  }
  const before = sorted[low - 1]
  return before !== undefined && before.endBytes > range.startBytes
}
