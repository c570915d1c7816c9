/** Makes tracks of what a description says, after looking whether the stored sectors are like that. */
import { noTrackFlags, type TrackFlags, type TrackMode } from '../../shared/container.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import { type SectorLayout, strideOf, type Track } from './container.ts'
import { FORM_2_BYTES, hasVolumeAt, headerLba, lookAtRawSector, MODE_2_BYTES, RAW_SECTOR_BYTES } from './sector-layout.ts'

/** What is known of a track besides its sectors; left out, it is as of most tracks. */
export interface TrackDraft {
  readonly number: number
  readonly session: number
  readonly mode: TrackMode
  readonly layout: SectorLayout
  readonly startLba: number
  readonly stored: ByteSource
  readonly storedPregap?: ByteSource | null
  readonly pregapSectors?: number
  readonly postgapSectors?: number
  readonly indexes?: readonly number[]
  readonly flags?: TrackFlags
  readonly isrc?: string | null
  readonly title?: string | null
  readonly performer?: string | null
  readonly isBigEndian?: boolean
}

/** The track as it is stored: what is seen there is believed over what was said of it, and noted. */
export function makeTrack(draft: TrackDraft, log: FindingLog): Track {
  const { mode, layout } = draft.mode === 'audio' ? draft : seenLayout(draft, log)
  const strideBytes = strideOf(layout)
  const seenLba = mode === 'audio' ? null : recordedStart(draft.stored, layout)
  if (draft.stored.sizeBytes % strideBytes !== 0) {
    log.add('partial-track', 'damaged', `Track ${draft.number} ends within a sector; the image is probably cut off.`)
  }
  return {
    number: draft.number,
    session: draft.session,
    mode,
    layout,
    startLba: seenLba ?? draft.startLba,
    lengthSectors: Math.ceil(draft.stored.sizeBytes / strideBytes),
    pregapSectors: draft.pregapSectors ?? 0,
    postgapSectors: draft.postgapSectors ?? 0,
    indexes: draft.indexes ?? [],
    flags: draft.flags ?? noTrackFlags,
    isrc: draft.isrc ?? null,
    title: draft.title ?? null,
    performer: draft.performer ?? null,
    stored: draft.stored,
    storedPregap: draft.storedPregap ?? null,
    isBigEndian: draft.isBigEndian ?? false,
  }
}

/** What the sectors look like; what was said where they look like nothing, as those of a track of zeros. */
function seenLayout(draft: TrackDraft, log: FindingLog): Pick<TrackDraft, 'mode' | 'layout'> {
  const { stored, layout, mode } = draft
  if (layout.sectorBytes === RAW_SECTOR_BYTES) {
    const first = readUpTo(stored, 0, RAW_SECTOR_BYTES)
    const seen = lookAtRawSector(first, layout.subchannelBytes)
    if (seen !== null) {
      if (seen.mode !== mode) noteMode(draft, log, seen.mode)
      return seen
    }
    return { mode, layout }
  }
  // Some programs call 2,336 bytes of mode 2 by the length of the data in them.
  const isXa = layout.sectorBytes === MODE_2_BYTES && hasVolumeAt(stored, strideOf(layout), 0)
  if (isXa) return { mode, layout: { ...layout, dataOffsetBytes: 0 } }
  const asRaw = lookAtRawSector(readUpTo(stored, 0, RAW_SECTOR_BYTES), 0)
  if (asRaw !== null && !hasVolumeAt(stored, strideOf(layout), layout.dataOffsetBytes)) {
    noteMode(draft, log, 'whole')
    return asRaw
  }
  return { mode: layout.sectorBytes === FORM_2_BYTES ? 'mode2' : mode, layout }
}

function noteMode({ number }: TrackDraft, log: FindingLog, seen: TrackMode | 'whole'): void {
  const message =
    seen === 'whole'
      ? `Track ${number} is not what the description says: its sectors are whole ones of ${RAW_SECTOR_BYTES} bytes, which was believed.`
      : seen === 'mode1'
        ? `Track ${number} is not what the description says: its sectors are of mode 1, which was believed.`
        : `Track ${number} is not what the description says: its sectors are of mode 2, which was believed.`
  log.add('track-mode-wrong', 'suspicious', message)
}

/** Address of a raw track's first sector when its last one agrees; null for anything else. */
function recordedStart(stored: ByteSource, layout: SectorLayout): number | null {
  if (layout.sectorBytes !== RAW_SECTOR_BYTES) return null
  const strideBytes = strideOf(layout)
  const last = Math.floor(stored.sizeBytes / strideBytes) - 1
  if (last < 0) return null
  const addresses = [0, last].map((sector) => headerLba(readUpTo(stored, sector * strideBytes, RAW_SECTOR_BYTES)))
  const [first, end] = addresses
  return first !== null && first !== undefined && first >= 0 && end === first + last ? first : null
}
