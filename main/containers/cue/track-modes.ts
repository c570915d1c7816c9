/** The words of CUE sheets for what sectors of a track are. */
import type { TrackMode } from '../../../shared/container.ts'
import type { SectorLayout } from '../container.ts'
import { layoutOf, RAW_SECTOR_BYTES } from '../sector-layout.ts'

export interface SheetMode {
  readonly mode: TrackMode
  readonly layout: SectorLayout
}

const of = (mode: TrackMode, sectorBytes: number, subchannelBytes = 0): SheetMode => ({
  mode,
  layout: layoutOf(mode, sectorBytes, subchannelBytes),
})

const MODES: ReadonlyMap<string, SheetMode> = new Map([
  ['AUDIO', of('audio', RAW_SECTOR_BYTES)],
  ['CDG', of('audio', RAW_SECTOR_BYTES, 96)],
  ['MODE1/2048', of('mode1', 2048)],
  ['MODE1/2352', of('mode1', RAW_SECTOR_BYTES)],
  ['MODE1/2448', of('mode1', RAW_SECTOR_BYTES, 96)],
  ['MODE2/2048', of('mode2', 2048)],
  ['MODE2/2324', of('mode2', 2324)],
  ['MODE2/2336', of('mode2', 2336)],
  ['MODE2/2352', of('mode2', RAW_SECTOR_BYTES)],
  ['MODE2/2448', of('mode2', RAW_SECTOR_BYTES, 96)],
  ['CDI/2336', of('mode2', 2336)],
  ['CDI/2352', of('mode2', RAW_SECTOR_BYTES)],
])

/** Null for words that nobody wrote so far. */
export const sheetMode = (word: string): SheetMode | null => MODES.get(word) ?? null

/** The word for a mode; what Isomer writes is always whole sectors. */
export const wordOf = (mode: TrackMode): string => ({ audio: 'AUDIO', mode1: 'MODE1/2352', mode2: 'MODE2/2352' })[mode]
