/** The window draws on while the rest works. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'

const FOLDERS = 50
const FILES_PER_FOLDER = 1000
/** Longer than this is felt as a freeze. */
const LONGEST_FRAME_MS = 200

interface FrameCounter {
  longestMs: number
  count: number
}

test('50,000 dropped files never freeze the window', async ({ dir, isomer, page }) => {
  const source = join(dir, 'Archive')
  for (let folder = 0; folder < FOLDERS; folder++) {
    const path = join(source, `folder ${folder}`)
    await mkdir(path, { recursive: true })
    await Promise.all(Array.from({ length: FILES_PER_FOLDER }, (_, file) => writeFile(join(path, `file ${file}.txt`), `${file}`)))
  }
  await page.evaluate(() => {
    const counter: FrameCounter = { longestMs: 0, count: 0 }
    let last = performance.now()
    const frame = (now: number) => {
      counter.longestMs = Math.max(counter.longestMs, now - last)
      counter.count += 1
      last = now
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    Object.assign(globalThis, { frames: counter })
  })
  const frames = () => page.evaluate(() => (globalThis as unknown as { frames: FrameCounter }).frames)
  const startMs = performance.now()
  await isomer.drop(source)
  await expect(isomer.row('folder 0')).toBeVisible()
  await expect(isomer.makeButton).toBeEnabled()
  const stagedMs = performance.now() - startMs
  await isomer.make(join(dir, 'Archive.iso'))
  const job = await isomer.lastJobEnded()
  expect(job).toMatchObject({ state: 'done', result: { files: FOLDERS * FILES_PER_FOLDER, directories: FOLDERS } })
  const { longestMs, count } = await frames()
  const numbers = `staged in ${Math.round(stagedMs)} ms, ${count} frames, the longest ${Math.round(longestMs)} ms`
  test.info().annotations.push({ type: 'measured', description: numbers })
  console.log(`50,000 files: ${numbers}`)
  expect(longestMs).toBeLessThan(LONGEST_FRAME_MS)
})
