/** Composes the master boot record of a hybrid image. */
import { chsOf, geometryFor } from './disk-geometry.ts'
import { ACTIVE_STATUS, MasterBootRecord, MBR_CODE_BYTES, MBR_SIGNATURE, MbrPartitionEntry } from './master-boot-record.ts'
import { bootImageSectorFor, type MbrCodeKind } from './mbr-template.ts'

export interface MbrPartitionRequest {
  readonly isActive: boolean
  readonly type: number
  readonly firstSector: number
  readonly sectorCount: number
}

export interface MbrTemplate {
  readonly kind: MbrCodeKind
  /** The loader's file; what lies behind its code is written anew. */
  readonly code: Uint8Array
}

export interface MbrRequest {
  /** Null where no BIOS is to start the image from a stick. */
  readonly template: MbrTemplate | null
  /** Block of the BIOS boot image that the code starts. */
  readonly bootImageLba: number | null
  readonly diskId: number
  readonly totalSectors: number
  /** At most four. */
  readonly partitions: readonly MbrPartitionRequest[]
}

const MAX_SECTOR_COUNT = 0xffff_ffff

/** The first sector. The same request gives the same bytes. */
export function composeMbr(request: MbrRequest): Uint8Array {
  const { template, bootImageLba } = request
  const partitions = new Uint8Array(MasterBootRecord.fields.partitions.sizeBytes)
  const geometry = geometryFor(request.totalSectors)
  for (const [i, { isActive, type, firstSector, sectorCount }] of request.partitions.entries()) {
    const entry = {
      status: isActive ? ACTIVE_STATUS : 0,
      firstChs: chsOf(firstSector, geometry),
      type,
      lastChs: chsOf(firstSector + sectorCount - 1, geometry),
      firstSector,
      sectorCount: Math.min(sectorCount, MAX_SECTOR_COUNT),
    }
    MbrPartitionEntry.serialise(entry, partitions, i * MbrPartitionEntry.sizeBytes)
  }
  return MasterBootRecord.serialise({
    bootCode: template?.code.subarray(0, MBR_CODE_BYTES) ?? new Uint8Array(0),
    bootImageSector: template === null || bootImageLba === null ? 0 : bootImageSectorFor(template.kind, bootImageLba),
    diskId: request.diskId,
    partitions,
    signature: MBR_SIGNATURE,
  })
}
