/**
 * Every screen of an opened image, looked at and edited, light and dark, wide and narrow: judged by axe, and with
 * ISOMER_SCREENSHOTS=1 pictured in docs/screenshots.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import { dropOn } from './driver/drop.ts'
import { look, schemes, takesPictures } from './driver/look.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'

/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Ben' : `isomer-image-screens-${process.pid}`)

let imagePath: string
test.beforeAll(async () => {
  await rm(home, { recursive: true, force: true })
  await mkdir(join(home, 'new/Manual'), { recursive: true })
  imagePath = (await bootImageIn(home)).imagePath
  await writeFile(join(home, 'new/Köln.txt'), 'A new letter.\n')
  await writeFile(join(home, 'new/Manual/page 1.txt'), 'One.\n')
  await writeFile(join(home, 'new/a name that DOS could not spell, nor the oldest of readers.text'), 'long\n')
  await writeFile(join(home, 'download.iso'), '<!doctype html><html><body>Please log in</body></html>')
  await mkdir(join(home, 'out/docs'), { recursive: true })
})
test.afterAll(() => rm(home, { recursive: true, force: true }))

for (const scheme of schemes)
  test(`every screen of an image, ${scheme}`, async ({ app, isomer, page }) => {
    test.setTimeout(400_000)
    const browse = new BrowseWindow(isomer)
    const shot = (name: string) => look(app, page, name, scheme)
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source
    }, scheme)
    await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(scheme === 'dark')
    const closeWith = async (name: string) => {
      await page.getByRole('dialog').getByRole('button', { name }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
    }

    await test.step('what is no image', async () => {
      await isomer.drop(join(home, 'download.iso'))
      await expect(page.getByText('it is a web page')).toBeVisible()
      await shot('image-refused')
      await page.getByRole('button', { name: 'Close', exact: true }).click()
    })

    await test.step('looked at', async () => {
      // As wide as it opens with folders and preview beside the list.
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800))
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1280)
      await browse.open(imagePath)
      await browse.row('docs').dblclick()
      await browse.row('note 1.txt').click()
      await expect(browse.list).toBeFocused()
      await shot('image-files')
      await browse.search('note *')
      await expect(browse.row('note 1.txt')).toBeVisible()
      await shot('image-search')
      await browse.search('nowhere to be found')
      await expect(page.getByText('Nothing is called')).toBeVisible()
      await shot('image-search-nothing')
      await browse.searchField.fill('')
      for (const tab of ['Facts', 'Boot', 'Sector map', 'Findings'] as const) {
        await browse.showTab(tab)
        await shot(`image-${tab.toLowerCase().replace(' ', '-')}`)
      }
      await browse.showTab('Files')
    })

    await test.step('taken out and compared', async () => {
      await answerOpenDialog(app, [join(home, 'out')])
      await page.getByRole('button', { name: 'Top folder' }).click()
      await browse.row('docs').click()
      await page.getByRole('button', { name: 'Extract 1 selected item…' }).click()
      await expect(page.getByRole('dialog')).toContainText('there is something called')
      await shot('image-taken')
      await closeWith('Cancel')
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: /^Compare/ }).click()
      await shot('image-compare')
      await answerOpenDialog(app, [join(home, 'tree')])
      await page.getByRole('dialog').getByRole('button', { name: 'A folder…' }).click()
      await expect(page.getByRole('grid', { name: 'Differences' })).toBeVisible()
      await shot('image-compared')
      await browse.showTab('Files')
    })

    await test.step('edited', async () => {
      await browse.row('docs').dblclick()
      await browse.row('note 4.txt').click()
      await browse.edit()
      await shot('edit-empty')
      await page.keyboard.press('Delete')
      await expect(browse.row('note 4.txt')).toContainText('taken out')
      await dropOn(page, browse.list, [join(home, 'new/Manual')])
      await browse.row('note 2.txt').dragTo(browse.row('Manual'))
      await browse.row('note 3.txt').click()
      await page.keyboard.press('F2')
      await page.keyboard.type('third note')
      await page.keyboard.press('Enter')
      await expect(browse.row('third note.txt')).toBeVisible()
      await page.keyboard.press('Home')
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
