/** Disks of Windows as targets, from what its Storage module says: pure. */
import { win32 } from 'node:path'
import type { FlashTarget } from '../../../../shared/drives.ts'
import type { EventOf } from '../../windows/script-events.ts'

/** Connections (MSFT_Disk, BusType) whose disks are made to be taken away; all others belong to the computer. */
const REMOVABLE = ['USB', '1394', 'SD', 'MMC']
const DISK_PATH = /^\\\\\.\\PhysicalDrive(\d+)$/i

/** As people and programs name it. */
export const diskPath = (number: number): string => `\\\\.\\PhysicalDrive${number}`

/** Null for what names no disk. */
export function diskNumber(path: string): number | null {
  const number = DISK_PATH.exec(path)?.[1]
  return number === undefined ? null : Number(number)
}

export function targetOf({ number, model, serial, sizeBytes, bus, isSystem, isReadOnly, letters, labels }: EventOf<'disk'>): FlashTarget {
  return {
    path: diskPath(number),
    vendor: '',
    model,
    serial,
    sizeBytes,
    connection: bus.toLowerCase(),
    isRemovable: REMOVABLE.includes(bus),
    isReadOnly,
    mountPoints: [...(isSystem ? ['[SYSTEM]'] : []), ...letters.map((letter) => `${letter}\\`)],
    labels,
  }
}

/** The disk that a file lies on, by its letter; null when it can't be told, as on shares. */
export function diskHolding(filePath: string, disks: readonly EventOf<'disk'>[]): string | null {
  const letter = win32.parse(win32.resolve(filePath)).root.slice(0, 2).toUpperCase()
  const disk = disks.find(({ letters }) => letters.includes(letter))
  return disk === undefined ? null : diskPath(disk.number)
}
