/** Which rows of a long list are in sight. All rows are equally high, so nothing need be measured. */

/** Higher elements lose their rows' places in Chromium. */
const MAX_HEIGHT_PX = 30_000_000

export interface RowWindow {
  /** Height that the scrolled element must have. */
  readonly heightPx: number
  /** First row in sight, and the one behind the last. */
  readonly from: number
  readonly to: number
  /** Where the first row is drawn, from the top of the scrolled element. */
  readonly topPx: number
}

interface Scrolled {
  readonly count: number
  readonly rowPx: number
  readonly scrollTopPx: number
  readonly viewPx: number
}

/** Pixels of rows that one pixel of scrolling stands for: more than one only in lists that are higher than an element can be. */
function scaleOf({ count, rowPx, viewPx }: Omit<Scrolled, 'scrollTopPx'>): number {
  const fullPx = count * rowPx
  return fullPx <= MAX_HEIGHT_PX ? 1 : (fullPx - viewPx) / (MAX_HEIGHT_PX - viewPx)
}

export function rowWindow(list: Scrolled): RowWindow {
  const { count, rowPx, viewPx } = list
  const scale = scaleOf(list)
  const heightPx = Math.min(count * rowPx, MAX_HEIGHT_PX)
  const scrollTopPx = Math.max(0, Math.min(list.scrollTopPx, heightPx - viewPx))
  const offsetPx = scrollTopPx * scale
  const from = Math.max(0, Math.floor(offsetPx / rowPx))
  const to = Math.min(count, Math.ceil((offsetPx + viewPx) / rowPx))
  return { heightPx, from, to, topPx: scrollTopPx - (offsetPx - from * rowPx) }
}

/** Where to scroll so that a row is in sight; the same place when it is already. */
export function scrollTopFor(row: number, list: Scrolled): number {
  const { rowPx, viewPx } = list
  const scale = scaleOf(list)
  const offsetPx = list.scrollTopPx * scale
  const topPx = row * rowPx
  if (topPx < offsetPx) return topPx / scale
  if (topPx + rowPx > offsetPx + viewPx) return (topPx + rowPx - viewPx) / scale
  return list.scrollTopPx
}
