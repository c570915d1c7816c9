import { describe, expect, it } from 'vitest'
import { fuseOperands, parseMountInfo } from './mount-table.ts'

describe('the mount table', () => {
  it('gives place, file system and source, whatever optional fields a line has', () => {
    const text = [
      '36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 propagate_from:2 - ext3 /dev/root rw,errors=continue',
      '90 28 7:0 / /media/root/LAB\\040DISC\\134x ro,nosuid,nodev,relatime shared:50 - iso9660 /dev/loop0 ro,nojoliet',
      '91 28 0:55 / /run/isomer/日本 ro,nosuid - fuse.fuseiso fuseiso ro,user_id=0',
      'not a line of it',
      '',
    ].join('\n')
    expect(parseMountInfo(text)).toEqual([
      { mountPoint: '/mnt2', fileSystem: 'ext3', source: '/dev/root' },
      { mountPoint: '/media/root/LAB DISC\\x', fileSystem: 'iso9660', source: '/dev/loop0' },
      { mountPoint: '/run/isomer/日本', fileSystem: 'fuse.fuseiso', source: 'fuseiso' },
    ])
  })

  it('finds image and place on the command line of a FUSE program', () => {
    expect(fuseOperands(['fuseiso', '-n', '/a b.iso', '/mnt', '-o', 'ro'])).toEqual({ imagePath: '/a b.iso', mountPoint: '/mnt' })
    expect(fuseOperands(['archivemount', '-o', 'readonly', 'x.iso', 'm'])).toEqual({ imagePath: 'x.iso', mountPoint: 'm' })
    expect(fuseOperands(['fuseiso', '-h'])).toBeNull()
  })
})
