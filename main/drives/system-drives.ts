import { Problem } from '../../shared/problem.ts'
import type { DriveAdapter } from './drive-adapter.ts'

/** The drives of this system. Throws a `usage` Problem on one that is not known. */
export async function systemDrives(platform: NodeJS.Platform = process.platform): Promise<DriveAdapter> {
  switch (platform) {
    case 'linux':
      return new (await import('./linux/linux-drives.ts')).LinuxDrives()
    default:
      throw new Problem({
        kind: 'usage',
        code: 'no-drives-here',
        message: 'Isomer does not know how to use drives on this system.',
        advice: 'Make an image, and burn it with a program of the system.',
      })
  }
}
