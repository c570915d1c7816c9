/** Where the volumes on a medium end, by what they say of themselves. */
import { MAX_UDF_TABLE_SEARCH_BLOCKS } from '../../../shared/limits.ts'
import { DISK_SECTOR_BYTES } from '../../boot/disk-sector.ts'
import { readGuidTable } from '../../boot/gpt-reader.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { MetadataCache } from '../../bytes/metadata-cache.ts'
import { readReadable, type SectorSource } from '../../bytes/sector-source.ts'
import { readVolumeDescriptorSet } from '../../iso9660/volume-descriptor-set.ts'
import { findAnchor } from '../../udf/anchor.ts'
import { judgeTag, tagIdentifier, tagIds } from '../../udf/descriptor-tag.ts'
import { readVolumeSequence } from '../../udf/volume-sequence.ts'
import { VolumeSpace } from '../../udf/volume-space.ts'

/** Volume descriptors of ISO 9660 and UDF, their sequences and the first anchor lie in this. */
const HEAD_BYTES = 1024 * 1024
const HEAD_READ_BYTES = 64 * 1024

/** What is known of the beginning of a medium; the rest is zeros. Nothing in it is believed beyond the medium's size. */
class HeadSource implements ByteSource {
  readonly sizeBytes: number
  readonly #head: Uint8Array

  constructor(head: Uint8Array, sizeBytes: number) {
    this.#head = head
    this.sizeBytes = sizeBytes
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const available = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    target.fill(0, 0, available)
    target.set(this.#head.subarray(offsetBytes, offsetBytes + available))
    return available
  }

  close(): void {}
}

/**
 * One past the last byte that a volume or a partition table on the medium claims; null when there is no volume that is
 * known, or it claims more than the medium has. A few reads at the beginning, and for UDF some behind its partition.
 */
export async function volumeEndBytes(medium: SectorSource): Promise<number | null> {
  const head = new HeadSource(await readHead(medium), medium.sizeBytes)
  const ends = [isoEndBytes(head), await udfEndBytes(head, medium)].filter((end) => end !== null)
  if (ends.length === 0) return null
  const table = readGuidTable(head, new FindingLog())
  if (table !== null) ends.push((table.backupSector + 1) * DISK_SECTOR_BYTES)
  const endBytes = Math.ceil(Math.max(...ends) / medium.sectorBytes) * medium.sectorBytes
  return endBytes > 0 && endBytes <= medium.sizeBytes ? endBytes : null
}

async function readHead(medium: SectorSource): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(HEAD_BYTES, medium.sizeBytes))
  const buffer = alignedBuffer(HEAD_READ_BYTES)
  for (let at = 0; at < head.length; at += HEAD_READ_BYTES) {
    const got = await readReadable(medium, at, buffer)
    head.set(buffer.subarray(0, Math.min(got, head.length - at)), at)
  }
  return head
}

function isoEndBytes(head: ByteSource): number | null {
  const { primary, joliet } = readVolumeDescriptorSet(head, new FindingLog())
  const volume = primary ?? joliet
  return volume === null ? null : volume.volumeSpaceBlocks * volume.blockBytes
}

async function udfEndBytes(head: ByteSource, medium: SectorSource): Promise<number | null> {
  const findings = new FindingLog()
  const cache = new MetadataCache(head)
  const anchor = findAnchor(head, cache, findings)
  if (anchor === null) return null
  const sequence = readVolumeSequence(new VolumeSpace(head, cache, anchor.blockBytes, findings), anchor)
  if (sequence === null) return null
  const lastBlocks = [...sequence.partitions.values()].map(({ startBlock, lengthBlocks }) => startBlock + lengthBlocks)
  return anchoredEndBytes(medium, anchor.blockBytes, Math.max(...lastBlocks))
}

/** Behind its partition a volume has its second and third anchor, which are its last blocks (ECMA-167 3/8.4.2.1). */
async function anchoredEndBytes(medium: SectorSource, blockBytes: number, partitionEndBlock: number): Promise<number> {
  let endBytes = partitionEndBlock * blockBytes
  if (blockBytes % medium.sectorBytes !== 0) return endBytes
  const buffer = alignedBuffer(blockBytes)
  for (let block = partitionEndBlock; block < partitionEndBlock + MAX_UDF_TABLE_SEARCH_BLOCKS; block++) {
    if ((block + 1) * blockBytes > medium.sizeBytes) break
    const isRead = (await readReadable(medium, block * blockBytes, buffer)) === blockBytes
    if (isRead && tagIdentifier(buffer) === tagIds.anchor && judgeTag(buffer, 0, block) === 'sound') endBytes = (block + 1) * blockBytes
  }
  return endBytes
}
