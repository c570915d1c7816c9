/**
 * Every screen of an image that is edited, light and dark, wide and narrow: judged by axe, and with
 * ISOMER_SCREENSHOTS=1 pictured in docs/screenshots.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { dropOn } from './driver/drop.ts'
import { look, schemes, takesPictures, wear } from './driver/look.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'

/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Eve' : `isomer-edit-screens-${process.pid}`)

let imagePath: string
test.beforeAll(async () => {
  await rm(home, { recursive: true, force: true })
  await mkdir(join(home, 'new/Manual'), { recursive: true })
  imagePath = (await bootImageIn(home)).imagePath
  await writeFile(join(home, 'new/Köln.txt'), 'A new letter.\n')
  await writeFile(join(home, 'new/Manual/page 1.txt'), 'One.\n')
  await writeFile(join(home, 'new/a name that DOS could not spell, nor the oldest of readers.text'), 'long\n')
})
test.afterAll(() => rm(home, { recursive: true, force: true }))

for (const scheme of schemes)
  test(`every screen of an image that is edited, ${scheme}`, async ({ app, isomer, page }) => {
    test.setTimeout(300_000)
    const browse = new BrowseWindow(isomer)
    const shot = (name: string) => look(app, page, name, scheme)
    await wear(app, page, scheme)
    const closeWith = async (name: string) => {
      await page.getByRole('dialog').getByRole('button', { name }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
    }

    await test.step('edited', async () => {
      await browse.open(imagePath)
      await browse.row('docs').dblclick()
      await browse.row('note 4.txt').click()
      await browse.edit()
      await shot('edit-empty')
      await page.keyboard.press('Delete')
      await expect(browse.row('note 4.txt')).toContainText('taken out')
      await dropOn(page, browse.list, [join(home, 'new/Manual')])
      await expect(browse.row('Manual')).toBeVisible()
      await browse.row('note 2.txt').dragTo(browse.row('Manual'))
      await expect(browse.row('note 2.txt')).toBeHidden()
      await browse.row('note 3.txt').click()
      await page.keyboard.press('F2')
      await page.keyboard.type('third note')
      await page.keyboard.press('Enter')
      await expect(browse.row('third note.txt')).toBeVisible()
      await expect(browse.list).toBeFocused()
      await page.keyboard.press('Home')
      await expect(browse.row('letters')).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('F2')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('Manual')
      await expect(page.getByText('Something here has that name already.')).toBeVisible()
      await shot('edit-name')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Enter')
      await dropOn(page, browse.list, [
        join(home, 'new/Köln.txt'),
        join(home, 'new/a name that DOS could not spell, nor the oldest of readers.text'),
      ])
      await expect(browse.row('Köln.txt')).toContainText('replaced')
      await page.keyboard.press('Backspace')
      await expect(browse.row('letters')).toContainText('changed')
      await expect(browse.saveButton).toBeEnabled()
      await shot('edit-changed')
      await browse.changes.getByRole('button', { name: /will be different/ }).click()
      await shot('edit-different')
      await closeWith('Close')
    })

    await test.step('saved and left', async () => {
      await browse.changes.getByText('A new session in this image').click()
      await expect(browse.saveButton).toBeEnabled()
      await browse.saveButton.click()
      await shot('edit-confirm')
      await closeWith('Cancel')
      await page.getByRole('button', { name: 'Stop editing' }).click()
      await shot('edit-leave')
      await closeWith('Keep editing')
      await browse.changes.getByText('A new image', { exact: true }).click()
      await browse.saveAs(join(home, `rescue-13-${scheme}.iso`))
      await page.getByRole('region', { name: 'Current job' }).getByRole('button', { name: 'Close' }).click()
      await shot('edit-saved')
    })
  })
