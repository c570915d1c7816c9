/** Arranging the staged tree, by pointer and by keyboard. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { dropOn } from './driver/drop.ts'
import type { IsomerWindow } from './driver/isomer-window.ts'
import { expect, test } from './fixtures.ts'

async function stage(dir: string, isomer: IsomerWindow): Promise<void> {
  const source = join(dir, 'Things')
  await mkdir(join(source, 'Inbox'), { recursive: true })
  await mkdir(join(source, 'Music'))
  for (const name of ['apple.txt', 'banana.txt', 'blueberry.txt', 'Inbox/letter.txt']) await writeFile(join(source, name), name)
  await isomer.drop(source)
  await expect(isomer.row('banana.txt')).toBeVisible()
}

/** Names as they stand in the tree, a folder's children indented. */
async function shown(isomer: IsomerWindow): Promise<string[]> {
  const rows = await isomer.tree.locator('[role=row][aria-level]').all()
  return Promise.all(
    rows.map(
      async (row) => `${'  '.repeat(Number(await row.getAttribute('aria-level')) - 1)}${await row.locator('bdi').first().textContent()}`,
    ),
  )
}

const selectedRows = (isomer: IsomerWindow): Locator => isomer.tree.locator('[role=row][aria-selected=true]')

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

test('moves by cut and paste, and back by undo', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  await isomer.row('apple.txt').click()
  await press(page, 'Shift+ArrowDown', 'Control+X')
  await isomer.row('Music').click()
  await press(page, 'Control+V')
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', '  apple.txt', '  banana.txt', 'blueberry.txt'])
  await expect(selectedRows(isomer)).toHaveCount(2)
  await press(page, 'Control+Z')
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', 'apple.txt', 'banana.txt', 'blueberry.txt'])
  await press(page, 'Control+Shift+Z')
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', '  apple.txt', '  banana.txt', 'blueberry.txt'])
})

test('moves by dragging rows onto a folder', async ({ dir, isomer }) => {
  await stage(dir, isomer)
  await isomer.row('banana.txt').dragTo(isomer.row('Music'))
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', '  banana.txt', 'apple.txt', 'blueberry.txt'])
})

test('takes a drop from outside into the folder under the pointer', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  await writeFile(join(dir, 'song.txt'), 'la')
  await dropOn(page, isomer.row('Music'), [join(dir, 'song.txt')])
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', '  song.txt', 'apple.txt', 'banana.txt', 'blueberry.txt'])
})

test('finds rows by typing, opens and closes folders by arrows', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  await isomer.tree.focus()
  await page.keyboard.type('bl')
  await expect(selectedRows(isomer)).toContainText('blueberry.txt')
  await press(page, 'Home', 'ArrowRight')
  await expect(isomer.row('letter.txt')).toBeVisible()
  await press(page, 'ArrowRight')
  await expect(selectedRows(isomer)).toContainText('letter.txt')
  await press(page, 'ArrowLeft', 'ArrowLeft')
  await expect(isomer.row('letter.txt')).toHaveCount(0)
})

test('makes a folder and names it at once', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  await isomer.row('Music').click()
  await press(page, 'Control+Shift+N')
  const field = page.getByRole('textbox', { name: 'New name of New folder' })
  await expect(field).toBeFocused()
  await field.fill('a/b')
  await expect(page.getByText('A name can’t have a slash in it.')).toBeVisible()
  await field.fill('Jazz')
  await press(page, 'Enter')
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', '  Jazz', 'apple.txt', 'banana.txt', 'blueberry.txt'])
  await expect(isomer.tree).toBeFocused()
})

test('removes everything that is selected, and undoes it', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  await isomer.tree.focus()
  await press(page, 'Control+A', 'Delete')
  await expect(page.getByText('Drop files and folders here')).toBeVisible()
  await press(page, 'Control+Z')
  await expect.poll(() => shown(isomer)).toEqual(['Inbox', 'Music', 'apple.txt', 'banana.txt', 'blueberry.txt'])
})

test('has a menu for the row, by pointer and by key', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  await isomer.row('apple.txt').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Take out/ }).click()
  await expect(isomer.row('apple.txt')).toHaveCount(0)
  await expect(selectedRows(isomer)).toContainText('banana.txt')
  await press(page, 'Shift+F10', 'Enter')
  await expect(page.getByRole('textbox', { name: 'New name of banana.txt' })).toBeFocused()
  await press(page, 'Escape')
  await expect(isomer.tree).toBeFocused()
})

test('says what a drop will do while it hovers', async ({ dir, isomer, page }) => {
  await stage(dir, isomer)
  const devtools = await page.context().newCDPSession(page)
  const box = await isomer.row('Music').boundingBox()
  if (!box) throw new Error('the row is not in sight')
  const data = { items: [], files: [join(dir, 'Things')], dragOperationsMask: 1 }
  const point = { x: box.x + 20, y: box.y + 10 }
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', ...point, data })
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', ...point, data })
  await expect(page.getByText('Drop to add this to “Music”')).toBeVisible()
  await devtools.send('Input.dispatchDragEvent', { type: 'dragCancel', ...point, data })
  await expect(page.getByText(/^Drop to add/)).toHaveCount(0)
})

test('the palette runs what is typed', async ({ page }) => {
  await press(page, 'Control+K')
  await page.keyboard.type('jobs')
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Jobs', level: 1 })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
