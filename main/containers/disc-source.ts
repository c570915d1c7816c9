/** The data tracks of a disc with every sector at its address on the disc, as file systems of several tracks count. */
import { MOST_DISC_SECTORS } from '../../shared/limits.ts'
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
  const base = baseLba(user)
  const mostSectors = MOST_DISC_SECTORS[container.medium === 'dvd' ? 'dvd' : 'cd']
  const reachable = container.tracks.filter(({ startLba }) => startLba <= mostSectors)
  if (base > 0 && base <= mostSectors && track.startLba > 0) {
    const placed = [...reachable.filter((other) => other !== track), { ...track, startLba: base }]
    return { source: new DiscSource(placed), startLba: base }
  }
  const isFirstOfSeveral = others.length > 0 && track.startLba === 0
  return { source: isFirstOfSeveral ? new DiscSource(reachable) : user, startLba: 0 }
}

/** A root directory says its own address first. Where it lies in the track tells what address the track begins at; 0 for a track that counts from itself. */
function baseLba(user: ByteSource): number {
  const rootLba = addressAt(user, DESCRIPTORS_BYTES + ROOT_LBA_AT)
  if (rootLba === null || isRootAt(user, rootLba, rootLba)) return 0
  for (let sector = DESCRIPTORS_BYTES / DATA_BYTES; sector < MAX_SECTORS_BEFORE_ROOT; sector++) {
    if (isRootAt(user, sector, rootLba)) return rootLba - sector
  }
  return 0
}

/** Path tables lie between the descriptors and the root: more than any have. */
const MAX_SECTORS_BEFORE_ROOT = 4096

/** Whether a directory's record of itself stands at a sector, with both forms of its address (ECMA-119 9.1.3). */
function isRootAt(user: ByteSource, sector: number, rootLba: number): boolean {
  const record = readUpTo(user, sector * DATA_BYTES, LEAST_RECORD_BYTES)
  if (record.length < LEAST_RECORD_BYTES || record.readUInt8() < LEAST_RECORD_BYTES) return false
  return record.readUInt32LE(2) === rootLba && record.readUInt32BE(6) === rootLba
}

const LEAST_RECORD_BYTES = 34
/** ECMA-119 8.4.18 and 9.1.3. */
const DESCRIPTORS_BYTES = 16 * DATA_BYTES
const ROOT_LBA_AT = 156 + 2

function addressAt(user: ByteSource, offsetBytes: number): number | null {
  const address = readUpTo(user, offsetBytes, 4)
  return address.length < 4 ? null : address.readUInt32LE()
}
