/** A project is saved, opened from wherever it comes, and never does anything by itself. */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerSaveDialog } from './driver/dialogs.ts'
import { IsomerWindow } from './driver/isomer-window.ts'
import { launch, projectRoot, startCommand } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'

test('an arranged image is saved with Ctrl+S, opened by a drop and by the command line, and undo brings back what was there', async ({
  app,
  dir,
  isomer,
  page,
  target,
}) => {
  const photos = join(dir, 'Photos')
  await mkdir(photos)
  for (const name of ['beach.jpg', 'dinner.jpg']) await writeFile(join(photos, name), name)
  await isomer.drop(photos)
  await expect(isomer.row('beach.jpg')).toBeVisible()
  await page.getByText('Linux and Unix', { exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Linux and Unix' })).toBeChecked()
  const file = join(dir, 'Holiday.isomer')
  await answerSaveDialog(app, file)
  await page.keyboard.press('Control+S')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  expect(JSON.parse(await readFile(file, 'utf8')).steps).toEqual([{ step: 'add', hostPath: 'Photos', into: '/', contentsOnly: true }])

  await isomer.row('beach.jpg').click()
  await page.keyboard.press('Delete')
  await expect(isomer.row('beach.jpg')).toHaveCount(0)
  await expect(page.getByText('changed since it was saved')).toBeVisible()
  await page.keyboard.press('Control+S')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()

  const other = join(dir, 'Other')
  await mkdir(other)
  await writeFile(join(other, 'other.txt'), '')
  await page.getByRole('button', { name: 'Start over' }).click()
  await isomer.drop(other)
  await expect(isomer.row('other.txt')).toBeVisible()
  await isomer.go('Home')
  await isomer.drop(file)
  await expect(isomer.row('dinner.jpg')).toBeVisible()
  await expect(isomer.row('beach.jpg')).toHaveCount(0)
  await expect(page.getByRole('radio', { name: 'Linux and Unix' })).toBeChecked()
  await isomer.tree.focus()
  await page.keyboard.press('Control+Z')
  await expect(isomer.row('other.txt')).toBeVisible()
  await page.keyboard.press('Control+Shift+Z')
  await expect(isomer.row('dinner.jpg')).toBeVisible()

  const second = await launch(startCommand(target, join(dir, 'profile 2'), [file]))
  const opened = new IsomerWindow(second, await second.firstWindow())
  await expect(opened.row('dinner.jpg')).toBeVisible()
  expect(await opened.jobs()).toEqual([])
  await second.close()
  if (target === 'built') {
    execFileSync(process.execPath, ['dist/cli.js', 'create', '--project', file, '-o', join(dir, 'made.iso')], { cwd: projectRoot })
    expect(execFileSync('7z', ['l', join(dir, 'made.iso')], { encoding: 'utf8' })).toContain('dinner.jpg')
  }
})

test('what is missing of a project is said, and what is no project is refused and changes nothing', async ({ dir, isomer, page }) => {
  for (const name of ['here', 'gone']) {
    await mkdir(join(dir, name))
    await writeFile(join(dir, name, `${name}.txt`), '')
  }
  const step = (hostPath: string) => ({ step: 'add', hostPath, into: '/', contentsOnly: false })
  await writeFile(join(dir, 'two.isomer'), JSON.stringify({ isomer: 'project', version: 1, steps: [step('here'), step('gone')] }))
  await writeFile(join(dir, 'evil.isomer'), JSON.stringify({ isomer: 'project', version: 1, steps: [step('\\\\evil\\share')] }))
  await rm(join(dir, 'gone'), { recursive: true })
  const before = await readdir(dir)
  await isomer.drop(join(dir, 'two.isomer'))
  await expect(page.getByText('1 part of the project is not there any more')).toBeVisible()
  await expect(isomer.row('here')).toBeVisible()
  await isomer.go('Home')
  await isomer.drop(join(dir, 'evil.isomer'))
  await expect(page.getByText('‘evil.isomer’ can’t be used as a project.')).toBeVisible()
  await isomer.go('New image')
  await expect(isomer.row('here')).toBeVisible()
  expect(await readdir(dir)).toEqual(before)
})
