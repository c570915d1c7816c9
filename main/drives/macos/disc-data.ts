/** Where the data of a disc is to be read on macOS: a pure decision over what diskutil says. */
import { type DiskInfo, type ListedDisk, sizeOf } from './disk-facts.ts'

const SECTOR_BYTES = 2048
/** Of a track of audio. */
const AUDIO = 'CD_DA'

export interface DiscData {
  /** Read around the system's cache: `/dev/rdisk4`, `/dev/rdisk4s1`. */
  readonly path: string
  readonly sizeBytes: number
  readonly sectorBytes: number
  readonly label: string | null
}

/**
 * A whole CD gives its sectors raw, 2,352 bytes each, and its tracks as if they were partitions; of DVDs and Blu-ray discs
 * the whole is the data. Null when there are only tracks of audio.
 */
export function discDataOf(info: DiskInfo, listed: ListedDisk | null): DiscData | null {
  const volumes = [...(listed?.Partitions ?? []), ...(listed === null ? [] : [listed])]
  const label = [info.VolumeName, ...volumes.map(({ VolumeName }) => VolumeName)].find((name) => name !== '') ?? null
  const at = (device: string, sizeBytes: number) => ({ path: `/dev/r${device}`, sizeBytes, sectorBytes: SECTOR_BYTES, label })
  if (info.DeviceBlockSize === SECTOR_BYTES) return at(info.DeviceIdentifier, sizeOf(info))
  const track = listed?.Partitions.find(({ Content, DeviceIdentifier }) => Content !== AUDIO && /^disk\d+s\d+$/.test(DeviceIdentifier))
  return track === undefined ? null : at(track.DeviceIdentifier, track.Size)
}
