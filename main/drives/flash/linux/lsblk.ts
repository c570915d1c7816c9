/** Reads what `lsblk -J -b` tells of disks (util-linux 2.33 and later). */
import type { FlashTarget } from '../../../../shared/drives.ts'

/** Asked for in this order. With NAME lsblk gives a tree, else partitions beside their disks; older versions know the last one as MOUNTPOINT. */
export const lsblkColumns = [
  'NAME',
  'PATH',
  'TYPE',
  'SIZE',
  'VENDOR',
  'MODEL',
  'SERIAL',
  'TRAN',
  'RM',
  'HOTPLUG',
  'RO',
  'LABEL',
  'MOUNTPOINTS',
]

interface Row {
  readonly path?: string
  readonly type?: string
  readonly size?: number | string | null
  readonly vendor?: string | null
  readonly model?: string | null
  readonly serial?: string | null
  readonly tran?: string | null
  readonly rm?: boolean | string
  readonly hotplug?: boolean | string
  readonly ro?: boolean | string
  readonly label?: string | null
  readonly mountpoints?: readonly (string | null)[]
  readonly mountpoint?: string | null
  readonly children?: readonly Row[]
}

/** A disk with the paths of all that is on it: partitions, encrypted and logical volumes. */
export interface ListedDisk {
  readonly target: FlashTarget
  readonly paths: readonly string[]
}

/** Disks only: no partitions by themselves, no drives for discs, no loop devices. */
export function parseLsblk(text: string): ListedDisk[] {
  const { blockdevices = [] } = JSON.parse(text) as { blockdevices?: readonly Row[] }
  return blockdevices.filter(({ type }) => type === 'disk').map(listedDisk)
}

function listedDisk(disk: Row): ListedDisk {
  const rows = [...withChildren(disk)]
  const text = (value: string | null | undefined) => (value ?? '').trim()
  return {
    paths: rows.map(({ path }) => text(path)),
    target: {
      path: text(disk.path),
      // Disks of virtual machines have a number for a vendor.
      vendor: /^0x/.test(text(disk.vendor)) ? '' : text(disk.vendor),
      model: text(disk.model),
      serial: text(disk.serial),
      sizeBytes: Number(disk.size ?? 0),
      connection:
        text(disk.tran) || (text(disk.path).startsWith('/dev/mmcblk') ? 'mmc' : text(disk.path).startsWith('/dev/vd') ? 'virtio' : ''),
      // Many USB disks and sticks are only said to be hot-plugged.
      isRemovable: isTrue(disk.rm) || isTrue(disk.hotplug),
      isReadOnly: isTrue(disk.ro),
      mountPoints: rows.flatMap(mountsOf),
      labels: rows.map(({ label }) => text(label)).filter((label) => label !== ''),
    },
  }
}

function* withChildren(row: Row): Generator<Row, void, undefined> {
  yield row
  for (const child of row.children ?? []) yield* withChildren(child)
}

/** Before version 2.37 these were texts. */
const isTrue = (value: boolean | string | undefined): boolean => value === true || value === '1'
const mountsOf = ({ mountpoints, mountpoint }: Row): string[] => (mountpoints ?? [mountpoint ?? null]).filter((mount) => mount !== null)
