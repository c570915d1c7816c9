/** Every place at 200 %: nothing is cut off sideways, everything can be reached, and axe has nothing to say. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { makeSmall, pictureFolder, takesPictures, violations } from './driver/look.ts'
import { expect, test } from './fixtures.ts'

const places = ['Home', 'Images', 'New image', 'Mounted', 'Verify', 'Drives', 'Jobs', 'Settings']
/** The window as it comes, and the one of the pictures. */
const sizes = [
  [1120, 760],
  [1280, 800],
] as const

async function zoom(app: ElectronApplication, page: Page, [width, height]: readonly [number, number]): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setContentSize(...size)
      window?.webContents.setZoomFactor(2)
    },
    [width, height] as [number, number],
  )
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width / 2, height / 2])
}

/** Buttons and fields that stick out of the window sideways, or lie where nothing can be scrolled to. */
const outOfReach = (page: Page) =>
  page.evaluate(() => {
    const controls = document.querySelectorAll('button, input, [role=radio], [role=checkbox], [role=treegrid], [role=grid]')
    return [...controls].flatMap((control) => {
      if (!control.checkVisibility() || control.closest('[aria-hidden=true]')) return []
      control.scrollIntoView({ block: 'center', inline: 'nearest' })
      const { left, right, top, bottom, width } = control.getBoundingClientRect()
      const isIn = width <= 1 || (left >= -1 && right <= innerWidth + 1 && bottom > 0 && top < innerHeight)
      return isIn ? [] : [control.getAttribute('aria-label') ?? control.textContent ?? control.tagName]
    })
  })

/** What is seen, in the pixels of the screen: Playwright's own picture is that of an unzoomed page. */
const picture = (app: ElectronApplication) =>
  app.evaluate(
    async ({ BrowserWindow }) => (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64') ?? '',
  )

test('every place at 200 %', async ({ app, dir, isomer, page }) => {
  test.setTimeout(180_000)
  const source = join(dir, 'Holiday 2019')
  await mkdir(source)
  for (const name of ['beach.jpg', 'dinner.jpg', 'mountains.jpg']) await writeFile(join(source, name), name)
  await isomer.drop(source)
  await expect(isomer.row('beach.jpg')).toBeVisible()
  for (const size of sizes) {
    await zoom(app, page, size)
    for (const place of places) {
      await isomer.places.getByRole('button', { name: place, exact: true }).click()
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${place} fits`).toBe(true)
      expect(await outOfReach(page), place).toEqual([])
      if (size !== sizes[1]) continue
      expect(await violations(page), place).toEqual([])
      if (!takesPictures) continue
      const path = join(pictureFolder, `zoomed-${place.toLowerCase().replace(' ', '-')}-1280.png`)
      await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0))
      await page.mouse.move(2, 2)
      await writeFile(path, Buffer.from(await picture(app), 'base64'))
      makeSmall(path)
    }
  }
})
