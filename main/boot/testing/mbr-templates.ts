/** Boot loaders' files by the marks that they are recognised by; the loaders themselves are not part of the tests. */
import { patterned } from './fake-boot-files.ts'

/** As isolinux' isohdpfx.bin: 432 bytes. */
export function isolinuxMbrTemplate(): Buffer {
  const bytes = Buffer.alloc(432)
  // Room for an Apple driver descriptor, which does nothing when it is run.
  bytes.fill(0x90, 0, 32)
  bytes.set([0x33, 0xed])
  bytes.write('isolinux.bin missing or corrupt.\r\n', 0xe0, 'latin1')
  return bytes
}

/** As GRUB's boot_hybrid.img: a whole sector, told nothing yet. */
export function grubMbrTemplate(): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.set([0xeb, 0x63, 0x90])
  bytes.write('GRUB \0Geom\0Hard Disk\0Read\0 Error\r\n\0', 0x180, 'latin1')
  bytes[0x1b0] = 1
  bytes.set([0x55, 0xaa], 510)
  return bytes
}

/** As isolinux.bin: its mark says that its MBR code may start it. */
export function isolinuxBootFile(sizeBytes = 38_912): Buffer {
  const bytes = patterned(sizeBytes, 6)
  for (let at = 8; at < 64; at += 4) bytes.writeUInt32LE(0xdead_beef, at)
  bytes.set([0xfb, 0xc0, 0x78, 0x70], 64)
  return bytes
}

/** As GRUB's core image for discs: cdboot.img, then diskboot.img with room for the place of what follows. */
export function grubBootFile(sizeBytes = 30_000): Buffer {
  const bytes = patterned(sizeBytes, 8)
  bytes.fill(0, 5, 64)
  bytes.write('cdrom read fails\0', 234, 'latin1')
  bytes.fill(0, 2548, 2558)
  bytes.writeUInt16LE(0x820, 2558)
  return bytes
}
