/** Where an image keeps what is neither file nor folder: descriptors, path tables, boot equipment. */
import { MAX_PATH_TABLE_BYTES, MAX_VOLUME_DESCRIPTORS } from '../../../shared/limits.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  STANDARD_IDENTIFIER,
} from '../../iso9660/volume-descriptor.ts'
import type { Volume } from '../../iso9660/volume-descriptor-set.ts'
import { platformTitle } from '../boot-titles.ts'
import type { OpenImage } from '../open-image.ts'

export interface StructurePlace {
  readonly title: string
  readonly use: 'structure' | 'boot'
  readonly startBytes: number
  readonly lengthBytes: number
}

const descriptorTitles = new Map<number, string>([
  [descriptorTypes.bootRecord, 'Boot record'],
  [descriptorTypes.primary, 'Primary volume descriptor'],
  [descriptorTypes.supplementary, 'Supplementary volume descriptor'],
  [descriptorTypes.partition, 'Volume partition descriptor'],
  [descriptorTypes.terminator, 'End of the volume descriptors'],
])
/** What recognises volumes of UDF (ECMA-167 2/9). */
const recognitionIdentifiers = ['BEA01', 'NSR02', 'NSR03', 'TEA01', 'BOOT2']
/** ECMA-167 3/8.4.2.1: one of the places where UDF begins to be read. */
const UDF_ANCHOR_LBA = 256

/** All that is known, in no order; places may share sectors. */
export async function structurePlaces(image: OpenImage): Promise<StructurePlace[]> {
  const { primary, joliet, enhanced } = image.volumes
  const starts = new Set([FIRST_DESCRIPTOR_LBA, ...image.sessions.map(({ descriptorsLba }) => descriptorsLba)])
  const places = [...starts].flatMap((lba) => [
    placeOf('System area: boot code and partition tables', lba - FIRST_DESCRIPTOR_LBA, FIRST_DESCRIPTOR_LBA * SECTOR_BYTES),
    ...descriptorPlaces(image, lba),
  ])
  if (primary !== null) places.push(...pathTablePlaces(image, primary, 'Path table'))
  if (joliet !== null) places.push(...pathTablePlaces(image, joliet, 'Path table of Joliet'))
  if (enhanced !== null) places.push(...pathTablePlaces(image, enhanced, 'Path table of ISO 9660:1999'))
  if (image.udf !== null) places.push(placeOf('UDF anchor', UDF_ANCHOR_LBA, image.udf.blockBytes))
  return [...places, ...(await bootPlaces(image))]
}

function placeOf(title: string, lba: number, lengthBytes: number): StructurePlace {
  return { title, use: 'structure', startBytes: lba * SECTOR_BYTES, lengthBytes }
}

function descriptorPlaces(image: OpenImage, firstLba: number): StructurePlace[] {
  const places: StructurePlace[] = []
  for (let lba = firstLba; lba < firstLba + MAX_VOLUME_DESCRIPTORS; lba++) {
    const bytes = readUpTo(image.source, lba * SECTOR_BYTES, DescriptorHeader.sizeBytes)
    if (bytes.length < DescriptorHeader.sizeBytes) break
    const { type, standardIdentifier } = DescriptorHeader.parse(bytes)
    if (standardIdentifier === STANDARD_IDENTIFIER)
      places.push(placeOf(descriptorTitles.get(type) ?? 'Volume descriptor', lba, SECTOR_BYTES))
    else if (recognitionIdentifiers.includes(standardIdentifier)) places.push(placeOf('Sign of a UDF volume', lba, SECTOR_BYTES))
    else break
  }
  return places
}

function pathTablePlaces(image: OpenImage, volume: Volume, title: string): StructurePlace[] {
  const bytes = readUpTo(image.source, volume.descriptorLba * SECTOR_BYTES, SECTOR_BYTES)
  if (bytes.length < SECTOR_BYTES) return []
  const { fields } = PrimaryVolumeDescriptor
  const copies = [
    fields.typeLPathTableLba,
    fields.optionalTypeLPathTableLba,
    fields.typeMPathTableLba,
    fields.optionalTypeMPathTableLba,
  ].map((field) => field.get(bytes, 0))
  const lengthBytes = Math.min(volume.pathTableSizeBytes, MAX_PATH_TABLE_BYTES)
  return copies.filter((lba) => lba > 0).map((lba) => ({ title, use: 'structure', startBytes: lba * volume.blockBytes, lengthBytes }))
}

async function bootPlaces(image: OpenImage): Promise<StructurePlace[]> {
  const { catalog } = await image.bootEquipment()
  if (catalog === null) return []
  const boot = (title: string, lba: number, lengthBytes: number): StructurePlace => ({
    title,
    use: 'boot',
    startBytes: lba * SECTOR_BYTES,
    lengthBytes,
  })
  const images = catalog.entries.flatMap(({ platform, platformId, extentLba, image: bootImage }) =>
    bootImage === null ? [] : [boot(`Boot image for ${platformTitle(platform, platformId)}`, extentLba, bootImage.sizeBytes)],
  )
  return [boot('Boot catalog', catalog.catalogLba, Math.max(catalog.usedBytes, 1)), ...images]
}
