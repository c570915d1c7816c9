/** Changes single fields of a UDF image in memory and makes the tags fit again, so that nothing else is wrong with it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryByteSource } from '../../bytes/byte-source.ts'
import { FindingLog } from '../../bytes/finding-log.ts'
import { scratchRoot } from '../../image/testing/scratch.ts'
import { DescriptorTag, judgeTag, sealTag, type TagVersion, tagIdentifier, tagIds } from '../descriptor-tag.ts'
import { FileIdentifier } from '../file-identifier.ts'
import { ExtendedFileEntry, FileEntry, IcbTag } from '../information-control-block.ts'
import { openUdf, type UdfVolume } from '../open-udf.ts'
import type { UdfRevision } from '../revision.ts'
import type { UdfEntry } from '../udf-entry.ts'
import type { SampleEntry } from './sample-tree.ts'
import { assembleUdf } from './udf-assembler.ts'

export const BLOCK_BYTES = 2048
export const MAIN_SEQUENCE_LBA = 32
export const RESERVE_SEQUENCE_LBA = 48
/** Places in a sequence. */
export const sequencePlaces = { primary: 0, implementationUse: 1, partition: 2, logicalVolume: 3 } as const
export const PARTITION_LBA = 257

export class Surgery {
  bytes: Buffer

  constructor(root: SampleEntry, revision: UdfRevision) {
    const folder = mkdtempSync(join(scratchRoot(), 'isomer-udf-'))
    try {
      const path = join(folder, 'image')
      assembleUdf(path, root, revision, 'Patient')
      this.bytes = readFileSync(path)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Opens what it has become; with the codes of all findings, those of a walk through the tree included. */
  open(): { readonly volume: UdfVolume | null; readonly codes: string[] } {
    const findings = new FindingLog()
    const volume = openUdf(new MemoryByteSource(this.bytes), findings)
    if (volume !== null) walk(volume)
    return { volume, codes: [...new Set(findings.list().map((finding) => finding.code))] }
  }

  /** Gives the volume as it is seen before anything is changed. */
  get volume(): UdfVolume {
    const { volume } = this.open()
    if (volume === null) throw new Error('no UDF volume')
    return volume
  }

  at(lba: number): number {
    return lba * BLOCK_BYTES
  }

  /** Makes checksum and CRC fit again; the length of the CRC is kept unless given. */
  reseal(at: number, lengthBytes?: number, locationBlock?: number): void {
    const { fields } = DescriptorTag
    sealTag(this.bytes, at, lengthBytes ?? fields.crcLengthBytes.get(this.bytes, at) + DescriptorTag.sizeBytes, {
      identifier: tagIdentifier(this.bytes, at),
      version: fields.version.get(this.bytes, at) as TagVersion,
      locationBlock: locationBlock ?? fields.locationBlock.get(this.bytes, at),
    })
  }

  /** Changes a descriptor in both sequences. */
  inSequences(place: number, change: (at: number) => void): void {
    for (const lba of [MAIN_SEQUENCE_LBA, RESERVE_SEQUENCE_LBA]) {
      const at = this.at(lba + place)
      change(at)
      this.reseal(at)
    }
  }

  /** Where an entry's file entry is; of volumes without metadata partition. */
  entryAt(path: string): number {
    const entry = this.volume.view.lookup(path)
    if (entry === null) throw new Error(`no ${path}`)
    return this.at(PARTITION_LBA + entry.address.block)
  }

  /** Where what lies behind the fixed part of a file entry begins. */
  allocationAt(entryAt: number): number {
    return entryAt + (tagIdentifier(this.bytes, entryAt) === tagIds.extendedFileEntry ? ExtendedFileEntry : FileEntry).sizeBytes
  }

  /** Replaces the allocation descriptors of a file entry, or its embedded content. */
  setAllocation(entryAt: number, kind: number, allocation: Uint8Array, sizeBytes: number): void {
    const at = this.allocationAt(entryAt)
    this.bytes.set(allocation, at)
    IcbTag.fields.flags.set(this.bytes, entryAt + FileEntry.fields.icbTag.offset, kind)
    FileEntry.fields.informationLengthBytes.set(this.bytes, entryAt, BigInt(sizeBytes))
    FileEntry.fields.allocationDescriptorsLengthBytes.set(this.bytes, entryAt, allocation.length)
    this.reseal(entryAt, at + allocation.length - entryAt)
  }

  /** Places of all file identifiers with this identifier length, in the order they lie. */
  identifiers(matches: (at: number) => boolean = () => true): number[] {
    const places: number[] = []
    for (let at = this.at(PARTITION_LBA); at + FileIdentifier.sizeBytes <= this.bytes.length; at += 4)
      if (tagIdentifier(this.bytes, at) === tagIds.fileIdentifier && judgeTag(this.bytes, at, null) === 'sound' && matches(at))
        places.push(at)
    return places
  }

  /** Place of the identifier of a Latin name. */
  identifierOf(name: string): number {
    const wanted = Buffer.concat([Buffer.of(8), Buffer.from(name, 'latin1')])
    const at = this.identifiers((place) => {
      const start = place + FileIdentifier.sizeBytes
      return this.bytes.subarray(start, start + FileIdentifier.fields.identifierLengthBytes.get(this.bytes, place)).equals(wanted)
    })[0]
    if (at === undefined) throw new Error(`no identifier ${name}`)
    return at
  }
}

function walk({ view }: UdfVolume): void {
  const visit = (directory: UdfEntry, depth: number) => {
    if (depth > 8) return
    for (const entry of view.children(directory)) if (entry.type === 'directory') visit(entry, depth + 1)
  }
  visit(view.root, 0)
}
