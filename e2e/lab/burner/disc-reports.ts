/** What the drive tells about the disc: its state and its tracks (MMC-6, 6.22, 6.27). */
import { be16, be32, withLength16, zeros } from './bytes.ts'
import { type Disc, discStatus } from './disc.ts'
import { profiles } from './disc-kinds.ts'
import type { DiscTrack } from './disc-track.ts'
import { invalidField } from './sense.ts'
import { cdLimits } from './table-of-contents.ts'

/** Background format of a DVD+RW: complete. */
const FORMAT_COMPLETE = 3
const UNRESTRICTED = 0x20

/** READ DISC INFORMATION. */
export function discInformation(disc: Disc): Buffer {
  const { status } = disc
  const tracks = disc.isSequential ? disc.sessionTracks : []
  const first = tracks[0]?.number ?? 1
  const last = tracks.at(-1)?.number ?? first
  const background = disc.profile === profiles.dvdPlusRw && disc.isFormatted ? FORMAT_COMPLETE : 0
  const limits = disc.type.isCd && !disc.isFinalized ? cdLimits(disc) : null
  return withLength16([
    ...[(disc.type.isErasable ? 0x10 : 0) | (status.session << 2) | status.disc, 1, disc.isSequential ? disc.session & 255 : 1],
    ...[first & 255, last & 255, UNRESTRICTED | background, 0, 0, first >> 8, last >> 8, ...zeros(4)],
    ...(limits === null ? new Array(8).fill(255) : [...limits.leadIn, ...limits.leadOut]),
    ...zeros(10),
  ])
}

type ToldTrack = Pick<DiscTrack, 'number' | 'session' | 'startBlock' | 'sizeBlocks' | 'nextBlock' | 'state' | 'isAudio' | 'writtenEndBlock'>

export interface TrackQuestion {
  /** 0: the track at a block · 1: by number, 0xff for the open one · 2: the first of a session. */
  readonly by: number
  readonly value: number
}

/** READ TRACK INFORMATION. */
export function trackInformation(disc: Disc, question: TrackQuestion): Buffer {
  const track = disc.isSequential ? findTrack(disc, question) : wholeDisc(disc, question)
  if (track === undefined) throw invalidField()
  const { number, session, startBlock, nextBlock, state, isAudio, writtenEndBlock } = track
  const isComplete = state === 'complete'
  const hasBegun = isComplete || nextBlock > startBlock
  const sizeBlocks = isComplete || state === 'reserved' ? track.sizeBlocks : disc.blocks - startBlock
  const freeBlocks = isComplete ? 0 : startBlock + sizeBlocks - nextBlock
  const isWritable = !isComplete && disc.isSequential
  const isIncremental = isWritable && !disc.type.isCd && disc.profile !== profiles.bdR && state === 'open'
  const lastBlock = isComplete ? writtenEndBlock : nextBlock
  return withLength16([
    ...[number & 255, session & 255, 0, isAudio ? 0 : 4],
    (state === 'reserved' ? 0x80 : 0) | (hasBegun ? 0 : 0x40) | (isIncremental ? 0x20 : 0) | (isAudio ? 0x0f : 1),
    (hasBegun ? 2 : 0) | (isWritable ? 1 : 0),
    ...[...be32(startBlock), ...be32(isWritable ? nextBlock : 0), ...be32(freeBlocks), ...be32(disc.type.eccBlocks), ...be32(sizeBlocks)],
    ...[...be32(hasBegun ? lastBlock - 1 : 0), ...zeros(16)],
  ])
}

function findTrack(disc: Disc, { by, value }: TrackQuestion): ToldTrack | undefined {
  if (by === 0) return disc.trackAt(value)
  if (by === 2) return disc.tracks.find(({ session }) => session === value)
  return value === 0xff ? disc.openTrack : disc.tracks[value - 1]
}

/** A disc written in place is one track. */
function wholeDisc(disc: Disc, { by, value }: TrackQuestion): ToldTrack | undefined {
  if (by === 1 && value > 1) return undefined
  const sizeBlocks = disc.isFormatted ? disc.formattedBlocks : disc.blocks
  const state = disc.isFormatted ? 'complete' : 'open'
  const nextBlock = disc.isFormatted ? sizeBlocks : 0
  return { number: 1, session: 1, startBlock: 0, sizeBlocks, nextBlock, writtenEndBlock: sizeBlocks, state, isAudio: false }
}

/** READ FORMAT CAPACITIES (MMC-6, 6.23); `null` for an empty drive. */
export function formatCapacities(disc: Disc | null): Buffer {
  if (disc === null) return Buffer.from([0, 0, 0, 8, 0, 0xb7, 0x20, 0, 3, 0, 8, 0])
  const isFormatted = disc.isSequential ? disc.status.disc !== discStatus.empty : disc.isFormatted
  const current = [...be32(isFormatted ? disc.endBlock || disc.blocks : disc.blocks), isFormatted ? 2 : 1, 0, 8, 0]
  const rows = formatRows(disc).flatMap(([blocks, type, parameter]) => [
    ...be32(blocks),
    type << 2,
    (parameter >> 16) & 255,
    ...be16(parameter & 0xffff),
  ])
  return Buffer.from([0, 0, 0, 8 + rows.length, ...current, ...rows])
}

type FormatRow = readonly [blocks: number, type: number, parameter: number]
/** Blocks that BD-R keeps in reserve when it is formatted. */
const BD_R_SPARE_BLOCKS = 393_216

function formatRows({ profile, blocks, type }: Disc): readonly FormatRow[] {
  const spared = blocks - (type.spareBlocks ?? 0)
  const rows: Readonly<Record<number, readonly FormatRow[]>> = {
    [profiles.dvdRam]: [
      [blocks, 0x00, 2048],
      [blocks, 0x01, 2048],
    ],
    [profiles.restrictedOverwrite]: [
      [blocks, 0x00, 16],
      [blocks, 0x10, 16],
      [0, 0x13, 16],
      [blocks, 0x15, 16],
    ],
    [profiles.dvdRw]: [
      [blocks, 0x00, 16],
      [blocks, 0x10, 16],
      [blocks, 0x15, 16],
    ],
    [profiles.dvdPlusRw]: [[blocks, 0x26, 0]],
    [profiles.bdR]: [
      [blocks - BD_R_SPARE_BLOCKS, 0x00, 0x1800],
      [blocks, 0x32, 0],
    ],
    [profiles.bdRe]: [
      [spared, 0x00, 2048],
      [spared, 0x30, 0x1800],
      [blocks, 0x31, 2048],
    ],
  }
  return rows[profile] ?? []
}
