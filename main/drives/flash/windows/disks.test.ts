import { readFileSync } from 'node:fs'
import { join, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eventsOf } from '../../windows/script-events.ts'
import { requireFlashable } from '../flash-checks.ts'
import { diskHolding, diskNumber, diskPath, targetOf } from './disks.ts'
import { freeingFailed } from './windows-flash.ts'

const disks = eventsOf('disk', readFileSync(join(import.meta.dirname, '../../windows/testing/recordings/disks.jsonl'), 'utf8'))
const [inside, stick] = disks as [(typeof disks)[number], (typeof disks)[number]]
const wish = { imageSizeBytes: 1000, imageDisk: null }
const refusal = (code: string) => expect.objectContaining({ report: expect.objectContaining({ code }) })

describe('a disk of Windows', () => {
  it('that is a stick is a target', () => {
    expect(targetOf(stick)).toEqual({
      path: '\\\\.\\PhysicalDrive1',
      vendor: '',
      model: 'SanDisk Ultra USB Device',
      serial: '4C530001',
      sizeBytes: 31_457_280_000,
      connection: 'usb',
      isRemovable: true,
      isReadOnly: false,
      mountPoints: ['E:\\', 'F:\\'],
      labels: ['STICK'],
    })
    expect(() => requireFlashable(targetOf(stick), wish)).not.toThrow()
  })

  it('of the system, or swapped to, is refused, also on a stick', () => {
    expect(() => requireFlashable(targetOf(inside), wish)).toThrow(refusal('system-drive'))
    expect(() => requireFlashable(targetOf({ ...stick, isSystem: true }), wish)).toThrow(refusal('system-drive'))
  })

  it.each(['NVMe', 'SATA', 'RAID', 'iSCSI', 'Virtual', 'File Backed Virtual', 'Storage Spaces'])('on %s is refused', (bus) => {
    expect(() => requireFlashable(targetOf({ ...inside, isSystem: false, bus }), wish)).toThrow(refusal('not-removable'))
  })

  it('is named by its number, in a path that Node leaves alone', () => {
    expect(diskNumber(diskPath(12))).toBe(12)
    expect([diskNumber('E:'), diskNumber('\\\\.\\PhysicalDrive1\\x')]).toEqual([null, null])
    expect(win32.toNamespacedPath(diskPath(1))).toBe(diskPath(1))
  })

  it('is found under a file by its letter', () => {
    expect(diskHolding('f:\\images\\a.iso', disks)).toBe(diskPath(1))
    expect(diskHolding('C:\\a.iso', disks)).toBe(diskPath(0))
    expect(diskHolding('\\\\server\\share\\a.iso', disks)).toBeNull()
  })
})

describe('a stick that can’t be taken out of use says why', () => {
  const target = targetOf(stick)
  it.each([
    ['{"event":"refused","reason":"not-administrator","what":""}', 'needs-root'],
    ['{"event":"refused","reason":"in-use","what":"E:"}', 'target-in-use'],
    ['{"event":"refused","reason":"other-disk","what":""}', 'other-disk'],
    ['{"event":"refused","reason":"system-disk","what":""}', 'system-drive'],
    ['{"event":"failed","hresult":-1,"message":"Not Supported"}', 'target-in-use'],
  ])('%s', (output, code) => {
    expect(freeingFailed(target, output).report).toMatchObject({ code, kept: 'Nothing was written.' })
  })
})
