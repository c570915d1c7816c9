/** The question before a disc is written, in the system's own dialog on a real screen: whoever only presses keys loses nothing. */
import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerOpenDialog } from './driver/dialogs.ts'
import { DrivesWindow } from './driver/drives-window.ts'
import { makeSmall, pictureFolder, schemes, takesPictures, wear } from './driver/look.ts'
import { withOwnPrograms } from './driver/own-programs.ts'
import { SystemDialog } from './driver/system-dialog.ts'
import { expect, test } from './fixtures.ts'

/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Ana' : `isomer-confirmation-${process.pid}`)

test.skip(!SystemDialog.isPossible(), 'needs xdotool and an X11 display')
test.beforeAll(() => mkdir(home, { recursive: true }))
test.afterAll(() => rm(home, { recursive: true, force: true }))

for (const scheme of schemes)
  test.describe(scheme, () => {
    test.use({
      command: async ({ command, dir }, use) => {
        const { env, ...rest } = await withOwnPrograms(command, join(dir, 'bin'))
        await use({ ...rest, env: { ...env, GTK_THEME: scheme === 'dark' ? 'Adwaita:dark' : 'Adwaita' } })
      },
    })

    test('Escape and Enter leave the question, and only its other button burns', async ({ app, dir, isomer, page }) => {
      const file = join(dir, 'letter.txt')
      const image = join(home, 'Family films.iso')
      const disc = join(home, `Trial ${scheme}.disc`)
      await writeFile(file, 'a letter'.repeat(10_000))
      execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-V', 'FAMILY_FILMS', '-o', image, file], { stdio: 'ignore' })
      await wear(app, page, scheme)
      const drives = new DrivesWindow(isomer)
      await drives.go()
      await drives.newVirtualDisc(disc)
      await drives.card(`Trial ${scheme}.disc`).getByRole('button', { name: 'Burn' }).click()
      await answerOpenDialog(app, [image])
      await page.getByRole('button', { name: 'Choose an image…' }).click()
      const burn = page.getByRole('button', { name: /^Burn to/ })
      const dialog = new SystemDialog(app)

      await dialog.openedBy(() => burn.click())
      if (takesPictures) {
        const path = join(pictureFolder, `burn-confirm-${scheme}.png`)
        await dialog.picture(path)
        makeSmall(path)
      }
      await dialog.answer('Escape')
      await dialog.openedBy(() => burn.click())
      await dialog.answer('Return')
      expect(await isomer.jobs()).toEqual([])

      await dialog.openedBy(() => burn.click())
      await dialog.answer('Tab', 'Return')
      await expect(page.getByText('every byte is as it should be')).toBeVisible({ timeout: 120_000 })
    })
  })
