/** Sticks and cards on Windows, through its Storage module and raw devices. */
import { openSync } from 'node:fs'
import type { FlashTarget } from '../../../../shared/drives.ts'
import { Problem } from '../../../../shared/problem.ts'
import { DeviceSectorSource } from '../../../bytes/device-sector-source.ts'
import { ioProblem } from '../../../bytes/io-problem.ts'
import type { SectorSource } from '../../../bytes/sector-source.ts'
import { runTool } from '../../run-tool.ts'
import { scriptCommand } from '../../windows/powershell.ts'
import { type EventOf, eventsOf } from '../../windows/script-events.ts'
import type { FlashAdapter } from '../flash-adapter.ts'
import { targetWords } from '../flash-checks.ts'
import { disksUnknown, needsAdministrator, targetInUse } from '../flash-problems.ts'
import { diskHolding, diskNumber, targetOf } from './disks.ts'

const USUAL_SECTOR_BYTES = 512

export class WindowsFlash implements FlashAdapter {
  readonly #sectorBytes = new Map<string, number>()

  async targets(): Promise<readonly FlashTarget[]> {
    return (await listDisks()).map((disk) => {
      const target = targetOf(disk)
      this.#sectorBytes.set(target.path, disk.sectorBytes)
      return target
    })
  }

  async diskOf(filePath: string): Promise<string | null> {
    return diskHolding(filePath, await listDisks())
  }

  async unmount(target: FlashTarget): Promise<void> {
    const facts = { disk: `${diskNumber(target.path)}`, size: `${target.sizeBytes}`, serial: target.serial }
    const { exitCode, text } = await runTool(scriptCommand('freeDisk', facts))
    if (exitCode !== 0) throw freeingFailed(target, text)
  }

  openForWriting(target: FlashTarget): number {
    try {
      return openSync(target.path, 'r+')
    } catch (error) {
      throw ioProblem(error, `${targetWords(target)} could not be opened.`, 'No image was written; its partitions were removed.')
    }
  }

  openForReading({ path, sizeBytes }: FlashTarget): SectorSource {
    return DeviceSectorSource.open(path, { sizeBytes, sectorBytes: this.#sectorBytes.get(path) ?? USUAL_SECTOR_BYTES })
  }

  async rescan({ path }: FlashTarget): Promise<void> {
    await runTool(scriptCommand('rescan', { disk: `${diskNumber(path)}` }))
  }
}

async function listDisks(): Promise<EventOf<'disk'>[]> {
  const { exitCode, text } = await runTool(scriptCommand('disks'))
  if (exitCode !== 0) throw disksUnknown(text)
  return eventsOf('disk', text)
}

/** What the script refuses with. */
export function freeingFailed(target: FlashTarget, output: string): Problem {
  const refused = eventsOf('refused', output).at(-1)
  const failed = eventsOf('failed', output).at(-1)
  switch (refused?.reason) {
    case 'not-administrator':
      return needsAdministrator(target, 'Start Isomer, or the terminal, with “Run as administrator”.')
    case 'other-disk':
      return new Problem({
        kind: 'usage',
        code: 'other-disk',
        message: `${targetWords(target)} is not the one that it was: sticks were changed.`,
        kept: 'Nothing was written.',
        advice: 'List the disks again and choose anew.',
      })
    case 'system-disk':
      return new Problem({
        kind: 'usage',
        code: 'system-drive',
        message: `${targetWords(target)} holds the running system.`,
        kept: 'Nothing was written.',
        advice: 'Choose a stick or card.',
      })
    default:
      return targetInUse(target, refused?.what ?? 'a part of it', failed?.message ?? output)
  }
}
