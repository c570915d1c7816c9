import { Problem } from '../../shared/problem.ts'
import type { DriveAdapter } from './drive-adapter.ts'
import type { FlashAdapter } from './flash/flash-adapter.ts'

/** The drives of this system. Throws a `usage` Problem on one that is not known. */
export async function systemDrives(platform: NodeJS.Platform = process.platform): Promise<DriveAdapter> {
  switch (platform) {
    case 'linux':
      return new (await import('./linux/linux-drives.ts')).LinuxDrives()
    case 'darwin':
      return new (await import('./macos/macos-drives.ts')).MacosDrives()
    case 'win32':
      return new (await import('./windows/windows-drives.ts')).WindowsDrives()
    default:
      throw new Problem({
        kind: 'usage',
        code: 'no-drives-here',
        message: 'Isomer does not know how to use drives on this system.',
        advice: 'Make an image, and burn it with a program of the system.',
      })
  }
}

/** The disks of this system that images can be flashed to. Throws a `usage` Problem on one that is not known. */
export async function systemFlash(platform: NodeJS.Platform = process.platform): Promise<FlashAdapter> {
  switch (platform) {
    case 'linux':
      return new (await import('./flash/linux/linux-flash.ts')).LinuxFlash()
    case 'darwin':
      return new (await import('./flash/macos/macos-flash.ts')).MacosFlash()
    case 'win32':
      return new (await import('./flash/windows/windows-flash.ts')).WindowsFlash()
    default:
      throw new Problem({
        kind: 'usage',
        code: 'no-flashing-here',
        message: 'Isomer does not know how to write sticks on this system.',
        advice: 'Write the image with a program made for that.',
      })
  }
}
