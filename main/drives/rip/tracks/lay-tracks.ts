/** Lays the tracks that were read one behind the other into a BIN file, as a CUE sheet describes them. */
import { createHash } from 'node:crypto'
import { closeSync, fsync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type { JobControl } from '../../../../shared/job.ts'
import { alignedBuffer } from '../../../bytes/aligned-buffer.ts'
import type { ByteSource } from '../../../bytes/byte-source.ts'
import { writeFully } from '../../../bytes/sequential-writer.ts'
import { type Container, isData, strideOf, type Track } from '../../../containers/container.ts'
import type { CueTrack } from '../../../containers/cue/write-cue-sheet.ts'
import { faultOf } from '../../../containers/sector-codes.ts'
import { RAW_SECTOR_BYTES } from '../../../containers/sector-layout.ts'
import { outputProblem } from '../../../output/output-problems.ts'

const SECTORS_AT_ONCE = 64

export interface LaidTracks {
  readonly tracks: readonly CueTrack[]
  readonly sizeBytes: number
  readonly sha256: string
  /** Sectors of data whose codes are wrong: what was read of them is not what is on the disc. */
  readonly badSectors: readonly number[]
}

export async function layTracks(container: Container, binPath: string, control: JobControl): Promise<LaidTracks> {
  const bin = new Bin(
    binPath,
    control,
    container.tracks.reduce((sum, track) => sum + storedBytes(track), 0),
  )
  const tracks: CueTrack[] = []
  try {
    for (const track of container.tracks) tracks.push(await layTrack(track, bin))
    return { tracks, ...(await bin.finish()) }
  } finally {
    bin.close()
  }
}

const storedBytes = ({ stored, storedPregap }: Track): number => stored.sizeBytes + (storedPregap?.sizeBytes ?? 0)

async function layTrack(track: Track, bin: Bin): Promise<CueTrack> {
  const { number, mode, flags, isrc, title, performer, pregapSectors, storedPregap, indexes } = track
  const gapSector = storedPregap === null ? null : bin.sector
  if (storedPregap !== null) await bin.append(storedPregap, track)
  const startSector = bin.sector
  const silentSectors = pregapSectors - (gapSector === null ? 0 : startSector - gapSector)
  await bin.append(track.stored, track)
  const indexSectors = indexes.map((index) => startSector + index)
  const sectorBytes = strideOf(track.layout)
  return { number, mode, sectorBytes, flags, isrc, title, performer, silentSectors, gapSector, startSector, indexSectors }
}

class Bin {
  readonly #path: string
  readonly #control: JobControl
  readonly #totalBytes: number
  readonly #fd: number
  readonly #hash = createHash('sha256')
  readonly #buffer = alignedBuffer(SECTORS_AT_ONCE * RAW_SECTOR_BYTES)
  readonly #badSectors: number[] = []
  #atBytes = 0

  constructor(path: string, control: JobControl, totalBytes: number) {
    this.#path = path
    this.#control = control
    this.#totalBytes = totalBytes
    try {
      this.#fd = openSync(path, 'wx')
    } catch (error) {
      throw outputProblem(path, error)
    }
  }

  /** How many are there. All sectors of the file have one length. */
  get sector(): number {
    return this.#atBytes / RAW_SECTOR_BYTES
  }

  async append(source: ByteSource, track: Track): Promise<void> {
    for (let at = 0; at < source.sizeBytes; ) {
      const piece = this.#buffer.subarray(0, Math.min(this.#buffer.length, source.sizeBytes - at))
      const got = source.read(at, piece)
      if (got === 0) return
      this.#take(piece.subarray(0, got), track)
      at += got
      const doneBytes = this.#atBytes
      this.#control.progress({ phase: 'write', doneBytes, totalBytes: this.#totalBytes, doneItems: track.number, current: null })
      await this.#control.checkpoint()
    }
  }

  #take(bytes: Buffer, track: Track): void {
    // A BIN file has the low byte of samples first.
    if (track.isBigEndian) bytes.swap16()
    if (isData(track)) this.#noteFaults(bytes)
    try {
      writeFully(this.#fd, bytes, this.#atBytes)
    } catch (error) {
      throw outputProblem(this.#path, error)
    }
    this.#hash.update(bytes)
    this.#atBytes += bytes.length
  }

  /** The codes that stand in each sector of data say whether it was read right. */
  #noteFaults(bytes: Buffer): void {
    for (let at = 0; at + RAW_SECTOR_BYTES <= bytes.length; at += RAW_SECTOR_BYTES) {
      const sector = bytes.subarray(at, at + RAW_SECTOR_BYTES)
      const fault = faultOf(sector)
      // Wrong parity alone leaves the data as they were.
      if (fault !== null && fault !== 'ecc') this.#badSectors.push(Math.floor((this.#atBytes + at) / RAW_SECTOR_BYTES))
    }
  }

  async finish(): Promise<Omit<LaidTracks, 'tracks'>> {
    try {
      await promisify(fsync)(this.#fd)
    } catch (error) {
      throw outputProblem(this.#path, error)
    }
    return { sizeBytes: this.#atBytes, sha256: this.#hash.digest('hex'), badSectors: this.#badSectors }
  }

  close(): void {
    closeSync(this.#fd)
  }
}
