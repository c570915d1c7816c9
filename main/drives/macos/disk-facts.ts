/** What `diskutil list -plist` and `diskutil info -plist` of macOS say of disks and discs. */
import * as v from 'valibot'
import type { ToolCommand } from '../run-tool.ts'
import { readPropertyList } from './property-list.ts'

export const diskutilCommands = {
  list: (): ToolCommand => ({ program: 'diskutil', args: ['list', '-plist'] }),
  /** Of one disk with all that is on it. */
  listOf: (disk: string): ToolCommand => ({ program: 'diskutil', args: ['list', '-plist', disk] }),
  info: (diskOrPath: string): ToolCommand => ({ program: 'diskutil', args: ['info', '-plist', diskOrPath] }),
  unmount: (disk: string): ToolCommand => ({ program: 'diskutil', args: ['unmountDisk', disk] }),
  mount: (disk: string): ToolCommand => ({ program: 'diskutil', args: ['mountDisk', disk] }),
}

const text = v.optional(v.string(), '')
const volume = v.object({
  DeviceIdentifier: v.string(),
  Content: text,
  Size: v.optional(v.number(), 0),
  MountPoint: v.optional(v.string()),
  VolumeName: text,
  /** The running system of today is a snapshot of a volume that is not mounted itself. */
  MountedSnapshots: v.optional(v.array(v.object({ SnapshotMountPoint: v.optional(v.string()) })), []),
})
const disk = v.object({
  ...volume.entries,
  Partitions: v.optional(v.array(volume), []),
  APFSVolumes: v.optional(v.array(volume), []),
  APFSPhysicalStores: v.optional(v.array(v.object({ DeviceIdentifier: v.string() })), []),
})
const diskList = v.object({ AllDisksAndPartitions: v.array(disk) })

export type ListedVolume = v.InferOutput<typeof volume>
export type ListedDisk = v.InferOutput<typeof disk>

/** Whole disks with what is on them, real ones and those that APFS makes up. */
export const parseDiskList = (xml: string): readonly ListedDisk[] => readPropertyList(diskList, xml)?.AllDisksAndPartitions ?? []

const diskInfo = v.object({
  DeviceIdentifier: v.string(),
  ParentWholeDisk: text,
  BusProtocol: text,
  MediaName: text,
  VolumeName: text,
  Content: text,
  /** `Virtual` for disk images and for what APFS makes up. */
  VirtualOrPhysical: text,
  /** The readers of cards in a computer say that they are inside it, as its own disk does. */
  RemovableMediaOrExternalDevice: v.optional(v.boolean(), false),
  SystemImage: v.optional(v.boolean(), false),
  WritableMedia: v.optional(v.boolean(), true),
  TotalSize: v.optional(v.number()),
  Size: v.optional(v.number(), 0),
  DeviceBlockSize: v.optional(v.number(), 512),
  /** Of discs only. */
  OpticalMediaType: v.optional(v.string()),
})

export type DiskInfo = v.InferOutput<typeof diskInfo>

/** Null when there is no such disk. */
export const parseDiskInfo = (xml: string): DiskInfo | null => readPropertyList(diskInfo, xml)

export const sizeOf = ({ TotalSize, Size }: DiskInfo): number => TotalSize ?? Size

/** `disk0` of `/dev/disk0s2`. */
export const wholeDiskOf = (device: string): string => device.replace(/^\/dev\//, '').replace(/^(disk\d+)(?:s\d+)*$/, '$1')
