/** The commands that burn, erase and move trays on macOS: pure text, tested as such. */
import { singleSpeedOf } from '../../../shared/drives.ts'
import type { BurnOrder } from '../drive-adapter.ts'
import type { ToolCommand } from '../run-tool.ts'

export type MacosBurn = Pick<BurnOrder, 'imagePath' | 'kilobytesPerSecond' | 'simulate'> & {
  readonly medium: Pick<BurnOrder['medium'], 'kind'>
  /** As drutil counts them. */
  readonly driveNumber: number
  /** hdiutil tells how far it is, but takes the only drive that there is. */
  readonly isOnlyDrive: boolean
}

export function burnCommand({ driveNumber, isOnlyDrive, imagePath, kilobytesPerSecond, simulate, medium }: MacosBurn): ToolCommand {
  const speed = kilobytesPerSecond === null ? [] : ['-speed', `${Math.max(1, Math.round(kilobytesPerSecond / singleSpeedOf(medium.kind)))}`]
  const path = imagePath ?? ''
  // The disc is compared by us, and stays in the drive for it.
  if (isOnlyDrive)
    return {
      program: 'hdiutil',
      args: ['burn', path, '-puppetstrings', '-noverifyburn', '-noeject', ...(simulate ? ['-testburn'] : []), ...speed],
    }
  return {
    program: 'drutil',
    args: ['-drive', `${driveNumber}`, 'burn', '-noverify', '-mount', ...(simulate ? ['-test'] : []), ...speed, path],
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
