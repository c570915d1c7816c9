/** How much of a medium is data. Drives count more: padding to whole error correction blocks, run-out, unused space. */

/**
 * Sectors that a recorder may put behind the last one of the data and count as readable: the gap of 150 that some
 * programs pad with, an error correction block of at most 32, the two run-out blocks of a CD written track-at-once.
 */
const LARGEST_TAIL_SECTORS = 150 + 32 + 2

export interface MediumExtent {
  /** What the drive gives as the medium's size. */
  readonly capacityBytes: number
  readonly sectorBytes: number
  /** Where the volumes on it end; null when none is known. */
  readonly volumeEndBytes: number | null
  /** Whether the medium is written in place, so that its size says nothing of what is on it. */
  readonly isOverwritable: boolean
}

export interface DataLength {
  readonly lengthBytes: number
  /** `volume`: up to the end of the volume, the rest is padding or unused; `medium`: everything that the drive gives. */
  readonly upTo: 'volume' | 'medium'
}

/** On a medium written in sessions, a volume that ends early may have others behind it: then everything counts. */
export function dataLength({ capacityBytes, sectorBytes, volumeEndBytes, isOverwritable }: MediumExtent): DataLength {
  const isVolumeAll = volumeEndBytes !== null && (isOverwritable || capacityBytes - volumeEndBytes <= LARGEST_TAIL_SECTORS * sectorBytes)
  return isVolumeAll ? { lengthBytes: volumeEndBytes, upTo: 'volume' } : { lengthBytes: capacityBytes, upTo: 'medium' }
}

/** A CD written track-at-once ends in sectors that hold nothing and can't be read, and are counted all the same. */
const RUN_OUT_SECTORS = 2

/**
 * The length without run-out: where the last sectors of a medium, and only those, could not be read and no volume claims
 * them, they are not missing data.
 */
export function withoutRunOut(lengthBytes: number, sectorBytes: number, volumeEnd: number | null, lastUnreadBytes: number): number {
  const isRunOut = lastUnreadBytes > 0 && lastUnreadBytes <= RUN_OUT_SECTORS * sectorBytes
  const cutBytes = lengthBytes - lastUnreadBytes
  return isRunOut && (volumeEnd === null || volumeEnd <= cutBytes) ? cutBytes : lengthBytes
}
