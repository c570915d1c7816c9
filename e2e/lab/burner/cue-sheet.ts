/** SEND CUE SHEET: rows of 8 bytes that lay out a session (MMC-6, 6.33.3). */
import { blockAt } from './cd-time.ts'
import type { SessionLayout } from './disc-track.ts'
import { invalidParameter } from './sense.ts'

const ROW_BYTES = 8
const LEAD_OUT = 0xaa
const ADR_POSITION = 1
const CONTROL_DATA = 0x40

export function parseCueSheet(sheet: Buffer): Omit<SessionLayout, 'nextBlock'> {
  const tracks: { startBlock: number; isAudio: boolean }[] = []
  let beginBlock: number | null = null
  let endBlock: number | null = null
  for (let at = 0; at + ROW_BYTES <= sheet.length; at += ROW_BYTES) {
    const [controlAdr = 0, number = 0, index = 0, , , minute = 0, second = 0, frame = 0] = sheet.subarray(at, at + ROW_BYTES)
    // Others are catalogue numbers and codes of recordings.
    if ((controlAdr & 0x0f) !== ADR_POSITION || number === 0) continue
    const block = blockAt(minute, second, frame)
    if (number === LEAD_OUT) endBlock = block
    else {
      beginBlock ??= block
      if (index === 1) tracks.push({ startBlock: block, isAudio: (controlAdr & CONTROL_DATA) === 0 })
    }
  }
  if (tracks.length === 0 || beginBlock === null || endBlock === null) throw invalidParameter()
  return { tracks, beginBlock, endBlock }
}
