/**
 * Every screen of an opened image, light and dark, wide and narrow: judged by axe, and with
 * ISOMER_SCREENSHOTS=1 pictured in docs/screenshots.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import { look, schemes, takesPictures, wear } from './driver/look.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'

/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Ben' : `isomer-image-screens-${process.pid}`)

let imagePath: string
test.beforeAll(async () => {
  await rm(home, { recursive: true, force: true })
  await mkdir(home, { recursive: true })
  imagePath = (await bootImageIn(home)).imagePath
  await writeFile(join(home, 'download.iso'), '<!doctype html><html><body>Please log in</body></html>')
  await mkdir(join(home, 'out/docs'), { recursive: true })
})
test.afterAll(() => rm(home, { recursive: true, force: true }))

for (const scheme of schemes)
  test(`every screen of an image, ${scheme}`, async ({ app, isomer, page }) => {
    test.setTimeout(300_000)
    const browse = new BrowseWindow(isomer)
    const shot = (name: string) => look(app, page, name, scheme)
    await wear(app, page, scheme)
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
  })
