/** The master boot record: boot code and four partitions in the first 512 bytes (UEFI 2.10, 5.2). */
import { raw, reserved, u8, u16le, u32le } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'
import { chsAddress } from './disk-geometry.ts'
import { u64le } from './uint64.ts'

export const MBR_SIGNATURE = 0xaa55
export const MBR_PARTITIONS = 4
/** Boot code that is the loader's own; the eight bytes behind it tell it where its second part is. */
export const MBR_CODE_BYTES = 432

export const MasterBootRecord = structure('Master Boot Record', 'UEFI 2.10 table 5-1; libisofs doc/boot_sectors.txt', {
  bootCode: raw(MBR_CODE_BYTES),
  /** Of isohybrid code: the 512-byte sector where the boot image begins, or goes on. */
  bootImageSector: u64le,
  diskId: u32le,
  unknown444: reserved(2),
  partitions: raw(64),
  signature: u16le,
})

export const MbrPartitionEntry = structure('Partition Record', 'UEFI 2.10 table 5-2', {
  status: u8,
  firstChs: chsAddress,
  type: u8,
  lastChs: chsAddress,
  firstSector: u32le,
  sectorCount: u32le,
})

/** Status of the partition that old firmware insists on before it starts a disk. */
export const ACTIVE_STATUS = 0x80

/** Partition types used here; the numbers have no standard, only a tradition. */
export const mbrTypes = { empty: 0x00, isohybrid: 0x17, efiSystem: 0xef, protective: 0xee } as const
/** Types of partitions that hold further ones. */
export const extendedTypes: readonly number[] = [0x05, 0x0f, 0x85]
