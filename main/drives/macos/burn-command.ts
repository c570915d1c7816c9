/** The commands that burn, erase and move trays on macOS: pure text, tested as such. */
import { singleSpeedOf } from '../../../shared/drives.ts'
import type { BurnOrder } from '../drive-adapter.ts'
import type { ToolCommand } from '../run-tool.ts'
import type { MacosBurner } from './choose-tool.ts'

export type MacosBurn = Pick<BurnOrder, 'kilobytesPerSecond' | 'simulate' | 'sessions'> & {
  readonly imagePath: string
  readonly medium: Pick<BurnOrder['medium'], 'kind'>
  /** As drutil counts them. */
  readonly driveNumber: number
  readonly burner: MacosBurner
}

/** The disc is compared by us, and stays in the drive for it. */
export function burnCommand({ driveNumber, burner, imagePath, kilobytesPerSecond, simulate, medium, sessions }: MacosBurn): ToolCommand {
  const leavesOpen = sessions?.leaveOpen === true
  const speed = kilobytesPerSecond === null ? [] : ['-speed', `${Math.max(1, Math.round(kilobytesPerSecond / singleSpeedOf(medium.kind)))}`]
  if (burner.tool === 'hdiutil') {
    const device = burner.device === null ? [] : ['-device', burner.device]
    const options = [
      '-puppetstrings',
      '-noverifyburn',
      '-noeject',
      leavesOpen ? '-noforceclose' : '-forceclose',
      ...(simulate ? ['-testburn'] : []),
      ...speed,
    ]
    return { program: 'hdiutil', args: ['burn', imagePath, ...device, ...options] }
  }
  return {
    program: 'drutil',
    args: [
      '-drive',
      `${driveNumber}`,
      'burn',
      '-noverify',
      '-mount',
      ...(leavesOpen ? ['-appendable'] : []),
      ...(simulate ? ['-test'] : []),
      ...speed,
      imagePath,
    ],
  }
}

export function eraseCommand(driveNumber: number, full: boolean): ToolCommand {
  return { program: 'drutil', args: ['-drive', `${driveNumber}`, 'erase', full ? 'full' : 'quick'] }
}

export function trayCommand(driveNumber: number, move: 'eject' | 'load'): ToolCommand {
  return { program: 'drutil', args: ['-drive', `${driveNumber}`, 'tray', move === 'eject' ? 'eject' : 'close'] }
}

export const listCommand = (): ToolCommand => ({ program: 'drutil', args: ['list'] })
export const statusCommand = (driveNumber: number): ToolCommand => ({ program: 'drutil', args: ['-drive', `${driveNumber}`, 'status'] })
export const burnersCommand = (): ToolCommand => ({ program: 'hdiutil', args: ['burn', '-list'] })
