/** Scripts as text, and objects in the form that ConvertTo-Json prints. Not verified on Windows. */
import { describe, expect, it } from 'vitest'
import { MountBusy } from '../mount-adapter.ts'
import { recordedPrograms } from '../testing/recorded-programs.ts'
import { recording } from '../testing/recording.ts'
import { DiskImageAdapter, diskImageCommands, diskImagesOf } from './disk-image.ts'

const imagePath = "C:\\Users\\Ann\\O'Neill; Remove-Item $x.iso"
const request = { imagePath, label: 'A', content: { hasIso9660: true, hasUdf: false, isEmpty: false } }
const described = JSON.stringify({ imagePath, devicePath: '\\\\.\\CDROM1', driveLetter: 'E', fileSystem: 'CDFS' })
const mount = {
  imagePath,
  mountPoint: 'E:\\',
  method: 'windows',
  fileSystem: 'CDFS',
  device: '\\\\.\\CDROM1',
  sinceMs: 0,
  madeByIsomer: true,
  isView: false,
  imageState: 'same',
} as const

describe('Mount-DiskImage', () => {
  it('mounts read-only, and a path never becomes part of a script', async () => {
    const programs = recordedPrograms([{ stdout: `${described}\r\n` }, {}])
    const adapter = new DiskImageAdapter(programs.run)
    await expect(adapter.mount(request)).resolves.toEqual({ mountPoint: 'E:\\', device: '\\\\.\\CDROM1', wasMounted: false })
    await adapter.unmount(mount)
    expect(programs.lines.join('\n')).not.toContain('Remove-Item')
    expect(programs.environments).toEqual([{ ISOMER_IMAGE: imagePath }, { ISOMER_IMAGE: imagePath }])
    expect(programs.lines[0]).toMatch(
      /^C:\\Windows\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command .*Mount-DiskImage -ImagePath \$env:ISOMER_IMAGE -StorageType ISO -Access ReadOnly -PassThru;/,
    )
    expect(programs.lines[1]).toMatch(/Dismount-DiskImage -ImagePath \$env:ISOMER_IMAGE \| Out-Null$/)
  })

  it('reads one object, a list, and nothing', () => {
    expect(diskImagesOf(described)).toHaveLength(1)
    expect(diskImagesOf(`[${described},${described}]`)).toHaveLength(2)
    expect(diskImagesOf('')).toEqual([])
    expect(diskImagesOf(JSON.stringify({ imagePath, devicePath: null, driveLetter: '', fileSystem: null }))).toEqual([])
  })

  it('lets go of an image that got no drive letter', async () => {
    const programs = recordedPrograms([{ stdout: '{}' }, {}])
    await expect(new DiskImageAdapter(programs.run).mount(request)).rejects.toMatchObject({ kind: 'failed' })
    const dismount = diskImageCommands.dismount(imagePath)
    expect(programs.lines[1]).toBe([dismount.program, ...dismount.args].join(' '))
  })

  it.each([
    ['Mount-DiskImage : Access is denied.', 'forbidden'],
    ['Mount-DiskImage : The file or directory is corrupted and unreadable.', 'unknown-file-system'],
    ['Mount-DiskImage : The sector size of the physical disk on which the virtual disk resides is not supported.', 'failed'],
  ])('tells %s', async (stderr, kind) => {
    const { run } = recordedPrograms([{ exitCode: 1, stderr }])
    await expect(new DiskImageAdapter(run).mount(request)).rejects.toMatchObject({ kind })
  })

  it('reads output in the form that its makers document', async () => {
    const [seen] = diskImagesOf(recording('disk-image.txt'))
    expect(seen).toMatchObject({ imagePath: 'C:\\Users\\Ann\\Downloads\\RESCUE 12.iso', mountPoint: 'E:\\', fileSystem: 'CDFS' })
    const busy = recordedPrograms([{ exitCode: 1, stderr: recording('disk-image-busy.txt') }])
    await expect(new DiskImageAdapter(busy.run).unmount(mount)).rejects.toBeInstanceOf(MountBusy)
  })

  it('says when something uses it', async () => {
    const stderr = 'Dismount-DiskImage : The process cannot access the file because it is being used by another process.'
    await expect(new DiskImageAdapter(recordedPrograms([{ exitCode: 1, stderr }]).run).unmount(mount)).rejects.toBeInstanceOf(MountBusy)
  })
})
