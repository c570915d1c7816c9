/** Boot code for the first sector of a hybrid image, as boot loaders bring it, recognised by its content. */
import { Problem } from '../../shared/problem.ts'
import { SECTORS_PER_BLOCK } from './disk-sector.ts'
import { MasterBootRecord, MBR_CODE_BYTES } from './master-boot-record.ts'
import { u64le } from './uint64.ts'

/** `isolinux`: isohdpfx.bin and its kin · `grub2`: boot_hybrid.img. */
export type MbrCodeKind = 'isolinux' | 'grub2'

const ISOLINUX_TEXT = 'isolinux.bin missing or corrupt'
const GRUB_TEXT = 'GRUB \0Geom\0Hard Disk\0Read\0 Error'
const GRUB_TEXT_OFFSET = 0x180
/** GRUB's code for installed disks has the sector of its core here, where hybrid code has nothing. */
const GRUB_DISK_CORE_OFFSET = 0x5c

/** What GRUB 2's code is told lies so many 512-byte sectors behind the boot image's begin (libisofs, doc/boot_sectors.txt). */
const sectorsAhead: Readonly<Record<MbrCodeKind, number>> = { isolinux: 0, grub2: 4 }

/** Whose boot code the first sector holds; null when it is neither loader's. */
export function mbrCodeKind(sector: Uint8Array): MbrCodeKind | null {
  if (sector.length < MBR_CODE_BYTES) return null
  const code = Buffer.from(sector.subarray(0, MBR_CODE_BYTES))
  if (code.includes(ISOLINUX_TEXT, 0, 'latin1')) return 'isolinux'
  const isGrub = code.toString('latin1', GRUB_TEXT_OFFSET, GRUB_TEXT_OFFSET + GRUB_TEXT.length) === GRUB_TEXT
  return isGrub && u64le.get(code, GRUB_DISK_CORE_OFFSET) === 0 ? 'grub2' : null
}

/** The number that the boot code finds behind itself: the 512-byte sector of the boot image or of its second part. */
export const bootImageSectorFor = (kind: MbrCodeKind, bootImageLba: number): number => bootImageLba * SECTORS_PER_BLOCK + sectorsAhead[kind]

/** The block of the boot image that recognised boot code starts; null when it names none. */
export function bootImageLbaOf(kind: MbrCodeKind, sector: Uint8Array): number | null {
  const lba = (MasterBootRecord.fields.bootImageSector.get(sector, 0) - sectorsAhead[kind]) / SECTORS_PER_BLOCK
  return Number.isInteger(lba) && lba > 0 ? lba : null
}

/** Checks a file given as boot code. Throws a `usage` Problem for what is none, with the name of the file that is meant. */
export function requireMbrCode(template: Uint8Array, name: string): MbrCodeKind {
  const kind = mbrCodeKind(template)
  if (kind !== null) return kind
  const isDiskCode = Buffer.from(template).includes('GRUB ', 0, 'latin1')
  throw new Problem({
    kind: 'usage',
    code: 'mbr-code-unknown',
    message: isDiskCode
      ? `${name} is GRUB's code for installed disks, which can't start an image.`
      : `${name} is no boot code for hybrid images that Isomer knows.`,
    kept: 'Nothing was written.',
    advice: "Give isolinux's isohdpfx.bin or GRUB's boot_hybrid.img, whichever made the BIOS boot file.",
  })
}
