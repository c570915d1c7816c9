/** The language of window and menu: changed by hand, kept, laid out from right to left, and that of the system. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { dropOn } from './driver/drop.ts'
import { launch } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'

const spoken = (page: Page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])
const placesOf = (page: Page, name: string) => page.getByRole('navigation', { name, exact: true })

const menuWords = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu()
    return [menu?.items[0]?.label, menu?.getMenuItemById('new-image')?.label]
  })

async function choose(page: Page, language: string): Promise<void> {
  await page.keyboard.press('Control+,')
  await page.getByText(language, { exact: true }).click()
}

async function left(place: Locator): Promise<number> {
  const box = await place.boundingBox()
  if (!box) throw new Error('it is not shown')
  return box.x
}

test('German, chosen by hand, is spoken by window and menu at once and after the next start', async ({ app, command, page }) => {
  expect(await menuWords(app)).toEqual(['&File', 'New Image'])
  await choose(page, 'Deutsch')
  await expect(page.getByRole('heading', { name: 'Einstellungen', level: 1 })).toBeVisible()
  await expect.poll(() => spoken(page)).toEqual(['de', 'ltr'])
  await expect.poll(() => menuWords(app)).toEqual(['&Datei', 'Neues Abbild'])
  await app.close()

  const again = await launch(command)
  const next = await again.firstWindow()
  await placesOf(next, 'Bereiche').getByRole('button', { name: 'Aufträge' }).click()
  await expect(next.getByRole('heading', { name: 'Noch keine Aufträge' })).toBeVisible()
  expect(await menuWords(again)).toEqual(['&Datei', 'Neues Abbild'])
  await again.close()
})

test('Arabic is laid out from right to left, and the arrow keys follow', async ({ dir, page }) => {
  const source = join(dir, 'Things')
  await mkdir(join(source, 'Inbox'), { recursive: true })
  for (const name of ['apple.txt', 'Inbox/letter.txt']) await writeFile(join(source, name), name)
  expect(await left(placesOf(page, 'Places'))).toBeLessThan(await left(page.getByRole('main')))
  await choose(page, 'العربية')
  await expect.poll(() => spoken(page)).toEqual(['ar', 'rtl'])
  const places = placesOf(page, 'الأقسام')
  await expect(places).toBeVisible()
  expect(await left(places)).toBeGreaterThan(await left(page.getByRole('main')))

  await places.getByRole('button', { name: 'صورة جديدة' }).click()
  await dropOn(page, page.getByRole('main'), [source])
  const tree = page.getByRole('treegrid', { name: 'ملفات الصورة' })
  await expect(tree.getByText('apple.txt')).toBeVisible()
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByText('letter.txt')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByText('letter.txt')).toBeHidden()
})

test('as long as nothing is chosen, the language is that of the system', async ({ command }) => {
  const french = { ...command, env: { ...command.env, LANG: 'fr_CA.UTF-8', LC_ALL: 'fr_CA.UTF-8', LANGUAGE: 'nl:fr_CA:en' } }
  const app = await launch(french)
  const page = await app.firstWindow()
  await expect(placesOf(page, 'Sections')).toBeVisible()
  expect(await spoken(page)).toEqual(['fr', 'ltr'])
  expect(await menuWords(app)).toEqual(['&Fichier', 'Nouvelle image'])
  await app.close()
})
