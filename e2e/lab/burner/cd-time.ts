/** Places on a CD as minutes, seconds and frames of 1/75 second; block 0 is at 00:02:00 (MMC-6, 6.24.2.1). */
const FRAMES_A_SECOND = 75
const FRAMES_A_MINUTE = 60 * FRAMES_A_SECOND
const PAUSE_FRAMES = 150
/** The lead-in is before the pause: its times count up to 99:59:74. */
const LEAD_IN_FRAMES = 450_000
const FIRST_LEAD_IN_MINUTE = 90

export type CdTime = readonly [minute: number, second: number, frame: number]

export function timeOf(lba: number): CdTime {
  const frames = lba + PAUSE_FRAMES < 0 ? lba + PAUSE_FRAMES + LEAD_IN_FRAMES : lba + PAUSE_FRAMES
  return [Math.floor(frames / FRAMES_A_MINUTE), Math.floor(frames / FRAMES_A_SECOND) % 60, frames % FRAMES_A_SECOND]
}

export function blockAt(minute: number, second: number, frame: number): number {
  const frames = minute * FRAMES_A_MINUTE + second * FRAMES_A_SECOND + frame
  return frames - PAUSE_FRAMES - (minute >= FIRST_LEAD_IN_MINUTE ? LEAD_IN_FRAMES : 0)
}
