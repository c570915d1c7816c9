/** Words for QEMU that give a guest drives; their media are files of the host. */

/** `sectors` of 2048 bytes. */
export interface DiscFaults {
  /** Give a medium error, as a scratched disc does. */
  readonly unreadable?: readonly number[]
}

/** blkdebug counts in these. */
const DISK_SECTORS_PER_BLOCK = 4
/** Becomes "medium error, unrecovered read error"; other numbers become errors that no disc gives. */
const ENODATA = 61

/** A SCSI drive that can't write, with this image as its disc. Several drives need ids of their own. */
export function opticalDrive(image: string, { unreadable = [] }: DiscFaults = {}, id = 'cd0'): string[] {
  const file = { driver: 'file', filename: image, 'node-name': `${id}-file`, 'read-only': true }
  const errors = unreadable.map((lba) => ({
    event: 'none',
    iotype: 'read',
    errno: ENODATA,
    sector: lba * DISK_SECTORS_PER_BLOCK,
    once: false,
  }))
  const faults = {
    driver: 'blkdebug',
    image: file['node-name'],
    'node-name': `${id}-disc`,
    'read-only': true,
    ...(errors.length > 0 && { 'inject-error': errors }),
  }
  return [
    ...['-blockdev', JSON.stringify(file), '-blockdev', JSON.stringify(faults)],
    ...['-device', `virtio-scsi-pci,id=${id}-bus`, '-device', `scsi-cd,bus=${id}-bus.0,drive=${id}-disc,vendor=LAB,product=DISC-DRIVE`],
  ]
}

/** A removable USB stick whose bytes are this file. */
export function usbStick(file: string, id = 'stick0'): string[] {
  const drive = { driver: 'raw', 'node-name': `${id}-drive`, file: { driver: 'file', filename: file } }
  return [
    ...['-blockdev', JSON.stringify(drive)],
    ...['-device', `qemu-xhci,id=${id}-bus`, '-device', `usb-storage,bus=${id}-bus.0,drive=${id}-drive,removable=on`],
  ]
}
