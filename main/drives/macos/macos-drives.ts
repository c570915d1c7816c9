/** Drives on macOS, through its own drutil, hdiutil and diskutil. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { DriveFacts, MediumFacts } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { DeviceSectorSource } from '../../bytes/device-sector-source.ts'
import { noMedium } from '../../bytes/sector-source.ts'
import { burnEvent } from '../burn-event.ts'
import type { BurnOrder, DriveAdapter, DriveListener, DriveWork, OpenMedium, ToolNote } from '../drive-adapter.ts'
import type { DriveAddress } from '../drive-address.ts'
import { endingOf, runTool, startTool, type ToolCommand } from '../run-tool.ts'
import { burnCommand, burnersCommand, eraseCommand, listCommand, statusCommand, trayCommand } from './burn-command.ts'
import { isChatter, MacosProgress, macosFailure } from './burn-output.ts'
import { chooseBurner, type MacosBurner, parseBurnerList } from './choose-tool.ts'
import { type DiscData, discDataOf } from './disc-data.ts'
import { diskutilCommands, parseDiskInfo, parseDiskList, wholeDiskOf } from './disk-facts.ts'
import { type DrutilStatus, parseDrutilList, parseDrutilStatus } from './drutil.ts'

const LOOK_AGAIN_MS = 1000
const WATCH_MS = 3000

interface NumberedDrive {
  readonly number: number
  readonly status: DrutilStatus
  /** Null for no disc, a blank one, and one that has only audio. */
  readonly data: DiscData | null
}

export class MacosDrives implements DriveAdapter {
  readonly canStream = false
  /** How many there were when they were last looked at, and how hdiutil calls them. */
  #count = 1
  #burners: readonly string[] = []
  /** Numbers by address, as drutil counts them. */
  readonly #numbers = new Map<string, number>()

  async list(): Promise<readonly DriveFacts[]> {
    return (await this.#drives()).map(factsOf)
  }

  async look(drive: DriveAddress): Promise<DriveFacts> {
    return factsOf(await this.#find(drive))
  }

  toolFor(work: 'burn' | 'erase', drive: DriveAddress): ToolNote {
    return work === 'burn' ? this.#burnerFor(drive) : { tool: 'drutil', reason: 'drutil is part of macOS and erases discs.' }
  }

  burn(order: BurnOrder, listener: DriveListener): DriveWork {
    const driveNumber = this.#numberOf(order.drive)
    const command = burnCommand({ ...order, imagePath: order.imagePath ?? '', driveNumber, burner: this.#burnerFor(order.drive) })
    return startWork(command, order.sizeBytes, listener)
  }

  erase(drive: DriveAddress, medium: MediumFacts, full: boolean, listener: DriveListener): DriveWork {
    listener.event(burnEvent('erase'))
    return startWork(eraseCommand(this.#numberOf(drive), full), medium.capacityBytes ?? 0, listener)
  }

  async moveTray(drive: DriveAddress, move: 'eject' | 'load'): Promise<boolean> {
    return (await runTool(trayCommand(this.#numberOf(drive), move))).exitCode === 0
  }

  /** A mounted disc can't be read besides by its volume: it is taken out of use, and given back when it was read. */
  async openMedium(drive: DriveAddress, patienceMs: number): Promise<OpenMedium> {
    for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
      const { number, status, data } = await this.#find(drive)
      if (data !== null) {
        const disk = wholeDiskOf(status.devicePath ?? data.path)
        await runTool(diskutilCommands.unmount(disk))
        const closed = () => void runTool(diskutilCommands.mount(disk)).catch(() => {}) // it is mounted when it is put in again
        const source = DeviceSectorSource.open(data.path, {
          ...data,
          closed,
          isGone: async () => (await statusOf(number))?.medium === null,
        })
        return { source, isOverwritable: status.medium?.isOverwritable === true }
      }
      if (waitedMs >= patienceMs)
        throw status.medium === null || status.medium.state === 'blank' ? noMedium(drive.path) : onlyAudio(drive.path)
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
      const status = await statusOf(number)
      if (status !== null) drives.push({ number, status, data: await dataOf(status) })
    }
    this.#count = drives.length
    this.#burners = drives.length > 1 ? parseBurnerList((await runTool(burnersCommand())).text) : []
    for (const drive of drives) this.#numbers.set(addressOf(drive), drive.number)
    return drives
  }

  /** By drutil's number or by the disc's device. */
  async #find({ path }: DriveAddress): Promise<NumberedDrive> {
    const drives = await this.#drives()
    // A device is that of a disc: another one may come with the next disc, in the drive that was meant.
    const isMeant = ({ number, status }: NumberedDrive) => path === `${number}` || path === status.devicePath
    const found = drives.find(isMeant) ?? drives.find(({ number }) => number === this.#numbers.get(path))
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

  #burnerFor(drive: DriveAddress): MacosBurner & ToolNote {
    return chooseBurner(this.#numberOf(drive), this.#count, this.#burners)
  }

  #numberOf({ path }: DriveAddress): number {
    return this.#numbers.get(path) ?? 1
  }
}

const statusOf = async (driveNumber: number): Promise<DrutilStatus | null> =>
  parseDrutilStatus((await runTool(statusCommand(driveNumber))).text)

async function dataOf({ devicePath, medium }: DrutilStatus): Promise<DiscData | null> {
  if (devicePath === null || medium === null || medium.state === 'blank') return null
  const disk = wholeDiskOf(devicePath)
  const info = parseDiskInfo((await runTool(diskutilCommands.info(disk))).text)
  const listed = parseDiskList((await runTool(diskutilCommands.listOf(disk))).text).find(
    ({ DeviceIdentifier }) => DeviceIdentifier === disk,
  )
  return info === null ? null : discDataOf(info, listed ?? null)
}

const addressOf = ({ number, status }: NumberedDrive): string => status.devicePath ?? `${number}`

function factsOf(drive: NumberedDrive): DriveFacts {
  const { vendor, model, revision, medium } = drive.status
  const known = medium === null || drive.data === null ? medium : withData(medium, drive.data)
  return { address: addressOf(drive), vendor, model, revision, medium: known, unknownBecause: null }
}

/** drutil says little of discs that take no more. */
function withData(medium: MediumFacts, { sizeBytes, label }: DiscData): MediumFacts {
  const readableBytes = medium.readableBytes > 0 ? medium.readableBytes : sizeBytes
  const capacityBytes = medium.isOverwritable ? medium.capacityBytes : Math.max(medium.capacityBytes ?? 0, readableBytes)
  return { ...medium, readableBytes, capacityBytes, label }
}

function onlyAudio(name: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-data-track',
    message: `The disc in ${name} has no track of data.`,
    advice: 'Isomer reads audio discs on Linux only; the Finder shows the tracks of this one as files.',
  })
}

function startWork(command: ToolCommand, sizeBytes: number, listener: DriveListener): DriveWork {
  const progress = new MacosProgress(sizeBytes)
  const onLine = (line: string) => {
    const event = progress.take(line)
    if (event !== null) listener.event(event)
    else if (!isChatter(line)) listener.line(line)
  }
  const running = startTool(command, { onLine })
  const ended = running.ended.then((end) => {
    if (end.exitCode !== 0) throw macosFailure(command.program, end.text, endingOf(end))
  })
  return { input: null, ended, stop: running.stop }
}
