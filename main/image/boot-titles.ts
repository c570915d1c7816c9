/** What boot platforms and partition types are called. */
import type { BootPlatform } from '../boot/boot-catalog-entries.ts'
import { gptTypes } from '../boot/guid-partition-table.ts'

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

/** Such as `type 0xef`. */
export const mbrTypeTitle = (type: number): string => `type 0x${type.toString(16).padStart(2, '0')}`
