/** Disks of macOS as targets, from what diskutil says: pure, and on the safe side where it says nothing. */
import type { FlashTarget } from '../../../../shared/drives.ts'
import { type DiskInfo, type ListedDisk, type ListedVolume, sizeOf, wholeDiskOf } from '../../macos/disk-facts.ts'

/** Real disks that APFS containers lie on hold what is mounted from these. */
export function targetOf(info: DiskInfo, disks: readonly ListedDisk[]): FlashTarget {
  const own = disks.filter(
    ({ DeviceIdentifier, APFSPhysicalStores }) =>
      DeviceIdentifier === info.DeviceIdentifier ||
      APFSPhysicalStores.some((store) => wholeDiskOf(store.DeviceIdentifier) === info.DeviceIdentifier),
  )
  const volumes = own.flatMap((disk) => [disk, ...disk.Partitions, ...disk.APFSVolumes])
  return {
    path: `/dev/${info.DeviceIdentifier}`,
    vendor: '',
    model: info.MediaName,
    serial: '',
    sizeBytes: sizeOf(info),
    connection: info.BusProtocol.toLowerCase(),
    isRemovable: info.RemovableMediaOrExternalDevice && !info.SystemImage,
    isReadOnly: !info.WritableMedia,
    mountPoints: volumes.flatMap(mountPointsOf),
    labels: volumes.map(({ VolumeName }) => VolumeName).filter((name) => name !== ''),
  }
}

function mountPointsOf({ MountPoint, MountedSnapshots }: ListedVolume): string[] {
  const points = [MountPoint, ...MountedSnapshots.map(({ SnapshotMountPoint }) => SnapshotMountPoint)]
  return points.filter((point) => point !== undefined && point !== '') as string[]
}

/** Real disks that are no discs: what APFS makes up and disk images are no targets. */
export const isDisk = ({ VirtualOrPhysical, OpticalMediaType }: DiskInfo): boolean =>
  VirtualOrPhysical !== 'Virtual' && OpticalMediaType === undefined

/** The real disk under a device, through an APFS container; null when it can't be told. */
export function diskUnder(device: string, disks: readonly ListedDisk[]): string | null {
  const whole = wholeDiskOf(device)
  const listed = disks.find(({ DeviceIdentifier }) => DeviceIdentifier === whole)
  if (listed === undefined) return null
  const store = listed.APFSPhysicalStores[0]
  return `/dev/${store === undefined ? whole : wholeDiskOf(store.DeviceIdentifier)}`
}
