import type { Track } from '../../../containers/container.ts'
import type { ByteRange } from '../rescue-map.ts'

/** Where user data of tracks lie on the disc, without so many sectors at the end of each. */
export function sectorRanges(
  tracks: readonly Pick<Track, 'startLba' | 'lengthSectors'>[],
  withoutSectors: number,
  sectorBytes: number,
): ByteRange[] {
  return tracks
    .map(({ startLba, lengthSectors }) => ({ startLba, endLba: startLba + Math.max(0, lengthSectors - withoutSectors) }))
    .filter(({ startLba, endLba }) => endLba > startLba)
    .map(({ startLba, endLba }) => ({ startBytes: startLba * sectorBytes, endBytes: endLba * sectorBytes }))
}
