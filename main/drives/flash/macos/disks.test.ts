import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type DiskInfo, parseDiskInfo, parseDiskList } from '../../macos/disk-facts.ts'
import { requireFlashable } from '../flash-checks.ts'
import { diskUnder, isDisk, targetOf } from './disks.ts'

const recorded = (file: string) => readFileSync(join(import.meta.dirname, '../../macos/testing/recordings', file), 'utf8')
const disks = parseDiskList(recorded('diskutil-list.xml'))
const stick = parseDiskInfo(recorded('diskutil-info-stick.xml')) as DiskInfo
const internal: DiskInfo = { ...stick, DeviceIdentifier: 'disk0', BusProtocol: 'Apple Fabric', RemovableMediaOrExternalDevice: false }
const wish = { imageSizeBytes: 1000, imageDisk: null }
const refusal = (code: string) => expect.objectContaining({ report: expect.objectContaining({ code }) })

describe('a disk of macOS', () => {
  it('that is a stick is a target', () => {
    const target = targetOf(stick, disks)
    expect(target).toMatchObject({
      path: '/dev/disk4',
      model: 'Test Media',
      sizeBytes: 68_719_476_736,
      connection: 'usb',
      isRemovable: true,
      isReadOnly: false,
      mountPoints: ['/Volumes/UNTITLED'],
      labels: ['UNTITLED'],
    })
    expect(() => requireFlashable(target, wish)).not.toThrow()
  })

  it('with the system in an APFS container on it is known by what is mounted from there', () => {
    const target = targetOf(internal, disks)
    expect(target.mountPoints).toEqual(['/System/Volumes/Data', '/'])
    expect(() => requireFlashable(target, wish)).toThrow(refusal('system-drive'))
    expect(() => requireFlashable({ ...target, mountPoints: ['/System/Volumes/VM'] }, wish)).toThrow(refusal('system-drive'))
  })

  it('inside the computer is refused, the reader of cards is not', () => {
    expect(() => requireFlashable(targetOf(internal, []), wish)).toThrow(refusal('not-removable'))
    const card = { ...stick, BusProtocol: 'Secure Digital' }
    expect(() => requireFlashable(targetOf(card, disks), wish)).not.toThrow()
  })

  it('is none when it is a disc, a disk image or made up by APFS', () => {
    expect(isDisk(stick)).toBe(true)
    expect(isDisk({ ...stick, VirtualOrPhysical: 'Virtual' })).toBe(false)
    expect(isDisk({ ...stick, OpticalMediaType: 'DVD-ROM' })).toBe(false)
  })

  it('is found under a file, through its container', () => {
    expect(diskUnder('/dev/disk3s1', disks)).toBe('/dev/disk0')
    expect(diskUnder('/dev/disk4s1', disks)).toBe('/dev/disk4')
    expect(diskUnder('/dev/disk9s1', disks)).toBeNull()
  })
})
