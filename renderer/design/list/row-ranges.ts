/** Which rows of a list of any length are selected: as runs of rows, so that all of a million are one. */

/** The first row, and the one behind the last. */
export type Range = readonly [from: number, to: number]

export interface RowSelection {
  /** In order, with unselected rows between them. */
  readonly ranges: readonly Range[]
  /** Where the keyboard is; -1 for nowhere. */
  readonly focus: number
  /** The fixed end of a run. */
  readonly anchor: number
}

/** `replace`: only this row. `extend`: from the anchor to it. `toggle`: it in or out. `look`: go there, select nothing. */
export type RowSelectMode = 'replace' | 'extend' | 'toggle' | 'look'

export const noRows: RowSelection = { ranges: [], focus: -1, anchor: -1 }

export const onlyRow = (row: number): RowSelection => ({ ranges: [[row, row + 1]], focus: row, anchor: row })

export function isSelected({ ranges }: RowSelection, row: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [from, to] = ranges[middle] as Range
    if (row < from) high = middle - 1
    else if (row >= to) low = middle + 1
    else return true
  }
  return false
}

export function selectedCount({ ranges }: RowSelection): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0)
}

/** The only selected row; -1 when there is none or there are several. */
export function singleRow(selection: RowSelection): number {
  const [first] = selection.ranges
  return first !== undefined && selectedCount(selection) === 1 ? first[0] : -1
}

export function selectRow(selection: RowSelection, row: number, mode: RowSelectMode): RowSelection {
  switch (mode) {
    case 'replace':
      return onlyRow(row)
    case 'look':
      return { ...selection, focus: row }
    case 'toggle':
      return { ranges: toggled(selection, row), focus: row, anchor: row }
    case 'extend': {
      const anchor = selection.anchor < 0 ? row : selection.anchor
      return { ranges: [[Math.min(anchor, row), Math.max(anchor, row) + 1]], focus: row, anchor }
    }
  }
}

/** These rows, the keyboard at the first of them. */
export function theseRows(rows: readonly number[]): RowSelection {
  const ranges = joined(rows.map((row): Range => [row, row + 1]))
  const first = ranges[0]?.[0] ?? -1
  return { ranges, focus: first, anchor: first }
}

/** The numbers of the selected rows, in order. */
export function rowNumbers({ ranges }: RowSelection): number[] {
  return ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))
}

export function selectAllRows(selection: RowSelection, count: number): RowSelection {
  return { ranges: count === 0 ? [] : [[0, count]], focus: Math.max(0, selection.focus), anchor: selection.anchor }
}

function toggled(selection: RowSelection, row: number): Range[] {
  if (isSelected(selection, row)) {
    return selection.ranges.flatMap(([from, to]): Range[] => {
      if (row < from || row >= to) return [[from, to]]
      return (
        [
          [from, row],
          [row + 1, to],
        ] as Range[]
      ).filter(([first, end]) => first < end)
    })
  }
  return joined([...selection.ranges, [row, row + 1]])
}

/** In order, neighbours made one. */
function joined(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && last[1] >= from) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
