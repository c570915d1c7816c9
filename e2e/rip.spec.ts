/** Copying discs into images in the window: a virtual disc, and one whose sectors fail as the kernel says it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DrivesWindow } from './driver/drives-window.ts'
import { FailingDisc } from './driver/failing-disc.ts'
import { expect, test } from './fixtures.ts'

/** A drive takes its time, on a busy machine too. */
const ENDED = { timeout: 120_000 }
test.describe.configure({ timeout: 240_000 })

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

/** Seven files of which each byte says where it is. */
async function makeImage(dir: string, fileBytes: number): Promise<string> {
  const source = join(dir, 'source')
  await mkdir(source)
  for (let number = 1; number <= 7; number++) {
    const words = new Uint32Array(fileBytes / 4).map((_, index) => index * 7 + number)
    await writeFile(join(source, `Reel ${number}.mov`), Buffer.from(words.buffer))
  }
  const image = join(dir, 'Family films.iso')
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-J', '-R', '-V', 'FAMILY_FILMS', '-o', image, source], { stdio: 'ignore' })
  return image
}

test('a disc is copied whole, read twice, and its hash is the image’s', async ({ dir, isomer, page }) => {
  const image = await makeImage(dir, 300_000)
  const drives = new DrivesWindow(isomer)
  await drives.go()
  await expect(page.getByText('No drive for discs was found')).toBeVisible()
  await drives.useAsDisc(image)
  await expect(drives.card('Family films.iso')).toContainText('FAMILY_FILMS')
  const out = join(dir, 'copy.iso')
  await drives.prepareRip('Family films.iso', out)
  await page.getByText('Read it a second time and compare').click()
  await drives.startRip()
  await expect(page.getByText('The whole disc was read.')).toBeVisible(ENDED)
  await expect(page.getByText('Second reading: The same')).toBeVisible()
  await expect(page.getByText(await sha256(image))).toBeVisible()
  expect(await sha256(out)).toBe(await sha256(image))
  expect(existsSync(`${out}.map`)).toBe(false)
})

test.describe('a damaged disc', () => {
  test.skip(!FailingDisc.isPossible(), 'needs qemu-storage-daemon with FUSE')
  let disc: FailingDisc | null = null
  test.afterEach(async () => {
    await disc?.hide()
    disc = null
  })

  test('gives everything but its bad sectors, and the file they belong to is named', async ({ dir, isomer, page }) => {
    const image = await makeImage(dir, 300_000)
    disc = await FailingDisc.show(image, join(dir, 'Scratched.disc'), { badSectors: [400, 401, 402] })
    const drives = new DrivesWindow(isomer)
    await drives.go()
    await drives.useAsDisc(disc.path)
    const out = join(dir, 'copy.iso')
    await drives.prepareRip('Scratched.disc', out)
    await drives.startRip()
    await expect(page.getByText(/could not be read. 1 file is damaged/)).toBeVisible(ENDED)
    await expect(page.getByRole('img', { name: /^Sector map. .*Bad: / })).toBeVisible()
    await page.getByRole('button', { name: '1 damaged file' }).click()
    await expect(page.getByRole('list', { name: 'Damaged files' })).toContainText(/Reel \d\.mov/)
    const [good, copy] = [await readFile(image), await readFile(out)]
    expect(copy.length).toBe(good.length)
    // The kernel reads whole pages: the neighbour of a bad sector is lost with it.
    const before = 400 * 2048
    const behind = 404 * 2048
    expect(copy.subarray(0, before).equals(good.subarray(0, before))).toBe(true)
    expect(copy.subarray(behind).equals(good.subarray(behind))).toBe(true)
    expect(copy.subarray(before, behind).every((byte) => byte === 0)).toBe(true)

    // Somebody cleans the disc: only what is missing is read.
    await disc.hide()
    await writeFile(disc.path, good)
    await page.getByRole('button', { name: 'Try what is missing again' }).click()
    await expect(page.getByText('The whole disc was read.')).toBeVisible(ENDED)
    expect(await sha256(out)).toBe(await sha256(image))
  })

  test('is paused, cancelled, and gone on with', async ({ dir, isomer, page }) => {
    const image = await makeImage(dir, 3_000_000)
    disc = await FailingDisc.show(image, join(dir, 'Slow.disc'), { badSectors: [5000], bytesPerSecond: 2_000_000 })
    const drives = new DrivesWindow(isomer)
    await drives.go()
    await drives.useAsDisc(disc.path)
    const out = join(dir, 'copy.iso')
    await drives.prepareRip('Slow.disc', out)
    await drives.startRip()
    const done = async () => (await isomer.jobs()).at(-1)?.progress?.doneBytes ?? 0
    await expect.poll(done).toBeGreaterThan(1_000_000)
    await page.getByRole('button', { name: 'Pause copy.iso' }).click()
    await expect(page.getByRole('region', { name: 'Disc to image' }).getByText('Paused')).toBeVisible()
    expect((await isomer.jobs()).at(-1)).toMatchObject({ state: 'paused', remainingMs: null })
    await page.getByRole('button', { name: 'Go on with copy.iso' }).click()
    const paused = await done()
    await expect.poll(done).toBeGreaterThan(paused)
    await page.getByRole('button', { name: 'Cancel copy.iso' }).click()
    await expect(page.getByText(/What was read until then is in/)).toBeVisible(ENDED)
    expect(existsSync(`${out}.partial`) && existsSync(`${out}.map`)).toBe(true)

    await disc.hide()
    await writeFile(disc.path, await readFile(image))
    await page.getByRole('button', { name: 'Go on: copy.iso' }).click()
    await expect(page.getByText('The whole disc was read.')).toBeVisible(ENDED)
    expect(await sha256(out)).toBe(await sha256(image))
    expect(existsSync(`${out}.partial`)).toBe(false)
  })
})
