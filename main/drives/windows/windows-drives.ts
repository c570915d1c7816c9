/** Drives on Windows, through its Image Mastering (IMAPI2) and scripts for Windows PowerShell. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DriveFacts, MediumFacts } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { DeviceSectorSource } from '../../bytes/device-sector-source.ts'
import { noMedium } from '../../bytes/sector-source.ts'
import type { BurnOrder, DriveAdapter, DriveListener, DriveWork, OpenMedium, ToolNote } from '../drive-adapter.ts'
import type { DriveAddress } from '../drive-address.ts'
import { endingOf, runTool, startTool, type ToolCommand } from '../run-tool.ts'
import { driveFactsOf, sectorsPerSecond } from './disc-facts.ts'
import { ImapiProgress } from './imapi-progress.ts'
import { scriptCommand } from './powershell.ts'
import { eventsOf, parseScriptLine } from './script-events.ts'
import { windowsFailure } from './windows-failure.ts'

const SECTOR_BYTES = 2048
const LOOK_AGAIN_MS = 1000

export class WindowsDrives implements DriveAdapter {
  readonly canStream = false

  async list(): Promise<readonly DriveFacts[]> {
    return drivesIn({})
  }

  async look({ path }: DriveAddress): Promise<DriveFacts> {
    const letter = driveLetter(path)
    const [drive] = letter === null ? [] : await drivesIn({ drive: letter })
    if (drive !== undefined) return drive
    throw new Problem({
      kind: 'usage',
      code: 'no-drive',
      message: `There is no drive for discs ${path}.`,
      advice: 'isomer drives lists those that there are; they are named by their letters, such as D:.',
    })
  }

  toolFor(): ToolNote {
    return { tool: 'IMAPI2', reason: 'Image Mastering is part of Windows and writes every kind of disc.' }
  }

  burn(order: BurnOrder, listener: DriveListener): DriveWork {
    if (order.simulate) throw noPractice()
    return startBurn(order, listener)
  }

  erase({ path }: DriveAddress, _medium: MediumFacts, full: boolean, listener: DriveListener): DriveWork {
    // Erasing can't be stopped without spoiling the disc; it comes to its end.
    return startScript(scriptCommand('erase', { drive: letterOf(path), full: full ? '1' : '0' }), listener, () => {})
  }

  async moveTray({ path }: DriveAddress, move: 'eject' | 'load'): Promise<boolean> {
    return (await runTool(scriptCommand('tray', { drive: letterOf(path), move }))).exitCode === 0
  }

  async openMedium(drive: DriveAddress, patienceMs: number): Promise<OpenMedium> {
    for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
      const { medium, address } = await this.look(drive)
      if (medium !== null && medium.readableBytes > 0) {
        const isGone = async () => (await this.look(drive)).medium === null
        const told = { sizeBytes: medium.readableBytes, sectorBytes: SECTOR_BYTES, isGone }
        return { source: DeviceSectorSource.open(`\\\\.\\${address}`, told), isOverwritable: medium.isOverwritable }
      }
      if (waitedMs >= patienceMs) throw noMedium(drive.path)
      await sleep(LOOK_AGAIN_MS)
    }
  }

  watch(changed: () => void): () => void {
    const onLine = (line: string) => {
      if (parseScriptLine(line)?.event === 'changed') changed()
    }
    const running = startTool(scriptCommand('watch'), { onLine })
    running.ended.catch(() => {}) // without PowerShell nothing is seen to change
    return running.stop
  }
}

async function drivesIn(facts: Readonly<Record<string, string>>): Promise<DriveFacts[]> {
  const end = await runTool(scriptCommand('drives', facts))
  if (end.exitCode !== 0) throw windowsFailure(end.text, endingOf(end))
  return eventsOf('drive', end.text).map(driveFactsOf)
}

/** `D:` of `d:\`; null for what is no drive. */
export function driveLetter(path: string): string | null {
  const letter = /^([A-Za-z]):?\\?$/.exec(path)?.[1]
  return letter === undefined ? null : `${letter.toUpperCase()}:`
}

const letterOf = (path: string): string => driveLetter(path) ?? path

/** Cancelled by a file that its events look for, because IMAPI2 takes a cancel from nowhere else. */
function startBurn({ drive, medium, imagePath, kilobytesPerSecond, sessions }: BurnOrder, listener: DriveListener): DriveWork {
  const folder = mkdtempSync(join(tmpdir(), 'isomer-stop-'))
  const stop = join(folder, 'stop')
  const command = scriptCommand('burn', {
    drive: letterOf(drive.path),
    image: imagePath ?? '',
    close: sessions?.leaveOpen === true ? '0' : '1',
    overwrite: medium.isOverwritable ? '1' : '0',
    speed: `${sectorsPerSecond(kilobytesPerSecond, medium.kind)}`,
    stop,
  })
  const work = startScript(command, listener, () => writeFileSync(stop, ''))
  return { ...work, ended: work.ended.finally(() => rmSync(folder, { recursive: true, force: true })) }
}

function startScript(command: ToolCommand, listener: DriveListener, stop: () => void): DriveWork {
  const progress = new ImapiProgress()
  const onLine = (text: string) => {
    const said = parseScriptLine(text)
    const step = said === null ? { event: null, line: text } : progress.take(said)
    if (step?.line) listener.line(step.line)
    if (step?.event) listener.event(step.event)
  }
  const ended = startTool(command, { onLine }).ended.then((end) => {
    if (end.exitCode !== 0 || eventsOf('done', end.text).length === 0) throw windowsFailure(end.text, endingOf(end))
  })
  return { input: null, ended, stop }
}

function noPractice(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-practice-here',
    message: 'Windows can’t simulate burning.',
    kept: 'The disc is as it was.',
    advice: 'Burn without simulating; a rewritable disc can be used to try.',
  })
}
