/** Where the cells of the sector map are drawn. */

export const CELL_PX = 9
export const GAP_PX = 1
const STEP_PX = CELL_PX + GAP_PX

export interface MapGrid {
  readonly columns: number
  readonly rows: number
}

/** As many whole cells as fit; at least one. */
export function gridFor(widthPx: number, heightPx: number): MapGrid {
  return { columns: Math.max(1, Math.floor(widthPx / STEP_PX)), rows: Math.max(1, Math.floor(heightPx / STEP_PX)) }
}

export function placeOf(cell: number, { columns }: MapGrid): { readonly xPx: number; readonly yPx: number } {
  return { xPx: (cell % columns) * STEP_PX, yPx: Math.floor(cell / columns) * STEP_PX }
}

/** The cell at a place of the picture; null beside the last one. */
export function cellAt(xPx: number, yPx: number, { columns }: MapGrid, count: number): number | null {
  const column = Math.floor(xPx / STEP_PX)
  const cell = Math.floor(yPx / STEP_PX) * columns + column
  return column < 0 || column >= columns || cell < 0 || cell >= count ? null : cell
}

/** The cell that a key leads to; null when the map has no use for the key. */
export function cellForKey(key: string, cell: number, { columns, rows }: MapGrid, count: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: cell - 1,
    ArrowRight: cell + 1,
    ArrowUp: cell - columns,
    ArrowDown: cell + columns,
    PageUp: cell - columns * Math.ceil(rows / 2),
    PageDown: cell + columns * Math.ceil(rows / 2),
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}
