/** The window draws on while the rest works. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { countFrames, framesSince } from './driver/frames.ts'
import { expect, test } from './fixtures.ts'

const FOLDERS = 50
const FILES_PER_FOLDER = 1000
/** A window that waited for scan or write would stand still for seconds; a busy machine delays a frame by less. */
const LONGEST_FRAME_MS = 1000

function makeFiles(root: string): void {
  for (let folder = 0; folder < FOLDERS; folder++) {
    const path = join(root, `folder ${folder}`)
    mkdirSync(path, { recursive: true })
    for (let file = 0; file < FILES_PER_FOLDER; file++) writeFileSync(join(path, `file ${file}.txt`), `${file}`)
  }
}

test('50,000 dropped files never freeze the window', async ({ dir, isomer, page }) => {
  test.setTimeout(240_000)
  const source = join(dir, 'Archive')
  makeFiles(source)
  await countFrames(page)
  const startMs = performance.now()
  await isomer.drop(source)
  await expect(isomer.row('folder 0')).toBeVisible({ timeout: 30_000 })
  await expect(isomer.makeButton).toBeEnabled()
  const stagedMs = performance.now() - startMs
  await isomer.make(join(dir, 'Archive.iso'))
  const job = await isomer.lastJobEnded()
  expect(job).toMatchObject({ state: 'done', result: { files: FOLDERS * FILES_PER_FOLDER } })
  const { longestMs, count } = await framesSince(page)
  const numbers = `staged in ${Math.round(stagedMs)} ms, ${count} frames, the longest ${Math.round(longestMs)} ms`
  test.info().annotations.push({ type: 'measured', description: numbers })
  console.log(`50,000 files: ${numbers}`)
  expect(longestMs).toBeLessThan(LONGEST_FRAME_MS)
})
