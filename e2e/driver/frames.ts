/** How evenly the page draws. */
import type { Page } from '@playwright/test'

export interface FrameCounter {
  longestMs: number
  count: number
}

/** Counts the page's frames from now on. */
export function countFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const counter: FrameCounter = { longestMs: 0, count: 0 }
    let last = performance.now()
    const frame = (now: number) => {
      counter.longestMs = Math.max(counter.longestMs, now - last)
      counter.count += 1
      last = now
      if ((globalThis as unknown as { frames: FrameCounter }).frames === counter) requestAnimationFrame(frame)
    }
    Object.assign(globalThis, { frames: counter })
    requestAnimationFrame(frame)
  })
}

export function framesSince(page: Page): Promise<FrameCounter> {
  return page.evaluate(() => (globalThis as unknown as { frames: FrameCounter }).frames)
}
