/** Commands as hdiutil's manual page has them, and property lists in the form that its users publish. Not verified on a Mac. */
import { describe, expect, it } from 'vitest'
import { MountBusy } from '../mount-adapter.ts'
import { recordedPrograms } from '../testing/recorded-programs.ts'
import { recording } from '../testing/recording.ts'
import { attachedAt, HdiutilAdapter, mountsOfInfo } from './hdiutil.ts'

const plist = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n${body}\n</plist>\n`
const wholeDisk =
  '<dict><key>content-hint</key><string>Apple_partition_scheme</string><key>dev-entry</key><string>/dev/disk3</string></dict>'
const volume =
  '<dict><key>dev-entry</key><string>/dev/disk3s2</string><key>mount-point</key><string>/Volumes/A &amp; B</string><key>potentially-mountable</key><true/><key>volume-kind</key><string>cd9660</string></dict>'
const attached = plist(`<dict><key>system-entities</key><array>${volume}${wholeDisk}</array></dict>`)
const request = { imagePath: '/Users/ann/A disc.iso', label: 'A', content: { hasIso9660: true, hasUdf: false, isEmpty: false } }
const mount = {
  imagePath: '/Users/ann/A disc.iso',
  mountPoint: '/Volumes/A & B',
  method: 'hdiutil',
  fileSystem: 'cd9660',
  device: '/dev/disk3',
  sinceMs: 0,
  madeByIsomer: true,
  isView: false,
  imageState: 'same',
} as const

describe('hdiutil', () => {
  it('attaches read-only without opening anything, and detaches the whole disk', async () => {
    const programs = recordedPrograms([{ stdout: attached }, {}])
    const adapter = new HdiutilAdapter(programs.run)
    await expect(adapter.mount(request)).resolves.toEqual({ mountPoint: '/Volumes/A & B', device: '/dev/disk3', wasMounted: false })
    await adapter.unmount(mount)
    expect(programs.lines).toEqual([
      '/usr/bin/hdiutil attach -readonly -noautoopen -plist /Users/ann/A disc.iso',
      '/usr/bin/hdiutil detach /dev/disk3',
    ])
  })

  it('reads the output that others publish', () => {
    expect(attachedAt(recording('hdiutil-attach.plist'))).toEqual({ mountPoint: '/Volumes/RESCUE 12', device: '/dev/disk3' })
  })

  it('detaches again what it could attach but not mount', async () => {
    const programs = recordedPrograms([{ stdout: plist(`<dict><key>system-entities</key><array>${wholeDisk}</array></dict>`) }, {}])
    await expect(new HdiutilAdapter(programs.run).mount(request)).rejects.toMatchObject({ kind: 'unknown-file-system' })
    expect(programs.lines.at(-1)).toBe('/usr/bin/hdiutil detach /dev/disk3')
  })

  it('says busy and not recognized apart', async () => {
    const busy = recordedPrograms([{ exitCode: 16, stderr: 'hdiutil: couldn\'t eject "disk3" - Resource busy\n' }])
    await expect(new HdiutilAdapter(busy.run).unmount(mount)).rejects.toBeInstanceOf(MountBusy)
    const unknown = recordedPrograms([{ exitCode: 1, stderr: 'hdiutil: attach failed - image not recognized\n' }])
    await expect(new HdiutilAdapter(unknown.run).mount(request)).rejects.toMatchObject({ kind: 'unknown-file-system' })
  })

  it('lists every mounted volume of every attached image', () => {
    const images = `<dict><key>framework</key><string>671</string><key>images</key><array><dict><key>image-path</key><string>/Users/ann/A disc.iso</string><key>system-entities</key><array>${wholeDisk}${volume}</array></dict><dict><key>image-path</key><string>/x.dmg</string></dict></array></dict>`
    expect(mountsOfInfo(plist(images))).toEqual([
      {
        imagePath: '/Users/ann/A disc.iso',
        mountPoint: '/Volumes/A & B',
        method: 'hdiutil',
        fileSystem: 'cd9660',
        device: '/dev/disk3',
        isImageDeleted: false,
      },
    ])
  })

  it('makes nothing of what is no property list', () => {
    expect(mountsOfInfo('hdiutil: internal error')).toEqual([])
    expect(attachedAt(plist('<string>x</string>'))).toBeNull()
  })
})
