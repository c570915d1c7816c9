/** Burning in the window: real xorriso, to libburn's virtual drive (a file that behaves like a rewritable disc). */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { answerMessageBoxes, answerOpenDialog, answerSaveDialog } from './driver/dialogs.ts'
import { DrivesWindow } from './driver/drives-window.ts'
import { underConditions, withOwnPrograms, withRecordableDiscs, withRecordedStick } from './driver/own-programs.ts'
import { expect, test } from './fixtures.ts'

/** A drive takes its time, on a busy machine too. */
const ENDED = { timeout: 120_000 }
test.describe.configure({ timeout: 240_000 })

const CANCEL = 0
const YES = 1

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test.use({
  command: async ({ command, dir }, use) => use(await withOwnPrograms(command, join(dir, 'bin'))),
})

async function makeImage(dir: string, fileBytes: number): Promise<string> {
  const source = join(dir, 'source')
  await mkdir(source)
  const words = new Uint32Array(fileBytes / 4).map((_, index) => index * 2_654_435_761)
  await writeFile(join(source, 'film.mov'), Buffer.from(words.buffer))
  const image = join(dir, 'Holiday.iso')
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-V', 'HOLIDAY', '-o', image, source], { stdio: 'ignore' })
  return image
}

const verdict = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: `${title}:` })
const onDisc = async (discPath: string, sizeBytes: number) => (await readFile(discPath)).subarray(0, sizeBytes)

async function chooseImage(page: Page, app: Parameters<typeof answerOpenDialog>[0], image: string): Promise<void> {
  await answerOpenDialog(app, [image])
  await page.getByRole('button', { name: 'Choose an image…' }).click()
  await expect(page.getByText('The image is whole, as far as it says itself.')).toBeVisible(ENDED)
}

test('an image is burned, compared, and what is lost by burning over it is asked for', async ({ app, dir, isomer, page }) => {
  const image = await makeImage(dir, 4_000_000)
  const content = await readFile(image)
  const disc = join(dir, 'Trial.disc')
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.newVirtualDisc(disc)
  await expect(drives.card('Trial.disc')).toContainText('Blank')
  await drives.card('Trial.disc').getByRole('button', { name: 'Burn' }).click()
  await chooseImage(page, app, image)
  await expect(page.getByText(/^Written by xorriso/)).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Read the disc back and compare' })).toBeChecked()

  const asked = await answerMessageBoxes(app, CANCEL)
  await page.getByRole('button', { name: 'Burn to the virtual disc Trial.disc…' }).click()
  await expect.poll(asked).toEqual([expect.stringMatching(/^Burn “Holiday.iso”\? .*Trial\.disc, which is blank/s)])
  expect(await isomer.jobs()).toEqual([])
  await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: 'Burn to the virtual disc Trial.disc…' }).click()
  await expect(verdict(page, 'Verified')).toContainText('every byte is as it should be', ENDED)
  await expect(verdict(page, 'Written')).toContainText('Yes')
  await expect(verdict(page, 'Ejected')).toContainText('Not asked for')
  await expect(page.getByText(sha256(content))).toBeVisible()
  expect((await onDisc(disc, content.length)).equals(content)).toBe(true)

  await page.getByRole('button', { name: 'Back to all drives' }).click()
  await expect(drives.card('Trial.disc')).toContainText('HOLIDAY')
  await drives.card('Trial.disc').getByRole('button', { name: 'Burn' }).click()
  await chooseImage(page, app, image)
  const erase = page.getByRole('checkbox', { name: /^Erase what is on it: .*HOLIDAY/ })
  await expect(erase).not.toBeChecked()
  await expect(page.getByRole('button', { name: /^Burn to/ })).toBeDisabled()
  await page.getByText(/^Erase what is on it/).click()
  const askedAgain = await answerMessageBoxes(app, CANCEL)
  await page.getByRole('button', { name: /^Erase and burn to/ }).click()
  await expect.poll(askedAgain).toEqual([expect.stringMatching(/all that is on it is lost. It has .* on it \(HOLIDAY\)/)])
  expect(await isomer.jobs()).toHaveLength(1)
})

test('a disc that is different after writing is written, and not verified', async ({ app, dir, isomer, page }) => {
  const image = await makeImage(dir, 4_000_000)
  const disc = join(dir, 'Bad.disc')
  const byte = 2_500_000
  await underConditions(join(dir, 'bin'), { flips: { discPath: disc, byte } })
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.newVirtualDisc(disc)
  await drives.card('Bad.disc').getByRole('button', { name: 'Burn' }).click()
  await chooseImage(page, app, image)
  await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Burn to/ }).click()
  const sector = Math.floor(byte / 2048).toLocaleString('en')
  await expect(verdict(page, 'Verified')).toContainText(`1 sector differs, the first is sector ${sector}. Don’t rely on it.`, ENDED)
  await expect(verdict(page, 'Written')).toContainText('Yes')
  await expect(page.getByText('Written, but not as it should be', { exact: true })).toBeVisible()
})

