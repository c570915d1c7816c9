/** A hybrid image on a USB stick: Linux finds its partitions, and the image's own tree on the stick as a whole. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import { usbStick } from './machine/devices.ts'
import { makeEfiImage } from './machine/efi-image.ts'
import { Guest } from './machine/guest.ts'
import { guestListing, hostListing } from './machine/tree-listing.ts'

const PROGRAM = 'what firmware would start'

let guest: Guest
let scratch: string
let source: string
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-stick-'))
  source = join(scratch, 'source')
  const efi = join(source, 'boot/efi.img')
  mkdirSync(join(source, 'boot'), { recursive: true })
  writeFileSync(join(source, 'readme.txt'), 'hello\n')
  writeFileSync(join(scratch, 'bootx64.efi'), PROGRAM)
  makeEfiImage(efi, join(scratch, 'bootx64.efi'))
  const image = join(scratch, 'image.iso')
  const stick = join(scratch, 'stick')
  await createImage(
    {
      project: {
        version: 1,
        steps: [{ step: 'add', hostPath: source, into: '/', contentsOnly: true }],
        options: {
          ...defaultCreateOptions,
          hybrid: true,
          bootFiles: [{ platform: 'uefi', hostPath: efi, emulation: 'none', loadSectors: null }],
        },
      },
      outPath: image,
      overwrite: false,
    },
    quietControl(),
  )
  copyFileSync(image, stick)
  guest = await Guest.start({ devices: usbStick(stick) })
})
afterAll(async () => {
  await guest?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

it('has an EFI partition that Linux mounts, with the program in it', async () => {
  const { stdout } = await guest.run('lsblk -rno NAME,PARTLABEL,FSTYPE /dev/sda')
  expect(stdout).toMatch(/^sda2 EFI\\x20system\\x20partition vfat$/m)
  const program = await guest.run('mount --read-only /dev/sda2 /mnt && cat /mnt/EFI/BOOT/BOOTX64.EFI; umount /mnt')
  expect(program).toMatchObject({ stdout: PROGRAM, stderr: '' })
})

it('is, as a whole, the image', async () => {
  expect(await guest.run('mount --read-only -t iso9660 /dev/sda /mnt')).toMatchObject({ exitCode: 0 })
  try {
    expect(await guestListing(guest, '/mnt', { attributes: true })).toBe(hostListing(source, { attributes: true }))
  } finally {
    await guest.run('umount /mnt')
  }
})

it('has nothing that partition programs complain about', async () => {
  expect(await guest.run('sfdisk --verify /dev/sda')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No errors detected') })
})
