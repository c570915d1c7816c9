import { describe, expect, it } from 'vitest'
import type { FlashTarget } from '../../../shared/drives.ts'
import { requireFlashable } from './flash-checks.ts'

const stick: FlashTarget = {
  path: '/dev/sdb',
  vendor: 'SanDisk',
  model: 'Ultra',
  serial: '1',
  sizeBytes: 31_000_000_000,
  connection: 'usb',
  isRemovable: true,
  isReadOnly: false,
  mountPoints: [],
  labels: [],
}
const check = (changes: Partial<FlashTarget>, wish = { imageSizeBytes: 4_000_000_000, imageDisk: '/dev/sda' as string | null }) =>
  requireFlashable({ ...stick, ...changes }, wish)

describe('an image', () => {
  it.each([
    ['a stick', {}],
    ['a stick that is mounted', { mountPoints: ['/media/me/STICK'] }],
    ['a card in a reader', { connection: 'mmc', path: '/dev/mmcblk0' }],
    ['a stick of a system that does not tell how it is connected', { connection: '' }],
  ])('may be written to %s', (_what, changes) => {
    expect(() => check(changes)).not.toThrow()
  })

  it.each([
    ['the disk of the running system', { mountPoints: ['/boot/efi', '/'] }, 'system-drive'],
    ['a stick that the system was started from', { mountPoints: ['/'] }, 'system-drive'],
    ['a disk of the running macOS', { mountPoints: ['/System/Volumes/Data'] }, 'system-drive'],
    ['a stick that is swapped to', { mountPoints: ['[SWAP]'] }, 'system-drive'],
    ['the stick that it lies on', { path: '/dev/sda' }, 'holds-image'],
    ['a disk inside the computer', { isRemovable: false, connection: 'nvme' }, 'not-removable'],
    ['a hot-plug disk that is said to be removable', { connection: 'sata' }, 'not-removable'],
    ['a disk of a virtual machine', { connection: 'virtio' }, 'not-removable'],
    ['an empty card reader', { sizeBytes: 0 }, 'no-medium'],
    ['a locked card', { isReadOnly: true }, 'target-read-only'],
    ['a stick that is too small', { sizeBytes: 1_000_000_000 }, 'target-too-small'],
  ])('must not be written to %s', (_what, changes, code) => {
    expect(() => check(changes)).toThrow(
      expect.objectContaining({ report: expect.objectContaining({ code, kept: 'Nothing was written.' }) }),
    )
  })

  it('is refused with the name of the disk', () => {
    expect(() => check({ mountPoints: ['/'] })).toThrow('SanDisk Ultra (/dev/sdb, 31 GB) holds the running system (/).')
  })
})
