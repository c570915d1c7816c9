/** Boot images and partitions of an image as rows of `isomer info`. */
import { formatSize } from '../../shared/format.ts'
import type { BootPlatform } from '../boot/boot-catalog-entries.ts'
import { gptTypes } from '../boot/guid-partition-table.ts'
import type { MbrTable } from '../boot/mbr-reader.ts'
import type { PartitionTables } from '../boot/partition-tables.ts'
import type { BootImageFacts } from '../image/boot-facts.ts'

export type Row = readonly [name: string, value: string]

const platformTitles: Readonly<Record<BootPlatform, string>> = { bios: 'BIOS', uefi: 'UEFI', powerpc: 'PowerPC', mac: 'Mac' }
const bootCodeTitles: Readonly<Record<MbrTable['bootCode'], string>> = {
  isolinux: "isolinux' boot code",
  grub2: "GRUB 2's boot code",
  unknown: 'boot code of an unknown loader',
  none: 'no boot code',
}
const gptTypeTitles = new Map<string, string>([
  [gptTypes.efiSystem, 'EFI system partition'],
  [gptTypes.basicData, 'basic data'],
  [gptTypes.linuxFilesystem, 'Linux file system'],
  [gptTypes.hfsPlus, 'HFS+'],
])

export function bootRows(images: readonly BootImageFacts[]): Row[] {
  return images.map((image) => ['Boot image', bootImageText(image)])
}

function bootImageText(image: BootImageFacts): string {
  const platform = image.platform === null ? `platform ${image.platformId}` : platformTitles[image.platform]
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
    const kind = `type 0x${type.toString(16).padStart(2, '0')}${isActive ? ', active' : ''}`
    rows.push([`  ${number}`, `${kind}, ${placeText(startBytes, sizeBytes)}`])
  }
  if (gpt !== null) rows.push(['GPT', gpt.copy === 'none' ? 'damaged' : `disk ${gpt.diskGuid}`])
  for (const { number, typeGuid, name, startBytes, sizeBytes } of gpt?.partitions ?? []) {
    rows.push([
      `  ${number}`,
      `${gptTypeTitles.get(typeGuid) ?? typeGuid}${name === '' ? '' : ` ‘${name}’`}, ${placeText(startBytes, sizeBytes)}`,
    ])
  }
  if (apple !== null) rows.push(['Apple map', `blocks of ${apple.blockBytes} bytes`])
  for (const { number, type, name, startBytes, sizeBytes } of apple?.partitions ?? []) {
    rows.push([`  ${number}`, `${type}${name === '' ? '' : ` ‘${name}’`}, ${placeText(startBytes, sizeBytes)}`])
  }
  return rows
}

const placeText = (startBytes: number, sizeBytes: number): string => `${formatSize(sizeBytes)} from byte ${startBytes}`
