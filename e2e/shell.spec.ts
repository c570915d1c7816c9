/** What the shell does around the page: bounds, menu, leaving, and a page that dies. */
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { launch } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'

const bounds = (app: ElectronApplication) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())

test('the window opens at its default size, keeps its minimum, and is remembered', async ({ app, command, page }) => {
  expect(await bounds(app)).toMatchObject({ width: 1120, height: 760 })
  const resize = (width: number, height: number) =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size.width, size.height), { width, height })
  await resize(300, 200)
  await expect.poll(() => page.evaluate(() => [outerWidth, outerHeight])).toEqual([760, 520])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await resize(900, 600)
  await expect.poll(() => page.evaluate(() => outerWidth)).toBe(900)
  await app.close()

  const next = await launch(command)
  await next.firstWindow()
  expect(await bounds(next)).toMatchObject({ width: 900, height: 600 })
  await next.close()
})

test('every command of the menu reaches the window', async ({ app, isomer, page }) => {
  const click = (id: string) => app.evaluate(({ Menu }, itemId) => Menu.getApplicationMenu()?.getMenuItemById(itemId)?.click(), id)
  await click('new-image')
  await expect(isomer.places.getByRole('button', { name: 'New image' })).toHaveAttribute('aria-current', 'page')
  await click('jobs')
  await expect(isomer.places.getByRole('button', { name: 'Jobs' })).toHaveAttribute('aria-current', 'page')
  await click('home')
  await expect(isomer.places.getByRole('button', { name: 'Home' })).toHaveAttribute('aria-current', 'page')
  await click('palette')
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('leaving while a job runs asks first, and cleans up when the answer is to stop', async ({ app, dir, isomer }) => {
  const source = join(dir, 'source')
  const outFolder = join(dir, 'out')
  await mkdir(source)
  await mkdir(outFolder)
  const file = await open(join(source, 'large.bin'), 'w')
  await file.truncate(3 * 1024 ** 3)
  await file.close()
  await isomer.drop(source)
  await isomer.make(join(outFolder, 'image.iso'))
  await isomer.written(0.05)

  const answer = (response: number) =>
    app.evaluate(({ app: electronApp, dialog }, chosen) => {
      dialog.showMessageBox = (() => Promise.resolve({ response: chosen, checkboxChecked: false })) as typeof dialog.showMessageBox
      electronApp.quit()
    }, response)
  await answer(0)
  expect((await isomer.jobs()).map(({ state }) => state)).toEqual(['running'])
  const closed = app.waitForEvent('close')
  await answer(1)
  await closed
  expect(await readdir(outFolder)).toEqual([])
})

test('a page that dies comes back with everything that was arranged', async ({ app, dir, isomer, page }) => {
  const source = join(dir, 'source')
  await mkdir(source)
  await (await open(join(source, 'a.txt'), 'w')).close()
  await isomer.drop(source)
  await expect(isomer.row('a.txt')).toBeVisible()
  const loaded = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve())
        contents?.forcefullyCrashRenderer()
      }),
  )
  await page.waitForEvent('crash')
  await loaded
  const rows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("window.isomer.staging.rows({ path: '/' })"),
  )
  expect(rows).toMatchObject({ ok: true, value: [{ name: 'a.txt' }] })
})
