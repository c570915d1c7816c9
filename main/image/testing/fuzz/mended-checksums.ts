/** Makes checksums fit what they guard again: tags of UDF, the boot catalog's, those of GUID partition tables. */
import { CATALOG_ENTRY_BYTES, ValidationEntry, wordSum } from '../../../boot/boot-catalog-entries.ts'
import { GptHeader, gptEntriesCrc, gptHeaderCrc } from '../../../boot/guid-partition-table.ts'
import { DescriptorTag, sealTag, type TagVersion, tagIdentifier } from '../../../udf/descriptor-tag.ts'
import type { StructurePlace } from './structure-places.ts'

const MAX_ENTRIES_BYTES = 1024 * 512

/** Gives the places that were written to. */
export function mendChecksums(image: Buffer, touched: readonly StructurePlace[]): { readonly at: number; readonly lengthBytes: number }[] {
  return touched.flatMap(({ structure, at, lengthBytes }) => {
    if (structure === ValidationEntry) return mendCatalog(image, at)
    if (structure === GptHeader) return mendTable(image, at)
    return 'tag' in structure.fields ? mendTag(image, at, lengthBytes) : []
  })
}

/** `lengthBytes` as it was before anything was changed. */
function mendTag(image: Buffer, at: number, lengthBytes: number) {
  if (at + Math.max(lengthBytes, DescriptorTag.sizeBytes) > image.length) return []
  const { version, locationBlock } = DescriptorTag.fields
  sealTag(image, at, lengthBytes, {
    identifier: tagIdentifier(image, at),
    version: version.get(image, at) as TagVersion,
    locationBlock: locationBlock.get(image, at),
  })
  return [{ at, lengthBytes: DescriptorTag.sizeBytes }]
}

function mendCatalog(image: Buffer, at: number) {
  ValidationEntry.fields.checksum.set(image, at, 0)
  ValidationEntry.fields.checksum.set(image, at, (0x1_0000 - wordSum(image, at)) % 0x1_0000)
  return [{ at, lengthBytes: CATALOG_ENTRY_BYTES }]
}

function mendTable(image: Buffer, at: number) {
  const entriesAt = image.readUInt32LE(at + GptHeader.fields.entriesSector.offset) * 512
  const entriesBytes = GptHeader.fields.entryCount.get(image, at) * GptHeader.fields.entrySizeBytes.get(image, at)
  if (entriesBytes <= MAX_ENTRIES_BYTES && entriesAt + entriesBytes <= image.length)
    GptHeader.fields.entriesCrc32.set(image, at, gptEntriesCrc(image.subarray(entriesAt, entriesAt + entriesBytes)))
  GptHeader.fields.headerCrc32.set(image, at, gptHeaderCrc(image.subarray(at, at + GptHeader.sizeBytes)))
  return [{ at, lengthBytes: GptHeader.sizeBytes }]
}
