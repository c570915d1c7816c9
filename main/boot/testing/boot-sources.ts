/** A folder with the files of real boot loaders, of Debian's packages, each set up to show the folder's message. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hardDiskImage } from './fake-boot-files.ts'
import { isInstalled } from './foreign-boot-readers.ts'
import { ownLoader, startingDisk } from './own-loader.ts'

const ISOLINUX = '/usr/lib/ISOLINUX'
const SYSLINUX_MODULES = '/usr/lib/syslinux/modules/bios'
const GRUB = '/usr/lib/grub'

/** Code for the first sector of hybrid images, by loader. */
export const mbrCode = { isolinux: `${ISOLINUX}/isohdpfx.bin`, grub2: `${GRUB}/i386-pc/boot_hybrid.img` }

/** The text file that loaders show, and what an edit may put into its place. */
export const MESSAGE_FILE = 'message.txt'
export const firstMessage = 'Shown from a file of this image.'

/** Files for El Torito entries, by path in the folder. */
export const bootFiles = {
  isolinux: 'isolinux/isolinux.bin',
  grub2: 'boot/grub/eltorito.img',
  own: 'boot/own.bin',
  floppy: 'boot/floppy.img',
  hardDisk: 'boot/disk.img',
  uefi: 'boot/efi.img',
} as const

const FLOPPY_BYTES = 1440 * 1024
const HARD_DISK_BYTES = 1 << 20
const FAT12 = 1

/** What our own boot code shows: the drive numbers are those that firmware gives to discs and to the disks it emulates. */
export const ownMessages = {
  loader: 'Own loader, drive E0, second block read',
  floppy: 'Own floppy, drive 00',
  hardDisk: 'Own hard disk, drive 80',
}

/** Whether Debian's boot loaders and the tools that set them up are there. */
export function canMakeBootSources(): boolean {
  const files = [...Object.values(mbrCode), `${GRUB}/x86_64-efi/moddep.lst`, `${SYSLINUX_MODULES}/ldlinux.c32`]
  return files.every((file) => existsSync(file)) && ['grub-mkimage', 'mformat'].every(isInstalled)
}

/** Fills a folder. */
export function makeBootSources(folder: string): void {
  for (const part of ['isolinux', 'boot/grub', 'docs']) mkdirSync(join(folder, part), { recursive: true })
  writeFileSync(join(folder, MESSAGE_FILE), `${firstMessage}\r\n`)
  writeFileSync(join(folder, 'docs/readme.txt'), 'Nothing here starts anything.\n')
  addIsolinux(folder)
  addGrub(folder)
  writeFileSync(join(folder, bootFiles.own), ownLoader('Own loader', ', second block read'))
  writeFileSync(join(folder, bootFiles.floppy), startingDisk(Buffer.alloc(FLOPPY_BYTES), 'Own floppy'))
  writeFileSync(join(folder, bootFiles.hardDisk), startingDisk(hardDiskImage(HARD_DISK_BYTES, FAT12), 'Own hard disk'))
}

function addIsolinux(folder: string): void {
  copyFileSync(`${ISOLINUX}/isolinux.bin`, join(folder, bootFiles.isolinux))
  copyFileSync(`${SYSLINUX_MODULES}/ldlinux.c32`, join(folder, 'isolinux/ldlinux.c32'))
  writeFileSync(join(folder, 'isolinux/isolinux.cfg'), `SAY isolinux runs\nDISPLAY /${MESSAGE_FILE}\nPROMPT 1\n`)
}

function addGrub(folder: string): void {
  makeGrubImage('i386-pc-eltorito', join(folder, bootFiles.grub2), 'biosdisk')
  const program = join(folder, 'boot/grub/bootx64.efi')
  makeGrubImage('x86_64-efi', program, 'fat')
  makeEfiPartition(join(folder, bootFiles.uefi), program)
}

/** GRUB with its configuration inside itself: find the image, whatever it is held by, and show its message. */
function makeGrubImage(format: string, path: string, ...modules: readonly string[]): void {
  const configuration = `${path}.cfg`
  writeFileSync(configuration, `echo GRUB ${format} runs\nsearch --set=root --file /${MESSAGE_FILE}\ncat /${MESSAGE_FILE}\n`)
  const all = ['iso9660', 'part_gpt', 'part_msdos', 'search', 'search_fs_file', 'echo', 'cat', ...modules]
  execFileSync('grub-mkimage', ['-O', format, '-p', '/boot/grub', '-c', configuration, '-o', path, ...all])
}

/** A FAT file system with the program where firmware looks for it (UEFI 2.10, 3.5.1.1). */
function makeEfiPartition(path: string, program: string): void {
  const fat = ['-i', path, '::']
  execFileSync('mformat', ['-C', '-T', '2880', '-h', '2', '-s', '36', ...fat])
  for (const part of ['EFI', 'EFI/BOOT']) execFileSync('mmd', ['-i', path, `::${part}`])
  execFileSync('mcopy', ['-i', path, program, '::EFI/BOOT/BOOTX64.EFI'])
}
