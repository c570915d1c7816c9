import type { Locator, Page } from '@playwright/test'

/** Drops files or folders of the host on an element. The page gets real File objects with paths, as from a file manager. */
export async function dropOn(page: Page, target: Locator, paths: readonly string[]): Promise<void> {
  const box = await target.boundingBox()
  if (!box) throw new Error('the drop target is not in sight')
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, ...place, data })
  await devtools.detach()
}
