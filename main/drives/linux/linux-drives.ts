/** Drives on Linux: the kernel and udev tell which there are, xorriso what is in them, and one of four programs burns. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DriveFacts, MediumFacts } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import { DeviceSectorSource } from '../../bytes/device-sector-source.ts'
import { MediumFault, mediumGone, type SectorSource, SURELY_BAD } from '../../bytes/sector-source.ts'
import type {
  BurnOrder,
  DiscTracks,
  DriveAdapter,
  DriveListener,
  DriveWork,
  OpenMedium,
  SessionOrder,
  ToolNote,
  TrackListener,
  TrackOrder,
} from '../drive-adapter.ts'
import { addressText, type DriveAddress } from '../drive-address.ts'
import { endingOf, runTool, startTool, type ToolCommand } from '../run-tool.ts'
import { burnCommand, eraseCommand, mediaCommand, nextSessionCommand, nextSessionIn, trayCommand } from './burn-command.ts'
import { CDRDAO_REASON, CdrdaoProgress, cdrdaoFailure, readTracksCommand } from './cdrdao.ts'
import { chooseTool } from './choose-tool.ts'
import { installedTools, isInstalled, toolMissing } from './installed-tools.ts'
import type { LinuxTool } from './linux-tool.ts'
import { progressOf } from './progress-lines.ts'
import { toolFailure } from './tool-failure.ts'
import { parseUdevDrive, parseUdevTracks, type UdevDrive } from './udev-facts.ts'
import { parseXorrisoMedia } from './xorriso-media.ts'

const SYSFS = '/sys/class/block'
const KERNEL_SECTOR_BYTES = 512
const LOOK_AGAIN_MS = 500
const WATCH_MS = 2000
/** The system looks for changed discs every two seconds, and is slow when it is busy. */
const LEAVING_MS = 15_000
/** Best first: xorriso waits until the drive is ready. */
const TRAY_TOOLS = ['xorriso', 'eject', 'cdrskin', 'wodim'] as const

export class LinuxDrives implements DriveAdapter {
  readonly canStream = true

  async list(): Promise<readonly DriveFacts[]> {
    const drives: DriveFacts[] = []
    for (const name of driveNames()) drives.push(await this.look({ kind: 'device', path: `/dev/${name}` }))
    return drives
  }

  async look(drive: DriveAddress): Promise<DriveFacts> {
    const address = addressText(drive)
    if (drive.kind === 'device') requireDrive(drive.path)
    const choice = chooseTool({ work: 'look', drive: drive.kind, medium: null, installed: installedTools() })
    const ended = choice.tool === null ? null : await runTool(mediaCommand(drive))
    const seen = ended === null ? null : parseXorrisoMedia(ended.text)
    if (seen !== null) return { address, ...seen, unknownBecause: null }
    const problem = ended === null ? toolMissing('xorriso', choice.reason) : toolFailure('xorriso', ended.text, endingOf(ended))
    if (isInstalled('udevadm')) await runTool({ program: 'udevadm', args: ['settle', '--timeout=10'] })
    const known = drive.kind === 'device' ? noticedBySystem(drive.path) : null
    if (known === null) throw problem
    return { address, ...known, unknownBecause: problem.report.message }
  }

  toolFor(work: 'burn' | 'erase', drive: DriveAddress, medium: MediumFacts, sessions?: SessionOrder): ToolNote {
    return { tool: requireTool(work, drive, medium, sessions), reason: choiceFor(work, drive, medium, sessions).reason }
  }

  async nextSession(drive: DriveAddress): Promise<number | null> {
    if (!isInstalled('xorriso')) throw toolMissing('xorriso', 'xorriso is not installed, and nothing else tells what is on the disc.')
    return nextSessionIn((await runTool(nextSessionCommand(drive))).text)
  }

  burn(order: BurnOrder, listener: DriveListener): DriveWork {
    const tool = requireTool('burn', order.drive, order.medium, order.sessions)
    return startWork(tool, burnCommand(tool, order), order.imagePath === null, listener)
  }

  erase(drive: DriveAddress, medium: MediumFacts, full: boolean, listener: DriveListener): DriveWork {
    const tool = requireTool('erase', drive, medium)
    return startWork(tool, eraseCommand(tool, drive, medium, full), false, listener)
  }

  async moveTray(drive: DriveAddress, move: 'eject' | 'load'): Promise<boolean> {
    const tool = TRAY_TOOLS.find((name) => isInstalled(name))
    if (drive.kind === 'virtual' || tool === undefined) return false
    const { exitCode } = await runTool(trayCommand(tool, drive, move))
    return exitCode === 0 && (move === 'load' || (await isSeenLeaving(drive.path)))
  }

  async openMedium(drive: DriveAddress, patienceMs: number): Promise<OpenMedium> {
    const source = await openWhenLoaded(drive, patienceMs)
    const isOverwritable = drive.kind === 'virtual' || noticedBySystem(drive.path)?.medium?.isOverwritable === true
    return { source, isOverwritable }
  }

