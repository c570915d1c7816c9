/** What is set holds at once and after the next start, can be taken back and is found by keyboard. */
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Page } from '@playwright/test'
import { answerOpenDialog } from './driver/dialogs.ts'
import { IsomerWindow } from './driver/isomer-window.ts'
import { launch } from './driver/launch.ts'
import { look, schemes } from './driver/look.ts'
import { expect, test } from './fixtures.ts'

const isDark = (page: Page) => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
const canvas = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

async function goToSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
}

test('a theme holds at once, is taken back by Ctrl+Z, and is there after the next start', async ({ app, command, page }) => {
  await goToSettings(page)
  await page.getByText('Dark', { exact: true }).click()
  await expect.poll(() => isDark(page)).toBe(true)
  await page.getByText('Light', { exact: true }).click()
  await expect.poll(() => isDark(page)).toBe(false)
  await page.getByRole('heading', { name: 'Settings', level: 1 }).click()
  await page.keyboard.press('Control+Z')
  await expect.poll(() => isDark(page)).toBe(true)
  await page.getByText('High contrast', { exact: true }).click()
  await expect.poll(() => canvas(page)).toBe('rgb(0, 0, 0)')
  await app.close()

  const again = await launch(command)
  const next = await again.firstWindow()
  await next.getByRole('navigation', { name: 'Places' }).waitFor()
  await expect.poll(() => isDark(next)).toBe(true)
  await expect.poll(() => canvas(next)).toBe('rgb(0, 0, 0)')
  await again.close()
})

test('a setting is found and changed by keyboard alone', async ({ page }) => {
  await goToSettings(page)
  await page.keyboard.press('Control+F')
  await page.keyboard.type('double mount')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Images in the desktop'])
  await page.keyboard.press('Tab')
  await expect(page.getByRole('radio', { name: 'Mounts it' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Opens it in Isomer' })).toBeChecked()
  await page.keyboard.press('Control+F')
  await page.keyboard.type('no such thing')
  await expect(page.getByText('No setting has these words.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(8)
})

test('a new image begins with what the settings say, and goes where they say', async ({ app, dir, isomer, page }) => {
  const [source, out] = [join(dir, 'source'), join(dir, 'My images')]
  await mkdir(source)
  await mkdir(out)
  await writeFile(join(source, 'a.txt'), 'a')
  await goToSettings(page)
  await page.getByText('Linux and Unix', { exact: true }).click()
  await answerOpenDialog(app, [out])
  await page.getByRole('button', { name: 'Choose a folder…' }).click()
  await expect(page.getByText('My images')).toBeVisible()
  await isomer.drop(source)
  await expect(page.getByRole('radio', { name: 'Linux and Unix' })).toBeChecked()
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = ((_window: unknown, { defaultPath }: { defaultPath?: string }) => {
      Object.assign(globalThis, { asked: defaultPath })
      return Promise.resolve({ canceled: true, filePath: '' })
    }) as unknown as typeof dialog.showSaveDialog
  })
  await isomer.makeButton.click()
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked?: string }).asked)
  await expect.poll(asked).toBe(join(out, 'source.iso'))
})

test('the programs that are there are told with their versions, and those missing with how to get them', async ({ command, dir }) => {
  const tools = join(dir, 'tools')
  await mkdir(tools)
  await writeFile(join(tools, 'xorriso'), '#!/bin/sh\necho "xorriso 9.8.7 : a stand-in"\n')
  await chmod(join(tools, 'xorriso'), 0o755)
  const PATH = [tools, '/nothing'].join(delimiter)
  const app = await launch({ ...command, env: { ...command.env, PATH } })
  const page = await app.firstWindow()
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  await goToSettings(page)
  const line = (name: string) =>
    page
      .getByRole('list', { name: 'Programs of this system' })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${name}`) })
  await expect(line('xorriso')).toContainText('9.8.7')
  await expect(line('growisofs')).toContainText(/not installed.*dvd\+rw-tools/)
  await app.close()
})

test('a settings file that can’t be read is set aside, and that is said', async ({ command, dir }) => {
  const profile = join(dir, 'profile')
  await mkdir(profile, { recursive: true })
  await writeFile(join(profile, 'settings.json'), '{"version":1,')
  await mkdir(join(profile, 'Jobs'))
  await writeFile(join(profile, 'Jobs', '00000000-0000-4000-8000-000000000001.json'), 'no job')
  const app = await launch(command)
  const page = await app.firstWindow()
  await expect(page.getByText('The settings could not be read')).toBeVisible()
  await expect(page.getByText('1 job of the history could not be read.')).toBeVisible()
  expect((await readdir(profile)).some((name) => name.startsWith('settings.json.damaged-'))).toBe(true)
  expect(await new IsomerWindow(app, page).jobs()).toEqual([])
  await app.close()
})

for (const scheme of schemes)
  test(`the settings, ${scheme}`, async ({ app, page }) => {
    test.setTimeout(180_000)
    await goToSettings(page)
    await page.getByText(scheme === 'dark' ? 'Dark' : 'Light', { exact: true }).click()
    await expect.poll(() => isDark(page)).toBe(scheme === 'dark')
    await expect(page.getByRole('list', { name: 'Programs of this system' })).toBeVisible()
    await look(app, page, 'settings', scheme)
    await page.getByText('High contrast', { exact: true }).click()
    await look(app, page, 'settings-contrast', scheme)
  })
