/** Sentences of udisksctl as recorded from udisks2 2.9.4 in a Debian 12 guest. */
import { describe, expect, it } from 'vitest'
import { MountBusy, MountRefused } from '../mount-adapter.ts'
import { recordedPrograms } from '../testing/recorded-programs.ts'
import { UdisksAdapter, udisksCommands } from './udisks.ts'

const request = { imagePath: '/home/ann/A disc.iso', label: 'LAB', content: { hasIso9660: true, hasUdf: false, isEmpty: false } }
const mount = {
  imagePath: '/home/ann/A disc.iso',
  mountPoint: '/media/ann/LAB',
  method: 'udisks',
  fileSystem: 'iso9660',
  device: '/dev/loop0',
  sinceMs: 0,
  madeByIsomer: true,
  isView: false,
  imageState: 'same',
} as const
const mapped = { stdout: 'Mapped file /home/ann/A disc.iso as /dev/loop0.\n' }
const forbidden = [
  "Error creating textual authentication agent: Error opening current controlling terminal for the process (`/dev/tty'): No such device or address (polkit-error-quark, 0)",
  'Error setting up loop device for /home/ann/A disc.iso: GDBus.Error:org.freedesktop.UDisks2.Error.NotAuthorizedCanObtain: Not authorized to perform operation\n',
].join('\n')
const notMountable = {
  exitCode: 1,
  stderr:
    'Error looking up object for device /dev/loop0: Object /org/freedesktop/UDisks2/block_devices/loop0 is not a mountable filesystem.\n',
}
/** It prints how it is used. */
const unknownOption = { exitCode: 1, stderr: 'Usage:\n  udisksctl loop-setup [OPTION…]\n\nSet up a loop device.\n' }

describe('udisks', () => {
  it('sets up a read-only loop device, mounts it, and frees both', async () => {
    const programs = recordedPrograms([mapped, { stdout: 'Mounted /dev/loop0 at /media/ann/LAB DISC\n' }, {}, {}])
    const adapter = new UdisksAdapter(programs.run)
    await expect(adapter.mount(request)).resolves.toEqual({ mountPoint: '/media/ann/LAB DISC', device: '/dev/loop0', wasMounted: false })
    await adapter.unmount(mount)
    expect(programs.lines).toEqual([
      'udisksctl loop-setup -r -f /home/ann/A disc.iso --no-user-interaction',
      'udisksctl mount -b /dev/loop0 -o ro,nosuid,nodev --no-user-interaction',
      'udisksctl unmount -b /dev/loop0 --no-user-interaction',
      'udisksctl loop-delete -b /dev/loop0 --no-user-interaction',
    ])
  })

  it('takes the place where a desktop mounted the new device by itself', async () => {
    const stderr =
      "Error mounting /dev/loop0: GDBus.Error:org.freedesktop.UDisks2.Error.AlreadyMounted: Device /dev/loop0 is already mounted at `/media/root/LAB_DISC'.\n\n"
    const { run } = recordedPrograms([mapped, { exitCode: 1, stderr }])
    await expect(new UdisksAdapter(run).mount(request)).resolves.toMatchObject({ mountPoint: '/media/root/LAB_DISC' })
  })

  it.each([
    ['the policy says no', { exitCode: 1, stderr: forbidden }, 'forbidden'],
    ['udisksctl is not there', { exitCode: null, isMissing: true }, 'missing'],
    [
      'its service is not there',
      { exitCode: 1, stderr: 'Error connecting to the udisks daemon: Could not connect: No such file or directory' },
      'missing',
    ],
    ['the file went away', { exitCode: 1, stderr: 'Error opening (ro) file /x: No such file or directory' }, 'failed'],
  ] as const)('refuses when %s', async (_, result, kind) => {
    const { run } = recordedPrograms([result])
    await expect(new UdisksAdapter(run).mount(request)).rejects.toMatchObject({ kind })
  })

  it('frees the device again when there is nothing to mount on it', async () => {
    const programs = recordedPrograms([mapped, notMountable, {}, unknownOption])
    const disk = { partitions: () => [], sizeWithoutPartitions: () => null }
    await expect(new UdisksAdapter(programs.run, disk).mount(request)).rejects.toMatchObject({ kind: 'unknown-file-system' })
    expect(programs.lines[2]).toBe(['udisksctl', ...udisksCommands.deleteLoop('/dev/loop0').args].join(' '))
  })

  it('mounts the partition that is the image where the image is a disk too, and frees the whole device', async () => {
    const programs = recordedPrograms([mapped, notMountable, { stdout: 'Mounted /dev/loop0p1 at /media/ann/LAB\n' }, {}, {}])
    const adapter = new UdisksAdapter(programs.run, { partitions: (device) => [`${device}p1`], sizeWithoutPartitions: () => null })
    const made = await adapter.mount(request)
    expect(made).toEqual({ mountPoint: '/media/ann/LAB', device: '/dev/loop0p1', wasMounted: false })
    await adapter.unmount({ ...mount, device: made.device })
    expect(programs.lines.slice(-2)).toEqual([
      'udisksctl unmount -b /dev/loop0p1 --no-user-interaction',
      'udisksctl loop-delete -b /dev/loop0 --no-user-interaction',
    ])
  })

  it.each([
    ['has partitions left out', [mapped, { stdout: 'Mounted /dev/loop0 at /media/ann/LAB\n' }], '--no-partition-scan'],
    [
      'of before 2.10.1 is given less than the partition table speaks of',
      [unknownOption, mapped, { stdout: 'Mounted /dev/loop0 at /media/ann/LAB\n' }],
      '-s 2048',
    ],
  ])('an image with partitions that are not the image: udisks %s', async (_, answers, option) => {
    const programs = recordedPrograms([mapped, notMountable, {}, ...answers])
    const adapter = new UdisksAdapter(programs.run, { partitions: () => [], sizeWithoutPartitions: () => 2048 })
    await expect(adapter.mount(request)).resolves.toMatchObject({ mountPoint: '/media/ann/LAB', device: '/dev/loop0' })
    expect(programs.lines.at(-2)).toBe(`udisksctl loop-setup -r -f /home/ann/A disc.iso ${option} --no-user-interaction`)
  })

  it('tells a busy mount from one it may not touch', async () => {
    const busy =
      'Error unmounting /dev/loop0: GDBus.Error:org.freedesktop.UDisks2.Error.DeviceBusy: Error unmounting /dev/loop0: target is busy\n'
    await expect(new UdisksAdapter(recordedPrograms([{ exitCode: 1, stderr: busy }]).run).unmount(mount)).rejects.toBeInstanceOf(MountBusy)
    const { run } = recordedPrograms([{ exitCode: 1, stderr: forbidden }])
    await expect(new UdisksAdapter(run).unmount(mount)).rejects.toBeInstanceOf(MountRefused)
  })

  it('does not mind a device that freed itself', async () => {
    const gone =
      "Error deleting loop device /dev/loop0: GDBus.Error:org.gtk.GDBus.UnmappedGError.Quark._g_2dbd_2dloop_2derror_2dquark.Code1: Error deleting '/dev/loop0': Failed to detach the backing file from the /dev/loop0 device: No such device or address\n"
    const { run } = recordedPrograms([{ stdout: 'Unmounted /dev/loop0.\n' }, { exitCode: 1, stderr: gone }])
    await expect(new UdisksAdapter(run).unmount(mount)).resolves.toBeUndefined()
  })
})
