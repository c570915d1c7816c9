/** Isomer is killed in the middle of a queue: nothing half-made stays, and the next start knows what was done and what was not. */
import { execFileSync } from 'node:child_process'
import { mkdir, open, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { answerSaveDialog } from './driver/dialogs.ts'
import { IsomerWindow } from './driver/isomer-window.ts'
import { launch, type StartCommand } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'

/** Two at work are not done before they are killed; they have no blocks on the disk. */
const LARGE_BYTES = 6 * 1024 ** 3

async function start(command: StartCommand): Promise<{ app: ElectronApplication; isomer: IsomerWindow }> {
  const app = await launch(command)
  const page = await app.firstWindow()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  return { app, isomer: new IsomerWindow(app, page) }
}

async function kill(app: ElectronApplication): Promise<void> {
  const child = app.process()
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

/** Puts the staged image into the queue under another name. */
async function queue({ app, page }: IsomerWindow, path: string): Promise<void> {
  await answerSaveDialog(app, path)
  await page.evaluate(async () => {
    const target = await window.isomer.create.pickTarget()
    if (!target.ok || target.value === null) throw new Error('no target')
    const started = await window.isomer.create.start({ target: target.value.token })
    if (!started.ok) throw new Error(started.problem.message)
  })
}

const states = async (isomer: IsomerWindow) => (await isomer.jobs()).map(({ title, state }) => `${title} ${state}`)

test('killed in a queue of five jobs: the history is right, the interrupted ones are offered, and nothing partial is left', async ({
  command,
  dir,
}) => {
  test.setTimeout(180_000)
  const [small, large, out] = [join(dir, 'small'), join(dir, 'large'), join(dir, 'out')]
  for (const folder of [small, large, out]) await mkdir(folder)
  await writeFile(join(small, 'letter.txt'), 'a letter')
  await (await open(join(large, 'film.bin'), 'w')).close()
  await truncate(join(large, 'film.bin'), LARGE_BYTES)

  const first = await start(command)
  await first.isomer.drop(small)
  await first.isomer.make(join(out, '1.iso'))
  expect(await first.isomer.lastJobEnded()).toMatchObject({ title: '1.iso', state: 'done' })
  await first.isomer.go('New image')
  await first.isomer.page.getByRole('button', { name: 'Start over' }).click()
  await first.isomer.drop(large)
  await expect(first.isomer.row('film.bin')).toBeVisible()
  const written = first.isomer.written(0.02)
  for (const number of [2, 3, 4, 5]) await queue(first.isomer, join(out, `${number}.iso`))
  await written
  await expect.poll(() => states(first.isomer)).toEqual(['1.iso done', '2.iso running', '3.iso running', '4.iso queued', '5.iso queued'])
  expect(await readdir(out)).toHaveLength(3)
  await kill(first.app)

  const second = await start(command)
  const { page } = second.isomer
  expect(await states(second.isomer)).toEqual([
    '1.iso done',
    '2.iso interrupted',
    '3.iso interrupted',
    '4.iso interrupted',
    '5.iso interrupted',
  ])
  await expect.poll(() => readdir(out)).toEqual(['1.iso'])
  await page.getByText('Not finished when Isomer ended').waitFor()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const interrupted = page.getByRole('list', { name: 'Interrupted jobs' }).getByRole('listitem')
  await expect(interrupted).toHaveCount(4)
  await expect(interrupted.first()).toContainText('Isomer ended before this was done. Nothing was written.')
  await expect(interrupted.last()).toContainText('Isomer ended before this had begun. Nothing was written.')
  await expect(page.getByRole('list', { name: 'Finished jobs' }).getByRole('listitem')).toHaveCount(1)

  await truncate(join(large, 'film.bin'), 1_000_000)
  await page.getByRole('button', { name: 'Go on with all 4' }).click()
  await expect
    .poll(() => states(second.isomer), { timeout: 60_000 })
    .toEqual(['1.iso done', '2.iso done', '3.iso done', '4.iso done', '5.iso done'])
  expect((await readdir(out)).sort()).toEqual(['1.iso', '2.iso', '3.iso', '4.iso', '5.iso'])
  for (const name of ['2.iso', '5.iso'])
    expect(execFileSync('7z', ['l', join(out, name)], { encoding: 'utf8' })).toMatch(/1000000 +1000000 +film\.bin/)
  await second.app.close()
})
