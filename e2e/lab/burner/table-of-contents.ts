/** READ TOC/PMA/ATIP (MMC-6, 6.25). */
import { be32, withLength16, zeros } from './bytes.ts'
import { timeOf } from './cd-time.ts'
import type { Disc } from './disc.ts'
import type { DiscTrack } from './disc-track.ts'
import { invalidField } from './sense.ts'

/** 97:26:66, where the lead-ins of many CD-Rs start. */
const LEAD_IN_BLOCK = -11_634
const LEAD_OUT = 0xaa

export interface TocQuestion {
  /** 0 tracks · 1 sessions · 2 full · 3 PMA · 4 ATIP · 5 CD-TEXT. */
  readonly format: number
  /** Times instead of block numbers. */
  readonly inTime: boolean
  readonly startTrack: number
}

export function tableOfContents(disc: Disc, question: TocQuestion): Buffer {
  const { format } = question
  if (format > 1 && !disc.type.isCd) throw invalidField()
  if (format === 3) return withLength16([1, 1])
  if (format === 4) return atip(disc)
  if (format === 5) return withLength16([0, 0])
  const tracks = listedTracks(disc)
  const last = tracks.at(-1)
  if (last === undefined) throw invalidField()
  if (format === 0) return trackList(tracks, last, question)
  if (format === 1) return lastSession(tracks, last, question.inTime)
  if (format === 2) return fullToc(disc, tracks)
  throw invalidField()
}

type ListedTrack = Pick<DiscTrack, 'number' | 'session' | 'startBlock' | 'sizeBlocks' | 'isAudio'>

/** A disc without sessions shows all of itself as one track. */
function listedTracks(disc: Disc): readonly ListedTrack[] {
  if (disc.isSequential) return disc.completeTracks
  return disc.endBlock === 0 ? [] : [{ number: 1, session: 1, startBlock: 0, sizeBlocks: disc.endBlock, isAudio: false }]
}

const addressOf = (lba: number, inTime: boolean): number[] => (inTime ? [0, ...timeOf(lba)] : be32(lba))
/** ADR 1, and CONTROL: 4 for data. */
const controlOf = ({ isAudio }: Pick<ListedTrack, 'isAudio'>): number => 0x10 | (isAudio ? 0 : 4)
const endOf = ({ startBlock, sizeBlocks }: ListedTrack): number => startBlock + sizeBlocks

function trackList(tracks: readonly ListedTrack[], last: ListedTrack, { startTrack, inTime }: TocQuestion): Buffer {
  if (startTrack > last.number && startTrack !== LEAD_OUT) throw invalidField()
  const rows = tracks
    .filter(({ number }) => number >= startTrack)
    .flatMap((track) => [0, controlOf(track), track.number, 0, ...addressOf(track.startBlock, inTime)])
  return withLength16([1, last.number, ...rows, 0, controlOf(last), LEAD_OUT, 0, ...addressOf(endOf(last), inTime)])
}

function lastSession(tracks: readonly ListedTrack[], last: ListedTrack, inTime: boolean): Buffer {
  const first = tracks.find(({ session }) => session === last.session) ?? last
  return withLength16([1, last.session, 0, controlOf(first), first.number, 0, ...addressOf(first.startBlock, inTime)])
}

/** Rows of the lead-in's Q channel, session by session (MMC-6, table 481). */
function fullToc(disc: Disc, tracks: readonly ListedTrack[]): Buffer {
  const rows: number[][] = []
  const sessions = tracks.at(-1)?.session ?? 1
  for (let session = 1; session <= sessions; session++) {
    const inside = tracks.filter((track) => track.session === session)
    const [first, last] = [inside[0], inside.at(-1)]
    if (first === undefined || last === undefined) continue
    const row = (adrControl: number, point: number, time: readonly number[], place: readonly number[]) =>
      rows.push([session, adrControl, 0, point, ...time, 0, ...place])
    row(controlOf(first), 0xa0, zeros(3), [first.number, 0, 0])
    row(controlOf(last), 0xa1, zeros(3), [last.number, 0, 0])
    row(controlOf(last), 0xa2, zeros(3), timeOf(endOf(last)))
    for (const track of inside) row(controlOf(track), track.number, zeros(3), timeOf(track.startBlock))
    const gap = disc.type.gapBlocks?.[session === 1 ? 0 : 1] ?? 0
    if (session < sessions || !disc.isFinalized) row(0x54, 0xb0, timeOf(endOf(last) + gap - 150), timeOf(disc.blocks))
    if (session === 1) row(0x54, 0xc0, [0x40, 0, 0], timeOf(LEAD_IN_BLOCK))
  }
  return withLength16([1, sessions, ...rows.flat()])
}

/** What is pressed into the groove of a recordable CD (MMC-6, table 487). */
function atip(disc: Disc): Buffer {
  const erasable = disc.type.isErasable === true
  const bytes = zeros(24)
  bytes[0] = 0xd0 | (erasable ? 1 : 0) // writing power, reference speed
  bytes[2] = 0x80 | (erasable ? 0x40 : 0) | 0x04 // the A1 values are valid
  bytes.splice(4, 3, ...timeOf(LEAD_IN_BLOCK))
  bytes.splice(8, 3, ...timeOf(disc.blocks))
  bytes.splice(12, 3, 0x24, 0x2a, 0x5a)
  return withLength16([0, 0, ...bytes])
}

/** Last possible start of a lead-in and lead-out, for READ DISC INFORMATION. */
export function cdLimits(disc: Disc): { readonly leadIn: number[]; readonly leadOut: number[] } {
  const begin = disc.session === 1 ? LEAD_IN_BLOCK : (disc.openTrack?.startBlock ?? 0) - 4650
  return { leadIn: [0, ...timeOf(begin)], leadOut: [0, ...timeOf(disc.blocks)] }
}
