/** The commands that burn, erase and move trays on Linux: pure text, tested as such. */
import { type MediumFacts, singleSpeedOf } from '../../../shared/drives.ts'
import type { BurnOrder } from '../drive-adapter.ts'
import { addressText, type DriveAddress } from '../drive-address.ts'
import type { ToolCommand } from '../run-tool.ts'
import type { LinuxTool } from './linux-tool.ts'

const SECTOR_BYTES = 2048

export type BurnPlan = Omit<BurnOrder, 'medium'> & { readonly medium: Pick<MediumFacts, 'kind'> }

/** The command with which a program burns one image to a blank or overwritable disc, which is then closed. */
export function burnCommand(tool: LinuxTool, plan: BurnPlan): ToolCommand {
  switch (tool) {
    case 'xorriso':
      return { program: 'xorriso', args: ['-as', 'cdrecord', '-v', ...libburnSpeed(plan), ...cdrecordArgs(plan), ...input(plan)] }
    case 'cdrskin':
      return {
        program: 'cdrskin',
        args: ['-v', 'gracetime=0', ...emulated(plan), ...libburnSpeed(plan), ...formatting(plan), ...cdrecordArgs(plan), ...input(plan)],
      }
    case 'wodim':
      return {
        program: 'wodim',
        args: ['-v', 'gracetime=2', ...speedInTimes('speed=', plan), ...cdrecordArgs(plan), '-data', ...input(plan)],
      }
    case 'growisofs':
      return { program: 'growisofs', args: growisofsArgs(plan) }
  }
}

/** Sectors behind the data of a CD written track-at-once, so that what can't be read is none of it: what cdrecord pads with. */
const CD_PAD_SECTORS = 150

/**
 * A CD is written session-at-once: written track-at-once it ends in sectors that can't be read, and some systems then
 * lose the last files. The size is told in advance, because otherwise programs fall back to track-at-once.
 * Several sessions are each written track-at-once, which every drive can.
 */
function cdrecordArgs({ drive, medium, sizeBytes, simulate, sessions }: BurnPlan): string[] {
  const isCd = medium.kind === 'CD-R' || medium.kind === 'CD-RW'
  return [
    `dev=${addressText(drive)}`,
    `padsize=${isCd && sessions !== undefined ? `${CD_PAD_SECTORS}s` : 0}`,
    `tsize=${sectorsOf(sizeBytes)}s`,
    ...(sessions === undefined ? (isCd ? ['-sao'] : []) : ['-tao', ...(sessions.leaveOpen ? ['-multi'] : [])]),
    ...(simulate ? ['-dummy'] : []),
  ]
}

const libburnSpeed = ({ kilobytesPerSecond }: BurnPlan): string[] => (kilobytesPerSecond === null ? [] : [`speed=${kilobytesPerSecond}k`])
const sectorsOf = (sizeBytes: number): number => Math.ceil(sizeBytes / SECTOR_BYTES)
const input = ({ imagePath }: BurnPlan): string[] => [imagePath ?? '-']
/** A new BD-RE has to be formatted, which the other programs do by themselves. */
const formatting = ({ medium }: BurnPlan): string[] => (medium.kind === 'BD-RE' ? ['blank=format_if_needed'] : [])
const emulated = ({ drive }: BurnPlan): string[] => (drive.kind === 'virtual' ? ['--allow_emulated_drives'] : [])

function growisofsArgs(plan: BurnPlan): string[] {
  const { drive, medium, imagePath, sizeBytes, simulate } = plan
  const force = [
    'notray',
    'tty',
    ...(simulate ? ['dummy'] : []),
    // Without spare areas, which cost capacity and half the speed, as other programs do.
    ...(medium.kind === 'BD-R' ? ['spare:none'] : []),
    ...(imagePath === null ? [`tracksize:${sectorsOf(sizeBytes)}`] : []),
  ]
  const target = `${addressText(drive)}=${imagePath ?? '/dev/fd/0'}`
  return [`-use-the-force-luke=${force.join(',')}`, '-dvd-compat', ...speedInTimes('-speed=', plan), '-Z', target]
}

function speedInTimes(option: string, { kilobytesPerSecond, medium }: BurnPlan): string[] {
  return kilobytesPerSecond === null ? [] : [`${option}${Math.max(1, Math.round(kilobytesPerSecond / singleSpeedOf(medium.kind)))}`]
}

/** Makes a rewritable disc blank again; `full` overwrites or formats all of it, which takes as long as writing it. */
export function eraseCommand(
  tool: LinuxTool,
  drive: DriveAddress,
  { isOverwritable }: Pick<MediumFacts, 'isOverwritable'>,
  full: boolean,
): ToolCommand {
  const address = addressText(drive)
  switch (tool) {
    case 'xorriso': {
      const fully = isOverwritable && drive.kind === 'device' ? ['-format', 'full'] : ['-blank', 'all']
      return { program: 'xorriso', args: ['-abort_on', 'FAILURE', '-outdev', address, ...(full ? fully : ['-blank', 'as_needed'])] }
    }
    case 'cdrskin':
      return { program: 'cdrskin', args: ['-v', 'gracetime=0', `dev=${address}`, full ? 'blank=all' : 'blank=as_needed'] }
    case 'wodim':
      return { program: 'wodim', args: ['-v', 'gracetime=2', `dev=${address}`, full ? 'blank=all' : 'blank=fast'] }
    case 'growisofs':
      // Its companion, of the same package.
      return { program: 'dvd+rw-format', args: [`${isOverwritable ? '-force' : '-blank'}${full ? '=full' : ''}`, address] }
  }
}

/** Tells where the next session of a disc would begin, with `nextSessionIn`. */
export function nextSessionCommand(drive: DriveAddress): ToolCommand {
  return { program: 'xorriso', args: ['-as', 'cdrecord', `dev=${addressText(drive)}`, '-msinfo'] }
}

/** From the sectors where the newest session and the next one begin: `0,17504`. */
export function nextSessionIn(text: string): number | null {
  const next = /^\d+,(\d+)$/m.exec(text)?.[1]
  return next === undefined ? null : Number(next)
}

/** Tells what is in a drive; see `parseXorrisoMedia`. */
export function mediaCommand(drive: DriveAddress): ToolCommand {
  return { program: 'xorriso', args: ['-outdev', addressText(drive), '-toc', '-list_speeds'] }
}

/** With `eject` of util-linux where no program that burns is to be used for it. */
export function trayCommand(tool: Exclude<LinuxTool, 'growisofs'> | 'eject', drive: DriveAddress, move: 'eject' | 'load'): ToolCommand {
  const address = addressText(drive)
  if (tool === 'eject') return { program: 'eject', args: move === 'eject' ? [address] : ['-t', address] }
  const args = [`dev=${address}`, move === 'eject' ? '-eject' : '-load']
  return tool === 'xorriso' ? { program: 'xorriso', args: ['-as', 'cdrecord', ...args] } : { program: tool, args }
}
