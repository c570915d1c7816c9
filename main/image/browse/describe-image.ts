/** An image's facts as the window shows them. */
import type { DescribedBootImage, DescribedFileSystem, DescribedPartition, ImageDescription } from '../../../shared/browse.ts'
import type { Finding, FindingSeverity } from '../../../shared/image-model.ts'
import type { PartitionTables } from '../../boot/partition-tables.ts'
import type { BootImageFacts } from '../boot-facts.ts'
import { gptTypeTitle, mbrTypeTitle, platformTitle } from '../boot-titles.ts'
import { type FileSystemFacts, fileSystemTitle } from '../file-system-facts.ts'
import { imageFacts } from '../image-facts.ts'
import type { OpenImage } from '../open-image.ts'
import type { Checkpoints } from './browsed-tree.ts'

const SECTOR_BYTES = 2048
const worstFirst: readonly FindingSeverity[] = ['fatal', 'damaged', 'suspicious', 'note']

/** Walks through the best tree to count it. */
export async function describeImage(image: OpenImage, control: Checkpoints): Promise<ImageDescription> {
  const facts = await imageFacts(image, control)
  const partitions = partitionsOf(facts.partitionTables)
  const { mbr } = facts.partitionTables
  return {
    files: facts.files,
    directories: facts.directories,
    contentBytes: facts.contentBytes,
    fileSystems: facts.fileSystems.map(describedFileSystem),
    sessions: facts.sessions.map(({ number, startLba, sizeBlocks }) => ({ number, startLba, sizeBytes: sizeBlocks * SECTOR_BYTES })),
    disc: facts.disc,
    boot: facts.boot.map(describedBootImage),
    partitions,
    isHybrid: partitions.length > 0 || (mbr !== null && mbr.bootCode !== 'none'),
    findings: worstFindingsFirst(facts.findings),
  }
}

export function worstFindingsFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity))
}

function describedFileSystem(facts: FileSystemFacts): DescribedFileSystem {
  const { kind, label, systemId, volumeSetId, publisherId, preparerId, applicationId, blockBytes, volumeSizeBytes } = facts
  const { createdMs, modifiedMs, expiresMs, effectiveMs } = facts
  return {
    kind,
    title: fileSystemTitle(facts),
    label,
    createdMs,
    modifiedMs,
    expiresMs,
    effectiveMs,
    systemId,
    volumeSetId,
    publisherId,
    preparerId,
    applicationId,
    blockBytes,
    volumeSizeBytes,
  }
}

function describedBootImage(image: BootImageFacts): DescribedBootImage {
  return {
    number: image.number,
    path: image.path,
    platform: platformTitle(image.platform, image.platformId),
    isBootable: image.bootable,
    emulation: image.media === 'none' ? null : image.media,
    lba: image.lba,
    sizeBytes: image.sizeBytes,
    isSizeGuessed: image.sizeBasis !== 'media-type' && image.sizeBasis !== 'file',
    loadedSectors: image.sectorCount,
    hasBootInfoTable: image.hasBootInfoTable,
  }
}

function partitionsOf({ mbr, gpt, apple }: PartitionTables): DescribedPartition[] {
  const place = ({ number, startBytes, sizeBytes }: { number: number; startBytes: number; sizeBytes: number }) => ({
    number,
    startBytes,
    sizeBytes,
  })
  return [
    ...(mbr?.partitions ?? []).map((partition): DescribedPartition => {
      const type = mbrTypeTitle(partition.type)
      return { table: 'mbr', ...place(partition), type, name: '', isActive: partition.isActive }
    }),
    ...(gpt?.partitions ?? []).map((partition): DescribedPartition => {
      const type = gptTypeTitle(partition.typeGuid)
      return { table: 'gpt', ...place(partition), type, name: partition.name, isActive: false }
    }),
    ...(apple?.partitions ?? []).map((partition): DescribedPartition => {
      return { table: 'apple', ...place(partition), type: partition.type, name: partition.name, isActive: false }
    }),
  ]
}
