/** Sticks and cards on macOS, through diskutil and raw devices. */
import { constants, openSync } from 'node:fs'
import type { FlashTarget } from '../../../../shared/drives.ts'
import { DeviceSectorSource } from '../../../bytes/device-sector-source.ts'
import { ioProblem } from '../../../bytes/io-problem.ts'
import type { SectorSource } from '../../../bytes/sector-source.ts'
import { diskutilCommands, parseDiskInfo, parseDiskList, wholeDiskOf } from '../../macos/disk-facts.ts'
import { runTool } from '../../run-tool.ts'
import type { FlashAdapter } from '../flash-adapter.ts'
import { targetWords } from '../flash-checks.ts'
import { disksUnknown, needsAdministrator, targetInUse } from '../flash-problems.ts'
import { diskUnder, isDisk, targetOf } from './disks.ts'

/** Large enough for every disk; images end on whole sectors of these anyway. */
const SECTOR_BYTES = 4096

export class MacosFlash implements FlashAdapter {
  async targets(): Promise<readonly FlashTarget[]> {
    const { text, exitCode } = await runTool(diskutilCommands.list())
    const disks = parseDiskList(text)
    if (exitCode !== 0 || disks.length === 0) throw disksUnknown(text)
    const targets: FlashTarget[] = []
    for (const { DeviceIdentifier } of disks) {
      const info = parseDiskInfo((await runTool(diskutilCommands.info(DeviceIdentifier))).text)
      if (info !== null && isDisk(info)) targets.push(targetOf(info, disks))
    }
    return targets
  }

  async diskOf(filePath: string): Promise<string | null> {
    const { text, exitCode } = await runTool({ program: 'df', args: ['-P', filePath] })
    const device = text.split('\n')[1]?.split(/\s/)[0] ?? ''
    if (exitCode !== 0 || !device.startsWith('/dev/')) return null
    return diskUnder(device, parseDiskList((await runTool(diskutilCommands.list())).text))
  }

  async unmount(target: FlashTarget): Promise<void> {
    const { exitCode, text } = await runTool(diskutilCommands.unmount(wholeDiskOf(target.path)))
    if (exitCode !== 0) throw targetInUse(target, target.mountPoints[0] ?? 'a part of it', text)
  }

  openForWriting(target: FlashTarget): number {
    try {
      return openSync(rawPathOf(target), constants.O_RDWR | constants.O_EXCL)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EBUSY') throw targetInUse(target, 'a part of it', '')
      if (code === 'EACCES' || code === 'EPERM') throw needsAdministrator(target, 'Do it as root: sudo isomer flash …')
      throw ioProblem(error, `${targetWords(target)} could not be opened.`, 'Nothing was written.')
    }
  }

  openForReading(target: FlashTarget): SectorSource {
    return DeviceSectorSource.open(rawPathOf(target), { sizeBytes: target.sizeBytes, sectorBytes: SECTOR_BYTES })
  }

  async rescan({ path }: FlashTarget): Promise<void> {
    await runTool(diskutilCommands.mount(wholeDiskOf(path)))
  }
}

/** Written around the system's cache, which is many times faster there. */
const rawPathOf = ({ path }: FlashTarget): string => path.replace('/dev/disk', '/dev/rdisk')
