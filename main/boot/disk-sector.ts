/** The two units that boot equipment counts in: blocks of the disc's file systems, sectors of disks. */

/** A logical sector of a disc, which El Torito places images by. */
export const BLOCK_BYTES = 2048
/** A "virtual" sector of El Torito and a sector of MBR and GPT. */
export const DISK_SECTOR_BYTES = 512
export const SECTORS_PER_BLOCK = BLOCK_BYTES / DISK_SECTOR_BYTES
/** Blocks before the first volume descriptor (ECMA-119 7.2.1): free for partition tables and boot code. */
export const SYSTEM_AREA_BLOCKS = 16
