/**
 * Large images: a folder of 100,000 entries is listed, scrolled, searched and sorted while the window draws on. More of them
 * with ISOMER_LARGE_ENTRIES=1000000, for the figures in docs/benchmarks.md.
 */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { BrowseWindow } from './driver/browse-window.ts'
import { countFrames, framesSince } from './driver/frames.ts'
import { projectRoot } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'

const ENTRIES = Number(process.env['ISOMER_LARGE_ENTRIES'] ?? 100_000)
/** A window that waited for the image would stand still for seconds; a busy machine delays a frame by less. */
const LONGEST_FRAME_MS = 1000
const WHEEL_TURNS = 240

const nameOf = (number: number) => `document ${`${number}`.padStart(7, '0')}.txt`

/** One folder with many files. */
async function makeImage(dir: string): Promise<string> {
  const source = join(dir, 'source')
  const imagePath = join(dir, 'large.iso')
  mkdirSync(join(source, 'many'), { recursive: true })
  for (let number = 0; number < ENTRIES; number++) closeSync(openSync(join(source, 'many', nameOf(number)), 'w'))
  execFileSync(process.execPath, [join(projectRoot, 'dist/cli.js'), 'create', source, '-o', imagePath, '--label', 'LARGE', '-q'])
  return imagePath
}

test('very many rows are scrolled, found and sorted without the window standing still', async ({ dir, isomer, page }) => {
  test.setTimeout(180_000 * Math.max(1, ENTRIES / 100_000))
  const imagePath = await makeImage(dir)
  const browse = new BrowseWindow(isomer)
  const openedAtMs = performance.now()
  await browse.open(imagePath)
  const openedMs = performance.now() - openedAtMs
  await browse.row('many').dblclick()
  await expect(page.getByText(`${ENTRIES.toLocaleString('en')} items`)).toBeVisible({ timeout: 30_000 })
  expect(await browse.list.getByRole('row').count()).toBeLessThan(80)

  const measured: string[] = [`opened in ${Math.round(openedMs)} ms`]
  const measure = async (what: string, work: () => Promise<void>) => {
    await countFrames(page)
    const startMs = performance.now()
    await work()
    const tookMs = performance.now() - startMs
    const { longestMs, count } = await framesSince(page)
    measured.push(`${what} took ${Math.round(tookMs)} ms, ${count} frames, the longest ${Math.round(longestMs)} ms`)
    expect(longestMs, what).toBeLessThan(LONGEST_FRAME_MS)
  }
  await measure('scrolling by the wheel', async () => {
    await browse.list.hover()
    for (let turn = 0; turn < WHEEL_TURNS; turn++) await page.mouse.wheel(0, 700)
  })
  await measure('going to the end and back', async () => {
    await browse.list.focus()
    await page.keyboard.press('End')
    await expect(browse.row(nameOf(ENTRIES - 1))).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Home')
    await expect(browse.row(nameOf(0))).toHaveAttribute('aria-selected', 'true')
  })
  await measure('sorting', async () => {
    await page.getByRole('button', { name: 'Name' }).click()
    // What was selected stays selected and in sight.
    await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
    await expect(browse.row(nameOf(1))).toBeVisible({ timeout: 30_000 })
    await expect(browse.row(nameOf(0))).toHaveAttribute('aria-selected', 'true')
  })
  await measure('searching', async () => {
    await browse.searchField.pressSequentially('*00777??.txt')
    await expect(page.getByText('100 hits')).toBeVisible({ timeout: 30_000 })
  })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+A')
  await expect(page.getByRole('button', { name: 'Extract 100 selected items…' })).toBeVisible()
  for (const line of measured) console.log(`${ENTRIES.toLocaleString('en')} rows: ${line}`)
  test.info().annotations.push({ type: 'measured', description: measured.join('; ') })
})
