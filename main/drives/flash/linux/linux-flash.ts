/** Sticks and cards on Linux. */
import { constants, openSync } from 'node:fs'
import type { FlashTarget } from '../../../../shared/drives.ts'
import type { JobControl } from '../../../../shared/job.ts'
import { DeviceSectorSource } from '../../../bytes/device-sector-source.ts'
import { ioProblem } from '../../../bytes/io-problem.ts'
import type { SectorSource } from '../../../bytes/sector-source.ts'
import { runTool } from '../../run-tool.ts'
import type { FlashAdapter } from '../flash-adapter.ts'
import { targetWords } from '../flash-checks.ts'
import { disksUnknown, needsAdministrator, targetInUse } from '../flash-problems.ts'
import { lendDevice } from './lent-device.ts'
import { type ListedDisk, lsblkColumns, parseLsblk } from './lsblk.ts'

export class LinuxFlash implements FlashAdapter {
  async targets(): Promise<readonly FlashTarget[]> {
    return (await listDisks()).map(({ target }) => target)
  }

  async diskOf(filePath: string): Promise<string | null> {
    const { exitCode, text } = await runTool({ program: 'findmnt', args: ['-no', 'SOURCE', '-T', filePath] })
    // A subvolume follows its device in brackets.
    const source = text.trim().replace(/\[.*\]$/, '')
    if (exitCode !== 0 || source === '') return null
    return (await listDisks()).find(({ paths }) => paths.includes(source))?.target.path ?? null
  }

  borrow(target: FlashTarget, control: JobControl): Promise<() => Promise<void>> {
    return lendDevice(target, control)
  }

  async unmount({ mountPoints, ...target }: FlashTarget): Promise<void> {
    for (const mountPoint of mountPoints) {
      const { exitCode, text } = await runTool({ program: 'umount', args: ['--', mountPoint] })
      if (exitCode !== 0) throw targetInUse({ mountPoints, ...target }, mountPoint, text)
    }
  }

  openForWriting(target: FlashTarget): number {
    const { O_DIRECT = 0 } = constants as { O_DIRECT?: number }
    try {
      // Of a block device, O_EXCL says that it must not be mounted, nor used by anything else.
      return openSync(target.path, constants.O_WRONLY | constants.O_EXCL | O_DIRECT)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EBUSY') throw targetInUse(target, 'a part of it', '')
      if (code === 'EACCES' || code === 'EPERM') throw needsAdministrator(target, 'Do it as root: sudo isomer flash …')
      throw ioProblem(error, `${targetWords(target)} could not be opened.`, 'Nothing was written.')
    }
  }

  openForReading({ path }: FlashTarget): SectorSource {
    return DeviceSectorSource.open(path)
  }

  async rescan({ path }: FlashTarget): Promise<void> {
    await runTool({ program: 'blockdev', args: ['--rereadpt', path] })
  }
}

async function listDisks(): Promise<ListedDisk[]> {
  const list = (columns: readonly string[]) => runTool({ program: 'lsblk', args: ['-J', '-b', '-o', columns.join(',')] })
  const now = await list(lsblkColumns)
  const { exitCode, text } = now.exitCode === 0 ? now : await list([...lsblkColumns.slice(0, -1), 'MOUNTPOINT'])
  if (exitCode === 0) return parseLsblk(text)
  throw disksUnknown(text)
}