test('progress is shown, and stopping asks first, because the disc is lost', async ({ app, dir, isomer, page }) => {
  const image = await makeImage(dir, 80_000_000)
  const disc = join(dir, 'Slow.disc')
  await underConditions(join(dir, 'bin'), { kilobytesPerSecond: 8000 })
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.newVirtualDisc(disc)
  await drives.card('Slow.disc').getByRole('button', { name: 'Burn' }).click()
  await chooseImage(page, app, image)
  await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Burn to/ }).click()
  await isomer.written(0.15)
  await expect(page.getByRole('listitem', { name: 'Write: being done' })).toBeVisible()
  await expect(page.getByRole('listitem', { name: 'Verify: to come' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Holiday.iso' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pause/ })).toHaveCount(0)

  const asked = await answerMessageBoxes(app, CANCEL)
  await page.getByRole('button', { name: 'Cancel Holiday.iso' }).click()
  await expect.poll(asked).toEqual([expect.stringContaining('can’t be used afterwards')])
  expect((await isomer.jobs()).at(-1)?.state).toBe('running')
  await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: 'Cancel Holiday.iso' }).click()
  expect(await isomer.lastJobEnded()).toMatchObject({ state: 'cancelled', problem: { kept: expect.stringMatching(/^The disc/) } })
  await expect(page.getByText('Stopped as you asked.')).toBeVisible()
})

test('what is put together is burned without an image in between', async ({ app, dir, isomer, page }) => {
  const folder = join(dir, 'Letters')
  await mkdir(folder)
  await writeFile(join(folder, 'first.txt'), 'a letter\n'.repeat(10_000))
  const disc = join(dir, 'Letters.disc')
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.newVirtualDisc(disc)
  await isomer.go('New image')
  await isomer.drop(folder)
  await expect(isomer.row('first.txt')).toBeVisible()
  await page.getByRole('button', { name: 'Burn to a disc…' }).click()
  await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Burn to the virtual disc/ }).click()
  await expect(verdict(page, 'Verified')).toContainText('every byte is as it should be', ENDED)
  const listed = execFileSync('bsdtar', ['-xOf', disc, 'first.txt'], { encoding: 'utf8' })
  expect(listed).toBe('a letter\n'.repeat(10_000))
})

test('a disc is left open for more, and files are added to what is on it', async ({ app, dir, isomer, page }) => {
  for (const name of ['Letters', 'Replies']) {
    await mkdir(join(dir, name))
    await writeFile(join(dir, name, `${name}.txt`), `${name}\n`.repeat(10_000))
  }
  const disc = join(dir, 'Post.disc')
  await withRecordableDiscs(join(dir, 'bin'))
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.newVirtualDisc(disc)
  await isomer.go('New image')
  await isomer.drop(join(dir, 'Letters'))
  await expect(isomer.row('Letters.txt')).toBeVisible()
  await page.getByRole('button', { name: 'Burn to a disc…' }).click()
  await expect(page.getByText(/^Add to what is on the disc/)).toHaveCount(0)
  await page.getByText('Leave the disc open for more files later').click()
  const asked = await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Burn to/ }).click()
  await expect.poll(asked).toEqual([expect.stringContaining('The disc is left open for more files.')])
  await expect(verdict(page, 'Verified')).toContainText('every byte is as it should be', ENDED)
  await expect(verdict(page, 'Written')).toContainText('Yes, and left open for more.')
  const first = await readFile(disc)

  await isomer.go('New image')
  await page.getByRole('button', { name: 'Start over' }).click()
  await isomer.drop(join(dir, 'Replies'))
  await expect(isomer.row('Replies.txt')).toBeVisible()
  await page.getByRole('button', { name: 'Burn to a disc…' }).click()
  await expect(page.getByRole('checkbox', { name: /^Add to what is on the disc: .*\(LETTERS\)$/i })).not.toBeChecked()
  await expect(page.getByRole('button', { name: /^Burn to/ })).toBeDisabled()
  await page.getByText(/^Add to what is on the disc/).click()
  const askedAgain = await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Add to/ }).click()
  await expect
    .poll(askedAgain)
    .toEqual([expect.stringMatching(/^Add “Replies” to what is on the disc\?.*What is on the disc stays.*takes no more files/is)])
  await expect(verdict(page, 'Verified')).toContainText('every byte is as it should be', ENDED)
  await expect(verdict(page, 'Written')).toContainText('Yes, and closed.')
  const out = join(dir, 'out')
  const newest = `${Math.ceil(first.length / 2048 / 32) * 32}`
  execFileSync('xorriso', ['-osirrox', 'on', '-load', 'sbsector', newest, '-indev', `stdio:${disc}`, '-extract', '/', out], {
    stdio: 'ignore',
  })
  for (const name of ['Letters', 'Replies']) expect(await readFile(join(out, `${name}.txt`), 'utf8')).toBe(`${name}\n`.repeat(10_000))
  expect((await onDisc(disc, first.length)).equals(first)).toBe(true)

  await page.getByRole('button', { name: 'Back to all drives' }).click()
  await expect(drives.card('Post.disc')).toContainText('Closed')
  await expect(drives.card('Post.disc').getByRole('button', { name: 'Burn' })).toHaveCount(0)
})

