/** Boot images and partitions of an image as rows of `isomer info`. */
import { formatSize } from '../../shared/format.ts'
import type { MbrTable } from '../boot/mbr-reader.ts'
import type { PartitionTables } from '../boot/partition-tables.ts'
import type { BootImageFacts } from '../image/boot-facts.ts'
import { gptTypeTitle, mbrTypeTitle, platformTitle } from '../image/boot-titles.ts'

export type Row = readonly [name: string, value: string]

const bootCodeTitles: Readonly<Record<MbrTable['bootCode'], string>> = {
  isolinux: "isolinux' boot code",
  grub2: "GRUB 2's boot code",
  unknown: 'boot code of an unknown loader',
  none: 'no boot code',
}

export function bootRows(images: readonly BootImageFacts[]): Row[] {
  return images.map((image) => ['Boot image', bootImageText(image)])
}

function bootImageText(image: BootImageFacts): string {
  const platform = platformTitle(image.platform, image.platformId)
  const media = image.media === null || image.media === 'none' ? null : `as ${image.media.replace('-', ' ')}`
  const isSure = image.sizeBasis === 'media-type' || image.sizeBasis === 'file'
  const size = image.sizeBytes === null ? 'outside the image' : `${formatSize(image.sizeBytes)}${isSure ? '' : ' (a guess)'}`
  const parts = [platform, media, image.bootable ? null : 'marked as not bootable', size, image.path?.slice(1) ?? null]
  return parts.filter((part) => part !== null).join(', ')
}

export function partitionRows({ mbr, gpt, apple }: PartitionTables): Row[] {
  const rows: Row[] = []
  if (mbr !== null) rows.push(['MBR', bootCodeTitles[mbr.bootCode]])
  for (const { number, type, isActive, startBytes, sizeBytes } of mbr?.partitions ?? []) {
    const kind = `${mbrTypeTitle(type)}${isActive ? ', active' : ''}`
    rows.push([`  ${number}`, `${kind}, ${placeText(startBytes, sizeBytes)}`])
  }
  if (gpt !== null) rows.push(['GPT', gpt.copy === 'none' ? 'damaged' : `disk ${gpt.diskGuid}`])
  for (const { number, typeGuid, name, startBytes, sizeBytes } of gpt?.partitions ?? []) {
    rows.push([`  ${number}`, `${gptTypeTitle(typeGuid)}${name === '' ? '' : ` ‘${name}’`}, ${placeText(startBytes, sizeBytes)}`])
  }
  if (apple !== null) rows.push(['Apple map', `blocks of ${apple.blockBytes} bytes`])
  for (const { number, type, name, startBytes, sizeBytes } of apple?.partitions ?? []) {
    rows.push([`  ${number}`, `${type}${name === '' ? '' : ` ‘${name}’`}, ${placeText(startBytes, sizeBytes)}`])
  }
  return rows
}

const placeText = (startBytes: number, sizeBytes: number): string => `${formatSize(sizeBytes)} from byte ${startBytes}`
