import { expect, it } from 'vitest'
import { recording } from '../../linux/testing/recording.ts'
import { parseLsblk } from './lsblk.ts'

it('finds the disks and what of them is mounted', () => {
  const [sda, vda, ...others] = parseLsblk(recording('lsblk-stick-and-root'))
  expect(others).toEqual([])
  expect(sda).toMatchObject({
    paths: ['/dev/sda', '/dev/sda1'],
    target: {
      path: '/dev/sda',
      vendor: 'QEMU',
      model: 'QEMU HARDDISK',
      connection: 'usb',
      isRemovable: true,
      mountPoints: ['/mnt'],
      labels: ['STICK'],
    },
  })
  expect(vda).toMatchObject({ target: { path: '/dev/vda', connection: 'virtio', isRemovable: false, mountPoints: ['/'] } })
})

it('understands older versions, encrypted volumes and swap', () => {
  const text = JSON.stringify({
    blockdevices: [
      { path: '/dev/loop0', type: 'loop', size: '4096' },
      {
        ...{ path: '/dev/nvme0n1', type: 'disk', size: '500107862016', tran: 'nvme', rm: '0', hotplug: '0', ro: '0' },
        children: [
          { path: '/dev/nvme0n1p1', type: 'part', mountpoint: '/boot/efi' },
          { path: '/dev/nvme0n1p2', type: 'part', children: [{ path: '/dev/mapper/root', type: 'crypt', mountpoint: '/' }] },
          { path: '/dev/nvme0n1p3', type: 'part', mountpoint: '[SWAP]' },
        ],
      },
      { path: '/dev/mmcblk0', type: 'disk', size: '32000000000', rm: '0', hotplug: '1', ro: '1', mountpoint: null },
    ],
  })
  const [nvme, card] = parseLsblk(text)
  expect(nvme?.target).toMatchObject({ sizeBytes: 500_107_862_016, isRemovable: false, mountPoints: ['/boot/efi', '/', '[SWAP]'] })
  expect(nvme?.paths).toContain('/dev/mapper/root')
  expect(card?.target).toMatchObject({ connection: 'mmc', isRemovable: true, isReadOnly: true, mountPoints: [] })
})
