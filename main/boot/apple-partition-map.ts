/** The Apple partition map (Inside Macintosh: Devices, SCSI Manager): a driver descriptor, then one block for each partition. */
import { raw, reserved, text, u16be, u32be } from '../bytes/field-types.ts'
import { structure } from '../bytes/structure.ts'

export const DRIVER_DESCRIPTOR_SIGNATURE = 'ER'
export const PARTITION_MAP_SIGNATURE = 'PM'

export const DriverDescriptor = structure('Driver Descriptor Record', 'Inside Macintosh: Devices 3-22 (Block0)', {
  signature: text(2),
  blockBytes: u16be,
  blockCount: u32be,
  deviceType: u16be,
  deviceId: u16be,
  driverData: u32be,
  driverCount: u16be,
  drivers: raw(494),
})

export const ApplePartitionEntry = structure('Partition Map Entry', 'Inside Macintosh: Devices 3-26 (Partition)', {
  signature: text(2),
  reserved2: reserved(2),
  mapEntryCount: u32be,
  firstBlock: u32be,
  blockCount: u32be,
  name: raw(32),
  type: raw(32),
  dataStartBlock: u32be,
  dataBlockCount: u32be,
  status: u32be,
  bootStartBlock: u32be,
  bootSizeBytes: u32be,
  bootAddress: u32be,
  bootAddress2: u32be,
  bootEntryPoint: u32be,
  bootEntryPoint2: u32be,
  bootChecksum: u32be,
  processor: raw(16),
  reserved136: reserved(376),
})
