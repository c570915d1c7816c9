/**
 * Every screen of the window, light and dark, wide and narrow: judged by axe, and with ISOMER_SCREENSHOTS=1 pictured in
 * docs/screenshots (made small with pngquant where it is installed).
 */
import { appendFile, mkdir, open, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerOpenDialog } from './driver/dialogs.ts'
import type { IsomerWindow } from './driver/isomer-window.ts'
import { look, schemes, takesPictures, wear } from './driver/look.ts'
import { expect, test } from './fixtures.ts'

/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Ana' : `isomer-screens-${process.pid}`)
const manyFolder = join(home, 'Photos 2019')
const oddFolder = join(home, 'Concerts')
const smallFolder = join(home, 'Holiday 2019')
const brokenFolder = join(home, 'Broken')
const largeFolder = join(home, 'Film')

async function sparseFile(path: string, sizeBytes: number): Promise<void> {
  await writeFile(path, '')
  await truncate(path, sizeBytes)
}

async function makeManyFiles(): Promise<void> {
  const folders: readonly [name: string, count: number][] = [
    ['All originals', 42_000],
    ['Zürich', 2_800],
    ['京都', 3_100],
    ['القاهرة', 2_000],
    ['🏔️ Alps', 100],
  ]
  for (const [name, count] of folders) {
    const folder = join(manyFolder, name)
    await mkdir(folder, { recursive: true })
    for (let first = 1; first <= count; first += 500) {
      const numbers = Array.from({ length: Math.min(500, count - first + 1) }, (_, index) => first + index)
      await Promise.all(
        numbers.map((number) => sparseFile(join(folder, `IMG_${`${number}`.padStart(5, '0')}.jpg`), 80_000 + ((number * 7919) % 9000))),
      )
    }
  }
}

async function makeOddNames(): Promise<void> {
  await mkdir(join(oddFolder, 'Programme notes'), { recursive: true })
  const names = [
    'A very long title of a symphony, with its key and all of its movements, first half.flac',
    'A very long title of a symphony, with its key and all of its movements, second half.flac',
    'Björk – Jóga.flac',
    '坂本龍一.flac',
    'أم كلثوم.flac',
    '🎻 encore.flac',
    'read\u202emor.txt',
    'Programme notes/what: is * allowed?.txt',
    'plain.txt',
  ]
  for (const [index, name] of names.entries()) await sparseFile(join(oddFolder, name), 31_000_000 + index * 1_234_567)
  await symlink('plain.txt', join(oddFolder, 'latest'))
}

test.beforeAll(async () => {
  await rm(home, { recursive: true, force: true })
  await makeManyFiles()
  await makeOddNames()
  await mkdir(smallFolder)
  for (const name of ['beach.jpg', 'dinner.jpg', 'mountains.jpg']) await sparseFile(join(smallFolder, name), 4_000_000)
  await mkdir(largeFolder)
})
test.afterAll(() => rm(home, { recursive: true, force: true }))

async function startOver(isomer: IsomerWindow): Promise<void> {
  await isomer.go('New image')
  const button = isomer.page.getByRole('button', { name: 'Start over' })
  if (await button.isEnabled()) await button.click()
  await expect(isomer.page.getByText('Drop files and folders here')).toBeVisible()
}

const goToJobs = (isomer: IsomerWindow) => isomer.places.getByRole('button', { name: /^Jobs/ }).click()

function ended(isomer: IsomerWindow, title: string, state: 'done' | 'failed' | 'cancelled'): Promise<void> {
  const stateNow = async () => (await isomer.jobs()).findLast((job) => job.title === title)?.state
  return expect.poll(stateNow, { timeout: 60_000, message: `${title} has ended` }).toBe(state)
}

