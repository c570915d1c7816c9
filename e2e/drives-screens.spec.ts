/** The screens of drives, light and dark, wide and narrow: judged by axe, and with ISOMER_SCREENSHOTS=1 pictured. */
import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerMessageBoxes, answerOpenDialog } from './driver/dialogs.ts'
import { DrivesWindow } from './driver/drives-window.ts'
import { FailingDisc } from './driver/failing-disc.ts'
import { look, schemes, takesPictures, wear } from './driver/look.ts'
import { underConditions, withOwnPrograms, withRecordedStick } from './driver/own-programs.ts'
import { expect, test } from './fixtures.ts'

const YES = 1
/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Ana' : `isomer-drive-screens-${process.pid}`)
const image = join(home, 'Family films.iso')
/** A scratch across the disc, and a spot. */
const badSectors = [2000, 2001, 2600, 2601, 2602, 2603, 3300, 3301, 9000]

test.use({ command: async ({ command, dir }, use) => use(await withOwnPrograms(command, join(dir, 'bin'))) })
test.skip(!FailingDisc.isPossible(), 'needs qemu-storage-daemon with FUSE')

test.beforeAll(async () => {
  await rm(home, { recursive: true, force: true })
  const source = join(home, 'source')
  await mkdir(source, { recursive: true })
  for (let number = 1; number <= 9; number++) await writeFile(join(source, `Reel ${number}.mov`), Buffer.alloc(3_000_000, number))
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-J', '-R', '-V', 'FAMILY_FILMS', '-o', image, source], { stdio: 'ignore' })
})
test.afterAll(() => rm(home, { recursive: true, force: true }))

let disc: FailingDisc | null = null
test.afterEach(async () => {
  await disc?.hide()
  disc = null
})

for (const scheme of schemes)
  test(`drives, rip and burn, ${scheme}`, async ({ app, dir, isomer, page }) => {
    test.setTimeout(600_000)
    const shot = (name: string) => look(app, page, name, scheme)
    const drives = new DrivesWindow(isomer)
    const blank = join(home, 'Trial.disc')
    await rm(blank, { force: true })
    await wear(app, page, scheme)
    await answerMessageBoxes(app, YES)
    await drives.go()
    await expect(page.getByText('No drive for discs was found')).toBeVisible()
    await shot('drives-empty')
    await withRecordedStick(join(dir, 'bin'))

    disc = await FailingDisc.show(image, join(home, 'Wedding 2004.disc'), { badSectors, bytesPerSecond: 4_000_000 })
    const shown = disc
    await test.step('a damaged disc', async () => {
      await drives.newVirtualDisc(blank)
      await drives.useAsDisc(shown.path)
      await expect(drives.card('Wedding 2004.disc')).toContainText('FAMILY_FILMS')
      await expect(page.getByRole('heading', { name: 'SanDisk Ultra USB 3.0' })).toBeVisible()
      await shot('drives')
      const out = join(home, `Wedding 2004 ${scheme}.iso`)
      await drives.prepareRip('Wedding 2004.disc', out)
      await shot('rip')
      await drives.startRip()
      const progress = async () => (await isomer.jobs()).at(-1)?.progress
      await expect.poll(async () => /[*/-]/.test(JSON.stringify((await progress())?.detail ?? ''))).toBe(true)
      await expect.poll(async () => (await progress())?.doneBytes ?? 0, { timeout: 120_000 }).toBeGreaterThan(12_000_000)
      await page.getByRole('button', { name: /^Pause/ }).click()
      await shot('rip-running')
      await page.getByRole('button', { name: /^Go on with/ }).click()
      await expect(page.getByText(/files are damaged/)).toBeVisible({ timeout: 180_000 })
      await shot('rip-done')
    })
    await disc.hide()
    disc = null

    await test.step('a burn', async () => {
      await underConditions(join(dir, 'bin'), { kilobytesPerSecond: 6000 })
      await page.getByRole('button', { name: 'Back to all drives' }).click()
      await drives.card('Trial.disc').getByRole('button', { name: 'Burn' }).click()
      await answerOpenDialog(app, [image])
      await page.getByRole('button', { name: 'Choose an image…' }).click()
      await expect(page.getByText(/^Written by xorriso/)).toBeVisible()
      await shot('burn')
      await page.getByRole('button', { name: /^Burn to/ }).click()
      await isomer.written(0.1)
      const jobProcess = await isomer.jobProcessId()
      process.kill(jobProcess, 'SIGSTOP') // held still for the pictures
      await shot('burn-writing')
      process.kill(jobProcess, 'SIGCONT')
      await expect(page.getByText('every byte is as it should be')).toBeVisible({ timeout: 180_000 })
      await shot('burn-verified')
    })

    await test.step('a bad disc', async () => {
      await underConditions(join(dir, 'bin'), { flips: { discPath: blank, byte: 5_000_000 } })
      await page.getByRole('button', { name: 'Back to all drives' }).click()
      await drives.card('Trial.disc').getByRole('button', { name: 'Burn' }).click()
      await answerOpenDialog(app, [image])
      await page.getByRole('button', { name: 'Choose an image…' }).click()
      await page.getByText(/^Erase what is on it/).click()
      await shot('burn-over-data')
      await page.getByRole('button', { name: /^Erase and burn to/ }).click()
      await expect(page.getByText(/^Verified: The disc is bad/)).toBeVisible({ timeout: 180_000 })
      await shot('burn-failed')
    })

    await test.step('a stick', async () => {
      await page.keyboard.press('Control+U')
      await page.getByText(/^SanDisk Ultra/).click()
      await shot('flash')
    })
  })
