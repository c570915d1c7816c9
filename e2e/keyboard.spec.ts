/** From a folder to an ejected image without a mouse. The system's own dialogs are answered for the person. */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { answerOpenDialog, answerSaveDialog } from './driver/dialogs.ts'
import { CANNOT_MOUNT, cannotMount, withOwnMounts } from './driver/own-mounts.ts'
import { expect, test } from './fixtures.ts'

test.skip(cannotMount(), CANNOT_MOUNT)
test.use({ command: ({ command, dir }, use) => withOwnMounts(command, dir, use) })

const MOST_TABS = 80

/** Goes on by Tab until it is there; what has the focus can be seen to have it. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const hasFocus = () => wanted.evaluate((element) => element === document.activeElement)
  for (let tabs = 0; tabs < MOST_TABS && !(await hasFocus()); tabs++) await page.keyboard.press('Tab')
  await expect(wanted).toBeFocused()
  const outline = await wanted.evaluate((element) => getComputedStyle(element).outlineStyle)
  expect(outline).not.toBe('none')
}

async function runByPalette(page: Page, words: string, title: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('menu', { name: 'Commands' })).toBeVisible()
  await page.keyboard.type(words)
  await expect(page.getByRole('menuitem')).toHaveCount(1)
  await expect(page.getByRole('menuitem')).toContainText(title)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

test('folder, image, verified, mounted, ejected: by keyboard alone', async ({ app, dir, isomer, page }) => {
  test.setTimeout(180_000)
  const [source, image] = [join(dir, 'Letters'), join(dir, 'Letters.iso')]
  await mkdir(source)
  await writeFile(join(source, 'こんにちは.txt'), 'a letter')
  await writeFile(join(source, 'draft.txt'), 'not meant for the image')

  await test.step('a folder becomes an image, without one of its files', async () => {
    await answerOpenDialog(app, [source])
    await page.keyboard.press('Control+Shift+O')
    await expect(isomer.row('draft.txt')).toBeVisible()
    await tabTo(page, isomer.tree)
    await page.keyboard.type('draft')
    await page.keyboard.press('Delete')
    await expect(isomer.row('draft.txt')).toHaveCount(0)
    await answerSaveDialog(app, image)
    await expect(isomer.makeButton).toBeEnabled()
    await page.keyboard.press('Control+Enter')
    expect(await isomer.lastJobEnded()).toMatchObject({ state: 'done', title: 'Letters.iso' })
    expect(execFileSync('7z', ['l', '-ba', image], { encoding: 'utf8' })).toContain('こんにちは.txt')
    execFileSync('sh', ['-c', 'sha256sum Letters.iso > SHA256SUMS'], { cwd: dir })
  })

  await test.step('it is verified', async () => {
    await answerOpenDialog(app, [image])
    await runByPalette(page, 'verify an image', 'Verify an image…')
    const verdict = page.getByRole('region', { name: 'Verdict' }).getByRole('heading', { level: 2 })
    await expect(verdict).toHaveText('Intact', { timeout: 60_000 })
  })

  await test.step('it is mounted and its files are there', async () => {
    await answerOpenDialog(app, [image])
    await runByPalette(page, 'mount an image', 'Mount an image…')
    await expect(page.getByRole('list', { name: 'Mounted images' }).getByRole('listitem')).toHaveCount(1)
    expect(await readFile(join(dir, 'runtime/isomer/Letters/こんにちは.txt'), 'utf8')).toBe('a letter')
  })

  await test.step('it is ejected', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Eject Letters.iso' }))
    await page.keyboard.press('Space')
    await expect(page.getByText('No image is mounted')).toBeVisible()
    expect(await readdir(join(dir, 'runtime/isomer'))).toEqual(['.notes'])
  })
})
