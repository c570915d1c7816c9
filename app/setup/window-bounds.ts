/** Where the window was: remembered, and corrected to a screen that is there now. */
import type { BrowserWindow, Rectangle } from 'electron'
import type { Settings, WindowBounds } from '../state/settings.ts'

export const DEFAULT_SIZE = { width: 1120, height: 760 }
export const MINIMUM_SIZE = { width: 760, height: 520 }
/** So much of the window must lie on a screen to be found and dragged. */
const GRIP = { width: 100, height: 40 }
const SAVE_DELAY_MS = 500

function gripOn(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const below = bounds.y >= area.y && bounds.y + GRIP.height <= area.y + area.height
  return width >= GRIP.width && below
}

/** Remembered bounds that can be used as they are; just the size when their screen is gone; the default at the first start. */
export function startBounds(remembered: WindowBounds | null, areas: readonly Rectangle[]): Partial<Rectangle> & typeof DEFAULT_SIZE {
  if (!remembered) return DEFAULT_SIZE
  const { x, y } = remembered
  const width = Math.max(remembered.width, MINIMUM_SIZE.width)
  const height = Math.max(remembered.height, MINIMUM_SIZE.height)
  return areas.some((area) => gripOn({ x, y, width, height }, area)) ? { x, y, width, height } : { width, height }
}

export function rememberBounds(window: BrowserWindow, settings: Settings): void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    settings.set('window', { ...window.getNormalBounds(), maximized: window.isMaximized() })
  }
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_DELAY_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('close', save)
}
