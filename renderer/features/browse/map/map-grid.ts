/** Where the cells of the sector map are drawn. */

export const GAP_PX = 1
const LEAST_STEP_PX = 10
const MOST_STEP_PX = 22

export interface MapGrid {
  readonly columns: number
  readonly rows: number
  /** From one cell to the next; the gap between them included. */
  readonly stepPx: number
}

/** As many whole cells as fit, at least one; larger ones where every sector has a cell of its own. */
export function gridFor(widthPx: number, heightPx: number, sectors: number): MapGrid {
  const gridOf = (stepPx: number): MapGrid => ({
    columns: Math.max(1, Math.floor(widthPx / stepPx)),
    rows: Math.max(1, Math.floor(heightPx / stepPx)),
    stepPx,
  })
  for (let stepPx = MOST_STEP_PX; stepPx > LEAST_STEP_PX; stepPx--) {
    const grid = gridOf(stepPx)
    if (grid.columns * grid.rows >= sectors) return grid
  }
  return gridOf(LEAST_STEP_PX)
}

export function placeOf(cell: number, { columns, stepPx }: MapGrid): { readonly xPx: number; readonly yPx: number } {
  return { xPx: (cell % columns) * stepPx, yPx: Math.floor(cell / columns) * stepPx }
}

/** The cell at a place of the picture; null beside the last one. */
export function cellAt(xPx: number, yPx: number, { columns, stepPx }: MapGrid, count: number): number | null {
  const column = Math.floor(xPx / stepPx)
  const cell = Math.floor(yPx / stepPx) * columns + column
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
