/** Files by which a boot loader is known; nothing would start from them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface BootFilePaths {
  readonly bios: string
  readonly uefi: string
  readonly mbr: string
}

export async function makeBootFiles(folder: string): Promise<BootFilePaths> {
  const paths = { bios: join(folder, 'isolinux.bin'), uefi: join(folder, 'efi.img'), mbr: join(folder, 'isohdpfx.bin') }
  const loader = Buffer.alloc(38_912, 0x90)
  for (let at = 8; at < 64; at += 4) loader.writeUInt32LE(0xdead_beef, at)
  loader.writeUInt32LE(0x7078_c0fb, 64) // isolinux' mark: its MBR code may start it
  await writeFile(paths.bios, loader)
  await writeFile(paths.uefi, fatDisk(1_474_560))
  const mbr = Buffer.alloc(432)
  mbr.write('isolinux.bin missing or corrupt.\r\n', 0xe0, 'latin1')
  await writeFile(paths.mbr, mbr)
  return paths
}

/** A FAT file system by its boot sector alone. */
function fatDisk(sizeBytes: number): Buffer {
  const disk = Buffer.alloc(sizeBytes)
  disk.set([0xeb, 0x3c, 0x90])
  disk.write('MSDOS5.0', 3, 'latin1')
  disk.writeUInt16LE(512, 11)
  disk.set([1, 1, 0, 2, 224, 0], 13)
  disk.writeUInt16LE(sizeBytes / 512, 19)
  disk.set([0xf0, 9, 0, 18, 0, 2, 0], 21)
  disk.set([0x55, 0xaa], 510)
  return disk
}
