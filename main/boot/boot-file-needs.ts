/** What a BIOS boot file wants written into it, told from its content: boot loaders leave room and marks. */
import { Problem } from '../../shared/problem.ts'
import { readU16Le, readU32Le } from '../bytes/field-types.ts'
import {
  BOOT_FILE_HEAD_BYTES,
  BOOT_INFO_END,
  BOOT_INFO_OFFSET,
  type BootFilePlace,
  isIsolinuxHybrid,
  patchBootInfoTable,
  patchGrub2BootInfo,
} from './boot-info-table.ts'
import { BLOCK_BYTES } from './disk-sector.ts'
import type { MbrCodeKind } from './mbr-template.ts'

export interface BootFileNeeds {
  /** Bytes 8 to 63 are left free for the boot-info table. */
  readonly bootInfoTable: boolean
  /** Bytes 2548 to 2555 are GRUB 2's to fill. */
  readonly grub2BootInfo: boolean
  /** Whose MBR code can start it from a disk; null when nobody's. */
  readonly startedBy: MbrCodeKind | null
}

const TABLE_VALUES_END = 24
/** isolinux fills the room for its table with this. */
const UNWRITTEN_WORD = 0xdead_beef
const PRIMARY_LBA = 16
const GRUB_CD_TEXT = 'cdrom read fails'
/** GRUB's second part: the segment that its list of blocks is loaded to, right behind what is filled in. */
const GRUB_SEGMENT_OFFSET = BOOT_FILE_HEAD_BYTES + 2
const GRUB_SEGMENT = 0x820

/** Bytes of the file's beginning that tell. */
export const BOOT_FILE_NEEDS_BYTES = GRUB_SEGMENT_OFFSET + 2

/** Looks at the first bytes of a boot file, which may be shorter than `BOOT_FILE_NEEDS_BYTES`. */
export function bootFileNeeds(head: Uint8Array): BootFileNeeds {
  const text = Buffer.from(head.subarray(0, BLOCK_BYTES))
  const isGrub2 =
    head.length >= BOOT_FILE_NEEDS_BYTES &&
    text.includes(GRUB_CD_TEXT, 0, 'latin1') &&
    readU16Le(head, GRUB_SEGMENT_OFFSET) === GRUB_SEGMENT
  return {
    bootInfoTable: hasRoomForTable(head),
    grub2BootInfo: isGrub2,
    startedBy: isGrub2 ? 'grub2' : isIsolinuxHybrid(head) ? 'isolinux' : null,
  }
}

/** Writes into a whole boot file what it needs to know of its place. */
export function patchBootFile(file: Uint8Array, needs: BootFileNeeds, place: BootFilePlace): void {
  if (needs.grub2BootInfo) patchGrub2BootInfo(file, place.fileLba)
  // Last, for its checksum covers what GRUB was told.
  if (needs.bootInfoTable) patchBootInfoTable(file, place)
}

/** Room is zeros, isolinux' filling, or a table that was written before: code or a FAT boot sector is none of these. */
function hasRoomForTable(head: Uint8Array): boolean {
  if (head.length < BOOT_INFO_END) return false
  const isEmpty = (at: number) => [0, UNWRITTEN_WORD].includes(readU32Le(head, at))
  for (let at = TABLE_VALUES_END; at < BOOT_INFO_END; at += 4) if (!isEmpty(at)) return false
  return isEmpty(BOOT_INFO_OFFSET) || readU32Le(head, BOOT_INFO_OFFSET) === PRIMARY_LBA
}

/** Throws a `usage` Problem when MBR code and boot file are not of one loader: such an image would hang on a stick. */
export function requireStartable(kind: MbrCodeKind, bootFileHead: Uint8Array, bootFileName: string): void {
  if (bootFileNeeds(bootFileHead).startedBy === kind) return
  const loader = kind === 'isolinux' ? 'isolinux' : 'GRUB 2'
  throw new Problem({
    kind: 'usage',
    code: 'mbr-code-mismatch',
    message: `${bootFileName} can't be started by ${loader}'s MBR code.`,
    kept: 'Nothing was written.',
    advice: 'Give the boot file and the MBR code of the same boot loader, or leave the MBR code out.',
  })
}
