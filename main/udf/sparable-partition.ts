/** Opens a sparable partition: the newest sound copy of its sparing table counts (UDF 2.2.9, 2.2.12). */
import { MAX_UDF_TABLE_BYTES } from '../../shared/limits.ts'
import { judgeTag, tagIdentifier, tagIds } from './descriptor-tag.ts'
import { entityNames } from './entity-identifier.ts'
import { type PhysicalPartition, SparablePartition } from './partition.ts'
import type { SparableMapUse } from './partition-maps.ts'
import { FIRST_UNMAPPED_PACKET, SparingEntry, SparingTable } from './sparing-table.ts'
import type { VolumeSpace } from './volume-space.ts'

const CLAUSE = 'UDF 2.2.12'

export function openSparablePartition(
  space: VolumeSpace,
  physical: PhysicalPartition,
  map: ReturnType<typeof SparableMapUse.parse>,
): SparablePartition {
  const packetBlocks = Math.max(1, map.packetLengthBlocks)
  const locations = [map.tableLocation1, map.tableLocation2, map.tableLocation3, map.tableLocation4].slice(0, map.tableCount)
  let best: Uint8Array | null = null
  for (const location of locations) {
    const table = sparingTableAt(space, location, map.tableSizeBytes)
    if (table !== null && (best === null || sequenceNumber(table) > sequenceNumber(best))) best = table
  }
  if (best === null) {
    const message = 'No sparing table of the volume can be read; replaced blocks are shown as they were before.'
    const offsetBytes = (locations[0] ?? 0) * space.blockBytes
    space.findings.add('udf-sparing-table-missing', 'damaged', message, { offsetBytes, clause: CLAUSE })
    return new SparablePartition(physical, packetBlocks, new Map())
  }
  return new SparablePartition(physical, packetBlocks, replacements(space, best, packetBlocks))
}

const sequenceNumber = (table: Uint8Array): number => SparingTable.fields.sequenceNumber.get(table, 0)

function sparingTableAt(space: VolumeSpace, location: number, sizeBytes: number): Uint8Array | null {
  const wanted = Math.min(MAX_UDF_TABLE_BYTES, Math.max(space.blockBytes, sizeBytes))
  const bytes = space.cache.view(location * space.blockBytes, wanted)
  if (bytes.length < SparingTable.sizeBytes) return null
  const verdict = judgeTag(bytes, 0, location)
  if (verdict === 'none' || verdict === 'altered' || tagIdentifier(bytes) !== tagIds.sparingTable) return null
  return SparingTable.fields.kind.get(bytes, 0).identifier === entityNames.sparingTable ? bytes : null
}

function replacements(space: VolumeSpace, table: Uint8Array, packetBlocks: number): Map<number, number> {
  const replaced = new Map<number, number>()
  const count = SparingTable.fields.entryCount.get(table, 0)
  for (let i = 0; i < count; i++) {
    const at = SparingTable.sizeBytes + i * SparingEntry.sizeBytes
    if (at + SparingEntry.sizeBytes > table.length) break
    const { originalBlock, mappedBlock } = SparingEntry.parse(table, at)
    if (originalBlock >= FIRST_UNMAPPED_PACKET) continue
    if (mappedBlock + packetBlocks <= space.imageBlocks) replaced.set(originalBlock, mappedBlock)
    else
      space.findings.add('udf-sparing-outside-image', 'damaged', 'A replaced packet lies beyond the end of the image.', { clause: CLAUSE })
  }
  return replaced
}
