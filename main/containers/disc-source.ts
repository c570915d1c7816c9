/** The data tracks of a disc with every sector at its address on the disc, as file systems of several tracks count. */
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import { type Container, isData, type Track } from './container.ts'
import { DATA_BYTES } from './sector-layout.ts'
import { trackUserData } from './track-data.ts'

interface Part {
  readonly startBytes: number
  readonly data: ByteSource
}

/** Zeros where there is no data track. */
export class DiscSource implements ByteSource {
  readonly sizeBytes: number
  readonly #parts: readonly Part[]

  constructor(tracks: readonly Track[]) {
    this.#parts = tracks
      .filter((track) => isData(track) && track.startLba >= 0)
      .map((track) => ({ startBytes: track.startLba * DATA_BYTES, data: trackUserData(track) }))
      .sort((a, b) => a.startBytes - b.startBytes)
    this.sizeBytes = Math.max(0, ...this.#parts.map(({ startBytes, data }) => startBytes + data.sizeBytes))
  }

  read(offsetBytes: number, target: Uint8Array): number {
    const available = Math.max(0, Math.min(target.length, this.sizeBytes - offsetBytes))
    target.fill(0, 0, available)
    for (const { startBytes, data } of this.#parts) {
      const from = Math.max(offsetBytes, startBytes)
      const to = Math.min(offsetBytes + available, startBytes + data.sizeBytes)
      if (from >= to) continue
      const got = data.read(from - startBytes, target.subarray(from - offsetBytes, to - offsetBytes))
      if (got < to - from) return from - offsetBytes + got
    }
    return available
  }

  close(): void {}
}

/** What a file system is read from: a track, or the disc where it counts from the disc's beginning. */
export interface FileSystemPlace {
  readonly source: ByteSource
  /** Where its descriptors' track begins in the source; 0 for what is like any image. */
  readonly startLba: number
}

/** Where the file system of a track is to be read. */
export function fileSystemPlace(container: Container, track: Track): FileSystemPlace {
  const others = container.tracks.filter((other) => isData(other) && other !== track)
  const user = trackUserData(track)
  if (track.startLba <= 0) {
    return others.length === 0 || track.startLba < 0
      ? { source: user, startLba: 0 }
      : { source: new DiscSource(container.tracks), startLba: 0 }
  }
  const disc = countsFromDisc(user, track.startLba)
  return disc ? { source: new DiscSource(container.tracks), startLba: track.startLba } : { source: user, startLba: 0 }
}

/** A root directory says its own address first: as it is counted on the disc, or in the track. */
function countsFromDisc(user: ByteSource, startLba: number): boolean {
  const rootLba = readUpTo(user, DESCRIPTORS_BYTES + ROOT_LBA_AT, 4)
  if (rootLba.length < 4) return false
  const lba = rootLba.readUInt32LE()
  return lba >= startLba && ownAddress(user, lba - startLba) === lba && ownAddress(user, lba) !== lba
}

/** ECMA-119 8.4.18 and 9.1.3. */
const DESCRIPTORS_BYTES = 16 * DATA_BYTES
const ROOT_LBA_AT = 156 + 2

function ownAddress(user: ByteSource, sector: number): number | null {
  const address = readUpTo(user, sector * DATA_BYTES + 2, 4)
  return address.length < 4 ? null : address.readUInt32LE()
}