test('several discs are asked for one after the other, and can be fewer in the end', async ({ app, dir, isomer, page }) => {
  const image = await makeImage(dir, 400_000)
  const disc = join(dir, 'Copies.disc')
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.newVirtualDisc(disc)
  await drives.card('Copies.disc').getByRole('button', { name: 'Burn' }).click()
  await chooseImage(page, app, image)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('textbox', { name: 'Copies' }).fill('3')
  await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Burn to/ }).click()
  const alert = page.getByRole('alert').filter({ hasText: 'Put in disc' })
  await expect(alert).toContainText('Put in disc 2 of 3', ENDED)
  await expect(alert).toContainText('The disc in the drive has')
  await truncate(disc, 0) // somebody puts in a blank one
  await expect(alert).toContainText('Put in disc 3 of 3', ENDED)
  await page.getByRole('button', { name: 'Finish with 2 discs' }).click()
  await expect(page.getByRole('region', { name: 'Disc 2' })).toContainText('every byte is as it should be')
  await expect(page.getByRole('region', { name: 'Disc 3' })).toHaveCount(0)
})

test('a disc is erased once it is clear what is lost, and the log is kept', async ({ app, dir, isomer, page }) => {
  const image = await makeImage(dir, 400_000)
  const disc = join(dir, 'Old.disc')
  await writeFile(disc, await readFile(image))
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await drives.useAsDisc(disc)
  await drives.card('Old.disc').getByRole('button', { name: 'Erase' }).click()
  const asked = await answerMessageBoxes(app, YES)
  await page.getByRole('dialog').getByRole('button', { name: 'Erase the disc…' }).click()
  await expect
    .poll(asked)
    .toEqual([expect.stringMatching(/^Erase the virtual disc .*Old\.disc\? It has .*\(HOLIDAY\).*All of that is lost/)])
  expect(await isomer.lastJobEnded()).toMatchObject({ state: 'done', kind: 'erase' })
  await page.getByRole('button', { name: 'Log', exact: true }).click()
  const log = join(dir, 'erase.log')
  await answerSaveDialog(app, log)
  await page.getByRole('button', { name: 'Save log…' }).click()
  await expect.poll(() => readFile(log, 'utf8').catch(() => '')).toMatch(/^I \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} Erasing/m)
  await page.getByRole('button', { name: 'Back to all drives' }).click()
  await expect(drives.card('Old.disc')).toContainText('Blank')
  await drives.card('Old.disc').getByRole('button', { name: 'More for Old.disc' }).click()
  await page.getByRole('menuitem', { name: /Take it off this list/ }).click()
  await expect(page.getByText('No drive for discs was found')).toBeVisible()
  await rm(disc)
})

test('everything can be done by keyboard', async ({ app, dir, isomer, page }) => {
  const image = await makeImage(dir, 400_000)
  await answerMessageBoxes(app, YES)
  const tabTo = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name })
    await expect(wanted).toBeEnabled()
    for (let presses = 0; presses < 60; presses++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
    }
    throw new Error(`${name} can’t be reached`)
  }
  await page.keyboard.press('Control+D')
  await answerSaveDialog(app, join(dir, 'Keys.disc'))
  await tabTo('New virtual disc…')
  await tabTo('Burn to the disc in Keys.disc…')
  await answerOpenDialog(app, [image])
  await tabTo('Choose an image…')
  await tabTo(/^Burn to the virtual disc/)
  await expect(verdict(page, 'Verified')).toContainText('every byte is as it should be', ENDED)
  await tabTo('Back to all drives')
  await answerSaveDialog(app, join(dir, 'copy.iso'))
  await tabTo('Copy the disc in Keys.disc into an image…')
  await tabTo('Choose where…')
  await tabTo(/^Copy to copy\.iso/)
  await expect(page.getByText('The whole disc was read.')).toBeVisible(ENDED)
  expect((await isomer.jobs()).map(({ state }) => state)).toEqual(['done', 'done'])
})

test('a stick is named by model and size before it is written, and one that is gone is no disaster', async ({ app, dir, page }) => {
  const image = await makeImage(dir, 400_000)
  await withRecordedStick(join(dir, 'bin'))
  await page.keyboard.press('Control+D')
  await page.getByRole('button', { name: 'Write an image to SanDisk Ultra USB 3.0…' }).click()
  await answerOpenDialog(app, [image])
  await page.getByRole('button', { name: 'Choose an image…' }).click()
  const asked = await answerMessageBoxes(app, YES)
  await page.getByRole('button', { name: /^Write over SanDisk/ }).click()
  await expect
    .poll(asked)
    .toEqual([expect.stringMatching(/^Write over all of SanDisk Ultra USB 3\.0 \(.*Everything on it is lost \(STICK\)/s)])
  await expect(page.getByText(/could not be opened/).first()).toBeVisible(ENDED)
})
