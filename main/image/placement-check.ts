/** Looks at what lies where in an ISO 9660 volume: files over its descriptors or directories, or behind its end. */
import type { FileSystemKind } from '../../shared/image-project.ts'
import { MAX_FINDINGS_PER_CODE } from '../../shared/limits.ts'
import { FIRST_DESCRIPTOR_LBA, SECTOR_BYTES } from '../iso9660/volume-descriptor.ts'
import type { Volume } from '../iso9660/volume-descriptor-set.ts'
import type { OpenImage } from './open-image.ts'
import { PlacedRanges } from './placed-ranges.ts'
import { pathsAt, type TreeContent } from './tree-content.ts'

/** Files may share their data; with what describes them they never do in an honest image. */
export function checkPlacement(image: OpenImage, volume: Volume, trees: readonly TreeContent[]): void {
  const firstBytes = (image.session?.descriptorsLba ?? FIRST_DESCRIPTOR_LBA) * SECTOR_BYTES
  const metadata = new PlacedRanges()
  metadata.add(firstBytes, (volume.descriptorLba + 1) * SECTOR_BYTES - firstBytes)
  for (const { directoryRanges } of trees) {
    for (let i = 0; i < directoryRanges.count; i++) metadata.add(directoryRanges.startAt(i), directoryRanges.lengthAt(i))
  }
  let endBytes = 0
  for (const { kind, extents } of trees) {
    const over = new Set<number>()
    for (let i = 0; i < extents.count; i++) {
      const start = extents.startAt(i)
      const end = start + extents.lengthAt(i)
      endBytes = Math.max(endBytes, end)
      if (over.size < MAX_FINDINGS_PER_CODE && overlapsAny(metadata, start, end)) over.add(start)
    }
    noteOver(image, kind, over)
  }
  noteFilesBehindEnd(image, volume, Math.min(endBytes, image.source.sizeBytes))
}

function noteOver(image: OpenImage, kind: FileSystemKind, starts: ReadonlySet<number>): void {
  const paths = pathsAt(image, kind, starts)
  for (const offsetBytes of starts) {
    const message = 'A file lies over the descriptors or a folder of its own image; its content is not what somebody stored.'
    image.findingLog.add('extent-over-metadata', 'suspicious', message, {
      path: paths.get(offsetBytes),
      offsetBytes,
      clause: 'ECMA-119 6.4',
    })
  }
}

function noteFilesBehindEnd(image: OpenImage, volume: Volume, endBytes: number): void {
  if (endBytes <= image.endBytesOf(volume)) return
  const message = 'The volume claims to end before its files do; the size of the file was believed.'
  const offsetBytes = volume.descriptorLba * SECTOR_BYTES
  image.findingLog.add('volume-size-too-small', 'note', message, { offsetBytes, clause: 'ECMA-119 9.4.8' })
}

/** Of the ranges that begin before the run ends, the last one is looked at. */
function overlapsAny(ranges: PlacedRanges, startBytes: number, endBytes: number): boolean {
  const last = ranges.countBefore(endBytes) - 1
  return last >= 0 && ranges.startAt(last) + ranges.lengthAt(last) > startBytes
}
