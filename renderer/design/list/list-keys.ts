/** What a key does in a flat list, apart from what the list is for. */
import type { RowSelectMode } from './row-ranges.ts'

export interface KeyPress {
  readonly key: string
  readonly isShift: boolean
  readonly isCtrl: boolean
}

export type ListKeyAction = { readonly do: 'go'; readonly row: number; readonly mode: RowSelectMode } | { readonly do: 'select-all' }

function destination(key: string, focus: number, count: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return focus + 1
    case 'ArrowUp':
      return focus < 0 ? count - 1 : focus - 1
    case 'PageDown':
      return Math.max(0, focus) + pageRows
    case 'PageUp':
      return focus - pageRows
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** Null when the list has no use for the key. `pageRows` is how many rows are seen at once. */
export function listKeyAction({ key, isShift, isCtrl }: KeyPress, focus: number, count: number, pageRows: number): ListKeyAction | null {
  if (isCtrl && key.toLowerCase() === 'a') return { do: 'select-all' }
  if (isCtrl && key === ' ' && focus >= 0) return { do: 'go', row: focus, mode: 'toggle' }
  const to = destination(key, focus, count, pageRows)
  if (to === null || count === 0) return null
  return { do: 'go', row: Math.min(count - 1, Math.max(0, to)), mode: isShift ? 'extend' : isCtrl ? 'look' : 'replace' }
}
