/** Goes through the data sectors of a track and tells which are not as their EDC and ECC say. */
import type { JobControl } from '../../shared/job.ts'
import { MAX_DIFFERING_RUNS } from '../../shared/limits.ts'
import { strideOf, type Track } from './container.ts'
import { faultOf, formOf, type SectorFault } from './sector-codes.ts'
import { MODE_2_BYTES, RAW_SECTOR_BYTES } from './sector-layout.ts'
import { putHeader } from './whole-sectors.ts'

const SECTORS_PER_READ = 27

export interface BadRun {
  readonly fault: SectorFault
  /** From index 1 of the track. */
  readonly sector: number
  readonly count: number
}

export interface SectorCheck {
  readonly checked: number
  readonly counts: Readonly<Record<SectorFault, number>>
  /** As far as runs were kept. */
  readonly runs: readonly BadRun[]
}

/** Whether the track has what can be checked: whole sectors, or those of mode 2 without sync and header. */
export const hasCodes = ({ mode, layout }: Track): boolean =>
  mode !== 'audio' && (layout.sectorBytes === RAW_SECTOR_BYTES || layout.sectorBytes === MODE_2_BYTES)

export async function checkSectors(track: Track, control: Pick<JobControl, 'checkpoint' | 'progress'>): Promise<SectorCheck> {
  const { layout, stored, startLba } = track
  const stride = strideOf(layout)
  const isBare = layout.sectorBytes === MODE_2_BYTES
  const buffer = Buffer.allocUnsafe(SECTORS_PER_READ * stride)
  const sector = Buffer.alloc(RAW_SECTOR_BYTES)
  const tally = new FaultTally()
  let index = 0
  for (;;) {
    const got = stored.read(index * stride, buffer)
    const whole = Math.floor(got / stride)
    for (let i = 0; i < whole; i++) {
      const part = buffer.subarray(i * stride, i * stride + layout.sectorBytes)
      part.copy(sector, RAW_SECTOR_BYTES - part.length)
      if (isBare) putHeader(sector, Math.max(0, startLba + index + i), 2)
      tally.add(index + i, isFormless(track, sector) ? null : faultOf(sector))
    }
    index += whole
    if (whole < SECTORS_PER_READ) return { checked: index, counts: tally.counts, runs: tally.runs }
    const turn = control.checkpoint()
    if (turn === undefined) continue
    control.progress({ phase: 'read', doneBytes: index * stride, totalBytes: stored.sizeBytes, doneItems: 0, current: null })
    await turn
  }
}

/** Mode 2 without sub-header has no codes at all. */
function isFormless({ layout }: Track, sector: Buffer): boolean {
  return layout.sectorBytes === RAW_SECTOR_BYTES && layout.dataOffsetBytes === 16 && formOf(sector) !== 'mode1' && sector[15] === 2
}

class FaultTally {
  readonly counts: Record<SectorFault, number> = { sync: 0, mode: 0, edc: 0, ecc: 0 }
  readonly runs: { fault: SectorFault; sector: number; count: number }[] = []

  add(sector: number, fault: SectorFault | null): void {
    if (fault === null) return
    this.counts[fault]++
    const last = this.runs.at(-1)
    if (last !== undefined && last.fault === fault && last.sector + last.count === sector) last.count++
    else if (this.runs.length < MAX_DIFFERING_RUNS) this.runs.push({ fault, sector, count: 1 })
  }
}