for (const scheme of schemes)
  test(`every screen, ${scheme}`, async ({ app, isomer, page }) => {
    test.setTimeout(300_000)
    const shot = (name: string) => look(app, page, name, scheme)
    await wear(app, page, scheme)

    await test.step('places before anything was done', async () => {
      await shot('home')
      await page.keyboard.press('Control+K')
      await expect(page.getByRole('menu', { name: 'Commands' })).toBeVisible()
      await shot('palette')
      await page.keyboard.press('Escape')
      await goToJobs(isomer)
      await shot('jobs-empty')
      await isomer.go('New image')
      await shot('create-empty')
    })

    await test.step('50,000 files', async () => {
      await isomer.drop(manyFolder)
      await expect(isomer.row('All originals')).toBeVisible()
      await expect(isomer.makeButton).toHaveAccessibleName(/^Make Photos 2019\.iso · 4\.\d+ GB$/)
      await isomer.tree.focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowRight')
      await expect(isomer.row('IMG_00001.jpg')).toBeVisible()
      expect(await isomer.tree.getByRole('row').count()).toBeLessThan(80)
      for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
      await shot('create-50000')
    })

    await test.step('names that will change', async () => {
      await startOver(isomer)
      await isomer.drop(oddFolder)
      await expect(isomer.row('🎻 encore.flac')).toBeVisible()
      await page.getByText('Oldest readers').click()
      await expect(page.getByRole('button', { name: 'Show what will change' })).toBeVisible()
      await shot('create-warnings')
      await page.getByRole('button', { name: 'Show what will change' }).click()
      await expect(page.getByRole('heading', { name: 'What will change' })).toBeVisible()
      await shot('changes')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByText('Leave out what can’t be read').scrollIntoViewIfNeeded()
      await shot('create-more')
      await page.getByText('Everywhere', { exact: true }).click()
    })

    await test.step('an image that is opened', async () => {
      await startOver(isomer)
      await isomer.drop(smallFolder)
      await expect(isomer.row('beach.jpg')).toBeVisible()
      await isomer.make(join(home, 'Holiday 2019.iso'))
      await ended(isomer, 'Holiday 2019.iso', 'done')
      await expect(page.getByRole('button', { name: 'Show in folder' })).toBeVisible()
      await page.getByRole('button', { name: 'Log', exact: true }).click()
      await shot('jobs-done')
      await isomer.go('Home')
      await answerOpenDialog(app, [join(home, 'Holiday 2019.iso')])
      await page.getByRole('button', { name: 'Open an image…' }).click()
      await expect(page.getByRole('button', { name: 'Verify Holiday 2019.iso' })).toBeVisible()
      await shot('home-image')
    })

    await test.step('sources that went away meanwhile', async () => {
      await startOver(isomer)
      const gone = join(smallFolder, 'gone.jpg')
      await sparseFile(gone, 5_000_000)
      await isomer.drop(smallFolder)
      await expect(isomer.row('gone.jpg')).toBeVisible()
      await rm(gone)
      await isomer.make(join(home, 'Changed.iso'))
      await expect(page.getByText('have changed since you put them together')).toBeVisible()
      await expect(isomer.row('gone.jpg')).toBeHidden()
      await shot('create-changed')
      await page
        .getByRole('button', { name: /^Close/ })
        .first()
        .click()
    })

    await test.step('a job that fails', async () => {
      await startOver(isomer)
      await rm(brokenFolder, { recursive: true, force: true })
      await mkdir(brokenFolder)
      await sparseFile(join(brokenFolder, 'Film.mkv'), 1_000_000_000)
      await appendFile(join(brokenFolder, 'subtitles.srt'), 'x')
      await isomer.drop(brokenFolder)
      await expect(isomer.row('subtitles.srt')).toBeVisible()
      await isomer.make(join(home, 'Incomplete.iso'))
      await isomer.written(0.1)
      const jobProcess = await isomer.jobProcessId()
      process.kill(jobProcess, 'SIGSTOP')
      await rm(join(brokenFolder, 'subtitles.srt'))
      process.kill(jobProcess, 'SIGCONT')
      await ended(isomer, 'Incomplete.iso', 'failed')
      await page.getByRole('button', { name: 'Technical details' }).click()
      await shot('jobs-failed')
    })

    await test.step('a job at work', async () => {
      await startOver(isomer)
      const film = await open(join(largeFolder, 'Film.mkv'), 'w')
      await film.truncate(3_900_000_000)
      await film.close()
      await appendFile(join(largeFolder, 'subtitles.srt'), 'x')
      await isomer.drop(largeFolder)
      await expect(isomer.row('Film.mkv')).toBeVisible()
      await isomer.make(join(home, 'Film.iso'))
      await isomer.written(0.3)
      const jobProcess = await isomer.jobProcessId()
      process.kill(jobProcess, 'SIGSTOP') // held still for the pictures
      await shot('jobs-running')
      await isomer.go('New image')
      await shot('create-strip')
      process.kill(jobProcess, 'SIGCONT')
      await page.getByRole('button', { name: 'Cancel Film.iso' }).click()
      await ended(isomer, 'Film.iso', 'cancelled')
    })
  })
