/**
 * Images that are disks too: where the kernel finds partitions on a loop device, udisks takes the device for a disk and
 * mounts its partitions only.
 */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { basename } from 'node:path'

const SECTOR_BYTES = 512
const CD_SECTOR_BYTES = 2048
/** Of the header in the disk's second sector (UEFI 2.10, 5.3.2). */
const GPT_SIGNATURE = 'EFI PART'
const GPT_LAST_USABLE_LBA_AT = SECTOR_BYTES + 48
/** Where a partition begins that is the whole image: at its start, or at a second volume descriptor for disks (libisofs). */
const IMAGE_STARTS = [0, 64]

/**
 * How much of the image to attach so that the kernel does not believe its GUID partition table, which names sectors
 * behind the end then; null when it has none, or something else than the table's copy would be missing.
 */
export function bytesWithoutGpt(imagePath: string): number | null {
  const fd = openSync(imagePath, 'r')
  try {
    const head = bytesAt(fd, 0, 2 * SECTOR_BYTES)
    if (head.toString('latin1', SECTOR_BYTES, SECTOR_BYTES + GPT_SIGNATURE.length) !== GPT_SIGNATURE) return null
    const usableBytes = (Number(head.readBigUInt64LE(GPT_LAST_USABLE_LBA_AT)) + 1) * SECTOR_BYTES
    if (usableBytes > fstatSync(fd).size) return null // the kernel does not believe it either
    const sizeBytes = Math.floor((usableBytes - SECTOR_BYTES) / CD_SECTOR_BYTES) * CD_SECTOR_BYTES
    const isRestEmpty = bytesAt(fd, sizeBytes, usableBytes - sizeBytes).every((byte) => byte === 0)
    return sizeBytes > 0 && isRestEmpty ? sizeBytes : null
  } finally {
    closeSync(fd)
  }
}

/** Zeros where the file ends. */
function bytesAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  readSync(fd, bytes, 0, length, position)
  return bytes
}

/** Partitions of a loop device that begin where the image does. */
export function imagePartitions(device: string, system = '/sys/block'): string[] {
  const folder = `${system}/${basename(device)}`
  const startsAsImage = (name: string) => IMAGE_STARTS.includes(Number(readFileSync(`${folder}/${name}/start`, 'utf8')))
  const partitions = readdirSync(folder).filter((name) => name.startsWith(`${basename(device)}p`))
  return partitions.filter(startsAsImage).map((name) => `/dev/${name}`)
}

/** The loop device that a device is, or is a partition of; null when it is none. */
export function loopDeviceBehind(device: string): string | null {
  return /^\/dev\/loop\d+(?=p\d+$|$)/.exec(device)?.[0] ?? null
}
