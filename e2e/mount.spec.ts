/** An image becomes a folder of the system and goes again: by double-click, from Home, and seen whoever mounted it. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { writeSlowBzip2 } from '../main/containers/testing/slow-bzip2.ts'
import { answerOpenDialog } from './driver/dialogs.ts'
import type { StartCommand } from './driver/launch.ts'
import { look, schemes, wear } from './driver/look.ts'
import { CANNOT_MOUNT, cannotMount, withOwnMounts } from './driver/own-mounts.ts'
import { expect, test } from './fixtures.ts'

test.skip(cannotMount(), CANNOT_MOUNT)

/** A file manager that notes what it was to show. */
function watchFileManager(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openPath = async (path) => {
      opened.push(path)
      return ''
    }
  })
}
const openedFolders = (app: ElectronApplication) => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)

/** What the desktop does on a double-click: starts the app with the image's path. */
async function doubleClick({ executable, args, cwd, env }: StartCommand, path: string): Promise<void> {
  const second = spawn(executable, [...args, path], { cwd, env, stdio: 'ignore' })
  await new Promise((resolve) => second.once('exit', resolve))
}

const mounted = (page: Page) => page.getByRole('list', { name: 'Mounted images' }).getByRole('listitem')

async function makeImage(dir: string, name: string, label: string): Promise<string> {
  const source = join(dir, `source of ${name}`)
  await mkdir(join(source, 'Letters'), { recursive: true })
  await writeFile(join(source, 'Letters', 'こんにちは.txt'), 'a letter')
  await writeFile(join(source, 'notes.txt'), 'notes')
  const image = join(dir, name)
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-J', '-R', '-V', label, '-o', image, source], { stdio: 'ignore' })
  return image
}

/** Mounts go to a folder of the test's own. */
test.use({ command: ({ command, dir }, use) => withOwnMounts(command, dir, use) })

test('a double-clicked image is mounted, its folder opens, its files are there, and it is ejected', async ({ app, command, dir, page }) => {
  const image = await makeImage(dir, 'Letters 2019.iso', 'LETTERS')
  await watchFileManager(app)
  await doubleClick(command, image)
  await expect(mounted(page)).toHaveCount(1)
  const place = join(dir, 'runtime/isomer/LETTERS')
  await expect.poll(() => openedFolders(app)).toEqual([place])
  expect(await readFile(join(place, 'Letters/こんにちは.txt'), 'utf8')).toBe('a letter')
  expect((await readdir(place)).sort()).toEqual(['Letters', 'notes.txt'])

  await doubleClick(command, image)
  await expect.poll(() => openedFolders(app)).toEqual([place, place])
  await expect(mounted(page)).toHaveCount(1)

  await mounted(page).getByRole('button', { name: 'Eject Letters 2019.iso' }).click()
  await expect(page.getByText('No image is mounted')).toBeVisible()
  expect(await readdir(join(dir, 'runtime/isomer'))).toEqual(['.notes'])
})

test('a busy mount says who uses it and stays', async ({ command, dir, page }) => {
  const image = await makeImage(dir, 'busy.iso', 'BUSY')
  await doubleClick(command, image)
  await expect(mounted(page)).toHaveCount(1)
  const user = spawn('sleep', ['60'], { cwd: join(dir, 'runtime/isomer/BUSY') })
  await mounted(page).getByRole('button', { name: 'Eject busy.iso' }).click()
  await expect(page.getByText(`is in use by sleep (${user.pid})`)).toBeVisible()
  await expect(mounted(page)).toHaveCount(1)
  user.kill()
  await new Promise((resolve) => user.once('exit', resolve))
  await mounted(page).getByRole('button', { name: 'Eject busy.iso' }).click()
  await expect(mounted(page)).toHaveCount(0)
})

test('the setting makes a double-click open the image in Isomer instead', async ({ command, dir, isomer, page }) => {
  const image = await makeImage(dir, 'inside.iso', 'INSIDE')
  await isomer.places.getByRole('button', { name: 'Mounted' }).click()
  await expect(page.getByText('No image is mounted')).toBeVisible()
  await page.getByText('Opens it in Isomer').click()
  await expect(page.getByRole('radio', { name: 'Opens it in Isomer' })).toBeChecked()
  await doubleClick(command, image)
  await expect(page.getByText('INSIDE').first()).toBeVisible()
  await isomer.places.getByRole('button', { name: 'Mounted' }).click()
  await expect(page.getByText('No image is mounted')).toBeVisible()
})

test('what is mounted outside is listed too, and an image that vanished is noticed', async ({ command, dir, isomer, page }) => {
  const image = await makeImage(dir, 'outside.iso', 'OUTSIDE')
  const place = join(dir, 'somewhere')
  await mkdir(place)
  execFileSync('fuseiso', ['-n', image, place])
  await isomer.places.getByRole('button', { name: 'Mounted' }).click()
  await expect(mounted(page)).toContainText(['outside Isomer'])
  await mounted(page).getByRole('button', { name: 'Eject outside.iso' }).click()
  await expect(mounted(page)).toHaveCount(0)

  await doubleClick(command, image)
  await expect(mounted(page)).toHaveCount(1)
  await rm(image)
  await expect(mounted(page)).toContainText(['The image file is no longer there'])
})

test('a packed image says how far it is got ready, and its mount can be cancelled', async ({ app, dir, isomer, page }) => {
  const path = join(dir, 'packed.iso.bz2')
  writeSlowBzip2(path)
  await isomer.places.getByRole('button', { name: 'Mounted' }).click()
  await answerOpenDialog(app, [path])
  await page.getByRole('button', { name: 'Mount an image…' }).click()
  const card = page.getByRole('list', { name: 'Being got ready' }).getByRole('listitem')
  await expect(card).toContainText(/packed\.iso\.bz2.*It has to be expanded first: .* of .* so far\./)
  await expect(card.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /\d/)
  await card.getByRole('button', { name: 'Cancel mounting packed.iso.bz2' }).click()
  await expect(card).toHaveCount(0)
  await expect(page.getByText('No image is mounted')).toBeVisible()
  await expect(page.getByRole('alert')).toBeEmpty()

  const image = await makeImage(dir, 'small.iso', 'SMALL')
  execFileSync('bzip2', [image])
  await answerOpenDialog(app, [`${image}.bz2`])
  await page.getByRole('button', { name: 'Mount an image…' }).click()
  await expect(mounted(page)).toContainText(['from a copy of its data'])
  await mounted(page).getByRole('button', { name: 'Eject small.iso.bz2' }).click()
  await expect(mounted(page)).toHaveCount(0)
})

for (const scheme of schemes)
  test(`the mounted images, ${scheme}`, async ({ app, command, dir, isomer, page }) => {
    await wear(app, page, scheme)
    await isomer.places.getByRole('button', { name: 'Mounted' }).click()
    await expect(page.getByText('No image is mounted')).toBeVisible()
    await look(app, page, 'mounts-empty', scheme)
    const first = await makeImage(dir, 'Letters 2019.iso', 'LETTERS')
    const second = await makeImage(dir, '写真.iso', 'PHOTOS')
    await doubleClick(command, first)
    await expect(mounted(page)).toHaveCount(1)
    await doubleClick(command, second)
    await expect(mounted(page)).toHaveCount(2)
    await rm(first)
    await expect(page.getByText('The image file is no longer there')).toBeVisible()
    await look(app, page, 'mounts', scheme)
  })
