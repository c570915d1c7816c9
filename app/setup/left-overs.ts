/** What a killed run left half-written is removed at the start, also what belongs to processes that are only just ending. */
import { sweepOutputs } from '../../main/output/output-journal.ts'

const AGAIN_AFTER_MS = 1000
const MOST_TIMES = 60

export function setupLeftOvers(times = MOST_TIMES): void {
  const { removed, atWork } = sweepOutputs()
  for (const path of removed) console.error(`removed ${path}, which a process that was ended had left half-written`)
  if (atWork.length > 0 && times > 0) setTimeout(() => setupLeftOvers(times - 1), AGAIN_AFTER_MS).unref()
}
