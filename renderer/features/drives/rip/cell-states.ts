/** What the parts of a disc that is read can be, from the characters that the engine tells them by. */
import { say } from '../../../words/say.ts'

export const cellStates = ['unread', 'good', 'slow', 'later', 'bad'] as const
export type CellState = (typeof cellStates)[number]

/** Characters of GNU ddrescue's map, and `!` for what was slow. */
const STATES: Readonly<Record<string, CellState>> = { '?': 'unread', '+': 'good', '!': 'slow', '*': 'later', '/': 'later', '-': 'bad' }

export const cellTitle = (state: CellState): string => say(`drives.cell.${state}`)

export const stateOfCell = (character: string): CellState => STATES[character] ?? 'unread'

/** Parts in each state. */
export function countCells(cells: string): Readonly<Record<CellState, number>> {
  const counts: Record<CellState, number> = { unread: 0, good: 0, slow: 0, later: 0, bad: 0 }
  for (const character of cells) counts[stateOfCell(character)]++
  return counts
}

/** `62 %`; what is there is never nothing, and what is not all is never all. */
export function shareWords(count: number, all: number): string {
  if (count === 0 || all === 0) return say('jobs.percent', { percent: 0 })
  const percent = (count / all) * 100
  if (percent < 1) return say('drives.map.under-one-percent')
  return say('jobs.percent', { percent: count === all ? 100 : Math.min(99, Math.round(percent)) })
}

/** The map in words, for those who don't see it. */
export function mapWords(cells: string): string {
  const counts = countCells(cells)
  const parts = cellStates
    .filter((state) => counts[state] > 0)
    .map((state) => say('drives.map.share', { state: cellTitle(state), share: shareWords(counts[state], cells.length) }))
  return say('drives.map', { shares: parts.join(say('common.list-comma')) })
}
