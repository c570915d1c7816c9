/** What boot platforms and partition types are called. */
import type { BootPlatform } from '../boot/boot-catalog-entries.ts'
import { gptTypes } from '../boot/guid-partition-table.ts'
import { mbrTypes } from '../boot/master-boot-record.ts'

const platforms: Readonly<Record<BootPlatform, string>> = { bios: 'BIOS', uefi: 'UEFI', powerpc: 'PowerPC', mac: 'Mac' }

export function platformTitle(platform: BootPlatform | null, platformId: number): string {
  return platform === null ? `platform ${platformId}` : platforms[platform]
}

const gptTitles = new Map<string, string>([
  [gptTypes.efiSystem, 'EFI system partition'],
  [gptTypes.basicData, 'basic data'],
  [gptTypes.linuxFilesystem, 'Linux file system'],
  [gptTypes.hfsPlus, 'HFS+'],
])

/** The GUID itself for a type that has no name here. */
export const gptTypeTitle = (typeGuid: string): string => gptTitles.get(typeGuid) ?? typeGuid

/** The numbers have no standard, only a tradition. */
const mbrTitles = new Map<number, string>([
  [mbrTypes.isohybrid, 'the whole image'],
  [mbrTypes.efiSystem, 'EFI system partition'],
  [mbrTypes.protective, 'protective: a GPT follows'],
  [0x07, 'NTFS or exFAT'],
  [0x0b, 'FAT32'],
  [0x0c, 'FAT32'],
  [0x83, 'Linux'],
  [0xaf, 'HFS+'],
  [0xcd, 'ISO 9660'],
])

/** Such as `type 0xef, EFI system partition`. */
export function mbrTypeTitle(type: number): string {
  const number = `type 0x${type.toString(16).padStart(2, '0')}`
  const title = mbrTitles.get(type)
  return title === undefined ? number : `${number}, ${title}`
}
