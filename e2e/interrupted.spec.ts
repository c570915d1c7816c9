/** What is on the disk after a job was cut off: the old file or none, and nothing half-written. */
import { execFileSync } from 'node:child_process'
import { mkdir, open, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const MEBIBYTE = 1024 * 1024
/** Long enough to be caught at work; it has no blocks on the disk. */
const LARGE_BYTES = 1024 * MEBIBYTE

/** A folder whose first file is large and whose last is small. */
async function makeLargeSource(folder: string): Promise<void> {
  await mkdir(folder)
  const file = await open(join(folder, 'a large file.bin'), 'w')
  await file.truncate(LARGE_BYTES)
  await file.close()
  await writeFile(join(folder, 'last.txt'), 'the last file')
}

const staysAwake = (app: ElectronApplication) =>
  app.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)))

test('cancelling half-way leaves the old file as it was and nothing else', async ({ app, dir, isomer, page }) => {
  const source = join(dir, 'source')
  const outFolder = join(dir, 'out')
  await makeLargeSource(source)
  await mkdir(outFolder)
  await writeFile(join(outFolder, 'image.iso'), 'the old one')
  await isomer.drop(source)
  await isomer.make(join(outFolder, 'image.iso'))
  await isomer.written(0.4)
  expect(await staysAwake(app)).toBe(true)
  await page
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click()
  const job = await isomer.lastJobEnded()
  expect(job).toMatchObject({ state: 'cancelled', result: null, problem: { kind: 'cancelled' } })
  expect(job.progress?.doneBytes).toBeLessThan(LARGE_BYTES)
  expect(await staysAwake(app)).toBe(false)
  expect(await readdir(outFolder)).toEqual(['image.iso'])
  expect(await readFile(join(outFolder, 'image.iso'), 'utf8')).toBe('the old one')
})

test('when the job’s process is killed the window lives, says so, and the old file is as it was', async ({ dir, isomer, page }) => {
  const source = join(dir, 'source')
  const outFolder = join(dir, 'out')
  await makeLargeSource(source)
  await mkdir(outFolder)
  await writeFile(join(outFolder, 'image.iso'), 'the old one')
  await isomer.drop(source)
  await isomer.make(join(outFolder, 'image.iso'))
  await isomer.written(0.2)
  process.kill(await isomer.jobProcessId(), 'SIGKILL')
  const job = await isomer.lastJobEnded()
  expect(job).toMatchObject({ state: 'failed', problem: { kind: 'bug', code: 'job-process-ended' } })
  expect(await readdir(outFolder)).toEqual(['image.iso'])
  expect(await readFile(join(outFolder, 'image.iso'), 'utf8')).toBe('the old one')
  await expect(page.getByText('The job’s own process ended unexpectedly.').first()).toBeVisible()
  await isomer.go('New image')
  await expect(isomer.row('last.txt')).toBeVisible()
})

test('a source that vanishes half-way fails the job by its name', async ({ dir, isomer }) => {
  const source = join(dir, 'source')
  const outFolder = join(dir, 'out')
  await makeLargeSource(source)
  await mkdir(outFolder)
  await isomer.drop(source)
  await isomer.make(join(outFolder, 'image.iso'))
  await isomer.written(0.1)
  const processId = await isomer.jobProcessId()
  process.kill(processId, 'SIGSTOP')
  await rm(join(source, 'last.txt'))
  process.kill(processId, 'SIGCONT')
  const job = await isomer.lastJobEnded()
  expect(job).toMatchObject({ state: 'failed', result: null, problem: { kind: 'io' } })
  expect(job.problem?.message).toContain('last.txt')
  expect(await readdir(outFolder)).toEqual([])
})

test('losing what was arranged takes more than a crash of the process that holds it', async ({ app, dir, isomer, page }) => {
  const source = join(dir, 'source')
  await makeLargeSource(source)
  await isomer.drop(source)
  await expect(isomer.row('last.txt')).toBeVisible()
  const before = await page.evaluate(() => window.isomer.staging.summary())
  const metrics = await app.evaluate(({ app: { getAppMetrics } }) => getAppMetrics().map(({ name, pid }) => ({ name, pid })))
  const workbench = metrics.find(({ name }) => name === 'Isomer workbench')
  if (!workbench) throw new Error('the workbench does not run')
  process.kill(workbench.pid, 'SIGKILL')
  await expect.poll(() => page.evaluate(() => window.isomer.staging.summary())).toEqual(before)
})

test.describe('on a small volume', () => {
  test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'only root can mount one')

  const volume = test.extend<{ mounted: string }>({
    mounted: async ({ dir }, use) => {
      const mounted = join(dir, 'volume')
      await mkdir(mounted)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1200m', 'tmpfs', mounted])
      await use(mounted)
      execFileSync('umount', [mounted])
    },
  })

  volume('no room is said before anything is written', async ({ dir, isomer, mounted, page }) => {
    const source = join(dir, 'source')
    await makeLargeSource(source)
    execFileSync('mount', ['-o', 'remount,size=100m', mounted])
    await isomer.drop(source)
    await isomer.make(join(mounted, 'image.iso'))
    await expect(page.getByRole('alert')).toContainText(/room|space/)
    expect(await isomer.jobs()).toEqual([])
    expect(await readdir(mounted)).toEqual([])
  })

  volume('a volume that fills up half-way fails the job and is as empty as before', async ({ dir, isomer, mounted }) => {
    const source = join(dir, 'source')
    await makeLargeSource(source)
    await isomer.drop(source)
    await isomer.make(join(mounted, 'image.iso'))
    await isomer.written(0.1)
    const processId = await isomer.jobProcessId()
    process.kill(processId, 'SIGSTOP')
    const { blocks, bfree, bsize } = await statfs(mounted)
    const usedBytes = (blocks - bfree) * bsize
    execFileSync('mount', ['-o', `remount,size=${Math.ceil(usedBytes / MEBIBYTE) + 2}m`, mounted])
    process.kill(processId, 'SIGCONT')
    const job = await isomer.lastJobEnded()
    expect(job).toMatchObject({ state: 'failed', result: null, problem: { kind: 'io' } })
    expect(job.problem?.technical).toContain('ENOSPC')
    expect(await readdir(mounted)).toEqual([])
  })
})
