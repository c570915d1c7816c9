/** Drives on macOS, through its own drutil and hdiutil. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { DriveFacts, MediumFacts } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { DeviceSectorSource } from '../../bytes/device-sector-source.ts'
import { noMedium } from '../../bytes/sector-source.ts'
import type { BurnOrder, DriveAdapter, DriveListener, DriveWork, OpenMedium, ToolNote } from '../drive-adapter.ts'
import type { DriveAddress } from '../drive-address.ts'
import { endingOf, runTool, startTool, type ToolCommand } from '../run-tool.ts'
import { burnCommand, eraseCommand, listCommand, statusCommand, trayCommand } from './burn-command.ts'
import { MacosProgress, macosFailure } from './burn-output.ts'
import { type DrutilStatus, parseDrutilList, parseDrutilStatus } from './drutil.ts'

const LOOK_AGAIN_MS = 1000
const WATCH_MS = 3000

interface NumberedDrive {
  readonly number: number
  readonly status: DrutilStatus
}

export class MacosDrives implements DriveAdapter {
  readonly canStream = false
  /** How many there were when they were last looked at. */
  #count = 1
  /** Numbers by address, as drutil counts them. */
  readonly #numbers = new Map<string, number>()

  async list(): Promise<readonly DriveFacts[]> {
    return (await this.#drives()).map(factsOf)
  }

  async look(drive: DriveAddress): Promise<DriveFacts> {
    return factsOf(await this.#find(drive))
  }

  toolFor(work: 'burn' | 'erase'): ToolNote {
    return work === 'burn' && this.#count === 1
      ? { tool: 'hdiutil', reason: 'hdiutil is part of macOS and tells how far it is.' }
      : { tool: 'drutil', reason: 'drutil is part of macOS and takes the drive that it is told.' }
  }

  burn(order: BurnOrder, listener: DriveListener): DriveWork {
    const driveNumber = this.#numberOf(order.drive)
    return startWork(burnCommand({ ...order, driveNumber, isOnlyDrive: this.#count === 1 }), order.sizeBytes, listener)
  }

  erase(drive: DriveAddress, medium: MediumFacts, full: boolean, listener: DriveListener): DriveWork {
    listener.event({ phase: 'erase', doneBytes: null, fraction: null, bufferPercent: null, fifoPercent: null })
    return startWork(eraseCommand(this.#numberOf(drive), full), medium.capacityBytes ?? 0, listener)
  }

  async moveTray(drive: DriveAddress, move: 'eject' | 'load'): Promise<boolean> {
    return (await runTool(trayCommand(this.#numberOf(drive), move))).exitCode === 0
  }

  async openMedium(drive: DriveAddress, patienceMs: number): Promise<OpenMedium> {
    if (drive.kind === 'virtual') return { source: DeviceSectorSource.open(drive.path), isOverwritable: true }
    for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
      const { status } = await this.#find(drive)
      if (status.medium !== null && status.devicePath !== null) {
        // The raw device is read around the system's cache.
        const path = status.devicePath.replace('/dev/disk', '/dev/rdisk')
        const { readableBytes, isOverwritable } = status.medium
        return { source: DeviceSectorSource.open(path, readableBytes), isOverwritable }
      }
      if (waitedMs >= patienceMs) throw noMedium(drive.path)
      await sleep(LOOK_AGAIN_MS)
    }
  }

  watch(changed: () => void): () => void {
    let before: string | null = null
    const timer = setInterval(() => {
      void runTool({ program: 'drutil', args: ['status'] }).then(
        ({ text }) => {
          if (before !== null && before !== text) changed()
          before = text
        },
        () => {}, // a system without drutil has no drives that could change
      )
    }, WATCH_MS)
    return () => clearInterval(timer)
  }

  async #drives(): Promise<NumberedDrive[]> {
    const drives: NumberedDrive[] = []
    for (const { number } of parseDrutilList((await runTool(listCommand())).text)) {
      const status = parseDrutilStatus((await runTool(statusCommand(number))).text)
      if (status !== null) drives.push({ number, status })
    }
    this.#count = drives.length
    for (const drive of drives) this.#numbers.set(addressOf(drive), drive.number)
    return drives
  }

  /** By drutil's number or by the disc's device. */
  async #find({ path }: DriveAddress): Promise<NumberedDrive> {
    const found = (await this.#drives()).find((drive) => path === `${drive.number}` || path === drive.status.devicePath)
    if (found !== undefined) {
      this.#numbers.set(path, found.number)
      return found
    }
    throw new Problem({
      kind: 'usage',
      code: 'no-drive',
      message: `There is no drive ${path}.`,
      advice: 'isomer drives lists those that there are; with two of them, name it by its number.',
    })
  }

  #numberOf({ path }: DriveAddress): number {
    return this.#numbers.get(path) ?? 1
  }
}

const addressOf = ({ number, status }: NumberedDrive): string => status.devicePath ?? `${number}`

function factsOf(drive: NumberedDrive): DriveFacts {
  const { vendor, model, revision, medium } = drive.status
  return { address: addressOf(drive), vendor, model, revision, medium, unknownBecause: null }
}

function startWork(command: ToolCommand, sizeBytes: number, listener: DriveListener): DriveWork {
  const progress = new MacosProgress(sizeBytes)
  const onLine = (line: string) => {
    const event = progress.take(line)
    if (event === null) listener.line(line)
    else listener.event(event)
  }
  const running = startTool(command, { onLine })
  const ended = running.ended.then((end) => {
    if (end.exitCode !== 0) throw macosFailure(command.program, end.text, endingOf(end))
  })
  return { input: null, ended, stop: running.stop }
}
