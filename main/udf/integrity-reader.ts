/** Reads the latest integrity descriptor of a volume (ECMA-167 3/8.8.2, 3/10.10). */
import { MAX_UDF_INTEGRITY_HOPS } from '../../shared/limits.ts'
import type { VolumeExtent } from './anchor.ts'
import { tagIdentifier, tagIds } from './descriptor-tag.ts'
import { IntegrityImplementationUse, integrityTypes, LogicalVolumeIntegrity } from './volume-integrity.ts'
import type { VolumeSpace } from './volume-space.ts'

export interface IntegrityFacts {
  /** False when whoever wrote the volume last did not finish. */
  readonly isClosed: boolean
  readonly recordedMs: number | null
  readonly fileCount: number | null
  readonly directoryCount: number | null
  readonly minimumReadRevision: number | null
}

/** Null when the volume has none. */
export function readIntegrity(space: VolumeSpace, extent: VolumeExtent): IntegrityFacts | null {
  let latest: Uint8Array | null = null
  let left = MAX_UDF_INTEGRITY_HOPS
  let next: VolumeExtent | null = extent
  while (next !== null && left > 0) {
    const end: number = next.locationBlock + Math.floor(next.lengthBytes / space.blockBytes)
    let block: number = next.locationBlock
    next = null
    for (; block < end && left > 0 && next === null; block++, left--) {
      const { bytes, verdict } = space.taggedImageBlock(block)
      if (verdict === 'none' || verdict === 'altered' || tagIdentifier(bytes) !== tagIds.logicalVolumeIntegrity) break
      latest = bytes
      const further: VolumeExtent = LogicalVolumeIntegrity.fields.next.get(bytes, 0)
      if (further.lengthBytes > 0) next = further
    }
  }
  return latest === null ? null : factsIn(latest)
}

function factsIn(bytes: Uint8Array): IntegrityFacts {
  const { integrityType, recordedAt, partitionCount, implementationUseLengthBytes } = LogicalVolumeIntegrity.parse(bytes)
  const useAt = LogicalVolumeIntegrity.sizeBytes + partitionCount * 8
  const hasUse =
    implementationUseLengthBytes >= IntegrityImplementationUse.sizeBytes && useAt + IntegrityImplementationUse.sizeBytes <= bytes.length
  const use = hasUse ? IntegrityImplementationUse.parse(bytes, useAt) : null
  return {
    isClosed: integrityType === integrityTypes.close,
    recordedMs: recordedAt,
    fileCount: use?.fileCount ?? null,
    directoryCount: use?.directoryCount ?? null,
    minimumReadRevision: use?.minimumReadRevision ?? null,
  }
}