  tracksOf({ kind, path }: DriveAddress): DiscTracks | null {
    if (kind === 'virtual') return null
    const name = path.replace(/^.*\//, '')
    const facts = textOf(`/run/udev/data/b${textOf(`${SYSFS}/${name}/dev`)}`)
    return facts === null ? null : parseUdevTracks(facts, Number(textOf(`${SYSFS}/${name}/size`) ?? 0) * KERNEL_SECTOR_BYTES)
  }

  readTracks(order: TrackOrder, listener: TrackListener): DriveWork & { readonly note: ToolNote } {
    if (!isInstalled('cdrdao')) throw toolMissing('cdrdao', 'The disc has audio, which is read with cdrdao, and that is not installed.')
    const progress = new CdrdaoProgress()
    const onLine = (line: string) => {
      const now = progress.take(line)
      if (now === null) listener.line(line)
      else listener.progress(now)
    }
    const running = startTool(readTracksCommand(order), { onLine })
    const ended = running.ended.then((end) => {
      if (end.exitCode !== 0) throw cdrdaoFailure(end.text, endingOf(end))
    })
    return { input: null, ended, stop: running.stop, note: { tool: 'cdrdao', reason: CDRDAO_REASON } }
  }

  watch(changed: () => void): () => void {
    let before = systemSnapshot()
    const timer = setInterval(() => {
      const now = systemSnapshot()
      if (now !== before) changed()
      before = now
    }, WATCH_MS)
    return () => clearInterval(timer)
  }
}

/** Programs are content when they have asked a drive to open; whether it did shows when the system sees the disc leave. */
async function isSeenLeaving(path: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < LEAVING_MS; waitedMs += LOOK_AGAIN_MS) {
    if ((noticedBySystem(path)?.medium ?? null) === null) return true
    await sleep(LOOK_AGAIN_MS)
  }
  return false
}

/**
 * A disc that was just loaded may open before the system has taken note of it; then nothing can be read through that
 * opening, and the disc would seem to be bad from its first sector on.
 */
async function openWhenLoaded(drive: DriveAddress, patienceMs: number): Promise<SectorSource> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    try {
      return await openReadable(drive.path, drive.kind === 'device' && waitedMs < patienceMs)
    } catch (error) {
      const code = error instanceof Problem ? error.report.code : null
      const isLoading = drive.kind === 'device' && (code === 'no-medium' || code === 'medium-gone')
      if (!isLoading || waitedMs >= patienceMs) throw error
      await sleep(LOOK_AGAIN_MS)
    }
  }
}

/** `canWait`: whether a disc that gives nothing counts as one that is still being loaded, unless its drive says that a sector is bad. */
async function openReadable(path: string, canWait: boolean): Promise<SectorSource> {
  const source = DeviceSectorSource.open(path)
  try {
    await source.read(0, alignedBuffer(source.sectorBytes))
    return source
  } catch (error) {
    const isBad = error instanceof MediumFault && (!canWait || error.code === SURELY_BAD)
    if (isBad) return source
    source.close()
    throw error instanceof MediumFault ? mediumGone(path) : error
  }
}

const choiceFor = (work: 'burn' | 'erase', { kind }: DriveAddress, medium: MediumFacts, sessions?: SessionOrder) =>
  chooseTool({ work, drive: kind, medium, installed: installedTools(), hasSessions: sessions !== undefined })

function requireTool(work: 'burn' | 'erase', drive: DriveAddress, medium: MediumFacts, sessions?: SessionOrder): LinuxTool {
  const choice = choiceFor(work, drive, medium, sessions)
  if (choice.tool === null) throw toolMissing(choice.wanted, choice.reason)
  return choice.tool
}

function startWork(tool: LinuxTool, command: ToolCommand, wantsInput: boolean, listener: DriveListener): DriveWork {
  const onLine = (line: string) => {
    const event = progressOf(tool, line)
    if (event === null) listener.line(line)
    else listener.event(event)
  }
  const running = startTool(command, { wantsInput, onLine })
  const ended = running.ended.then((end) => {
    if (end.exitCode !== 0) throw toolFailure(tool, end.text, endingOf(end))
  })
  return { input: running.input, ended, stop: running.stop }
}

/** `sr0`, `sr1` … */
function driveNames(): string[] {
  try {
    return readdirSync(SYSFS)
      .filter((name) => /^sr\d+$/.test(name))
      .sort()
  } catch {
    return [] // a system without /sys has no drives that could be found
  }
}

/** `sr0` of `/dev/sr0` and of names that lead to it, such as `/dev/cdrom`; null for everything else. */
function driveNameOf(path: string): string | null {
  try {
    return /^\/dev\/(sr\d+)$/.exec(realpathSync(path))?.[1] ?? null
  } catch {
    return null // there is nothing of this name
  }
}

/** Disks are no drives, whatever a program would do with them. */
function requireDrive(path: string): void {
  if (driveNameOf(path) !== null) return
  const facts = { kept: 'Nothing was done.', advice: 'isomer drives lists those that there are; a virtual disc is named stdio:FILE.' }
  if (existsSync(path)) throw new Problem({ ...facts, kind: 'usage', code: 'not-a-drive', message: `${path} is no drive for discs.` })
  throw new Problem({ ...facts, kind: 'io', code: 'no-drive', message: `There is no drive ${path}.` })
}

function noticedBySystem(path: string): UdevDrive | null {
  const name = driveNameOf(path)
  const number = name === null ? null : textOf(`${SYSFS}/${name}/dev`)
  if (number === null) return null
  return parseUdevDrive(textOf(`/run/udev/data/b${number}`) ?? '', Number(textOf(`${SYSFS}/${name}/size`) ?? 0) * KERNEL_SECTOR_BYTES)
}

/** Changes whenever a drive or disc comes or goes. */
function systemSnapshot(): string {
  return driveNames()
    .map((name) => `${name} ${textOf(`/run/udev/data/b${textOf(`${SYSFS}/${name}/dev`)}`)} ${textOf(`${SYSFS}/${name}/size`)}`)
    .join('\n')
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null // not there, or not for us
  }
}
