/** A FAT image with a program that UEFI firmware would start, made by mtools. */
import { execFileSync } from 'node:child_process'

export function makeEfiImage(imagePath: string, programPath: string): void {
  execFileSync('mformat', ['-C', '-f', '1440', '-i', imagePath, '::'])
  execFileSync('mmd', ['-i', imagePath, '::EFI', '::EFI/BOOT'])
  execFileSync('mcopy', ['-i', imagePath, programPath, '::EFI/BOOT/BOOTX64.EFI'])
}
