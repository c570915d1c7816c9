/**
 * Screens in other languages: the longest words (German), another script (Japanese), and from right to left (Arabic). What
 * they show is prepared in English; judged by axe, and with ISOMER_SCREENSHOTS=1 pictured in docs/screenshots.
 */
import { execFileSync } from 'node:child_process'
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Language, languageNames } from '../shared/words/languages.ts'
import { BrowseWindow } from './driver/browse-window.ts'
import { messagesOf } from './driver/catalogue.ts'
import { dropOn } from './driver/drop.ts'
import { look, takesPictures, wear } from './driver/look.ts'
import { expect, test } from './fixtures.ts'
import { bootImageIn } from './judges/boot-image.ts'

/** In pictures, a place with a name fit to be seen. */
const home = join(tmpdir(), takesPictures ? 'Eve' : `isomer-languages-screens-${process.pid}`)
const places = { home: 0, images: 1, create: 2, mounts: 3, verify: 4, drives: 5, jobs: 6 }

let imagePath: string
test.beforeAll(async () => {
  await rm(home, { recursive: true, force: true })
  await mkdir(join(home, 'Photos 2019/Iceland'), { recursive: true })
  imagePath = (await bootImageIn(home)).imagePath
  execFileSync('sh', ['-c', 'sha256sum "$(basename "$1")" > "$1.sha256"', 'sh', imagePath], { cwd: home })
  await truncate(imagePath, 15_000_000)
  for (const name of ['Geysir.jpg', 'Jökulsárlón.jpg', 'a file whose name is longer than the oldest of all readers can show.txt'])
    await writeFile(join(home, 'Photos 2019/Iceland', name), name)
})
test.afterAll(() => rm(home, { recursive: true, force: true }))

for (const language of ['de', 'ja', 'ar'] satisfies Language[])
  test(`screens in ${language}`, async ({ app, isomer, page }) => {
    test.setTimeout(240_000)
    const go = (place: keyof typeof places) => page.getByRole('navigation').first().getByRole('button').nth(places[place]).click()
    const shot = (name: string) => look(app, page, `language-${language}-${name}`, 'light')
    await wear(app, page, 'light')
    const say = messagesOf(language)
    const browse = new BrowseWindow(isomer)
    await browse.open(imagePath)
    await browse.row('docs').dblclick()
    await browse.row('note 4.txt').click()
    await go('create')
    await dropOn(page, page.getByRole('main'), [join(home, 'Photos 2019')])
    await expect(page.getByRole('treegrid').getByText('Iceland')).toBeVisible()
    await go('verify')
    await dropOn(page, page.getByRole('main'), [imagePath])
    await expect(page.getByRole('region', { name: 'Verdict' }).getByRole('heading', { level: 2 })).toHaveText(/Damaged/, {
      timeout: 60_000,
    })

    await page.keyboard.press('Control+,')
    await page.getByText(languageNames[language], { exact: true }).click()
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(language)
    await shot('settings')
    for (const place of ['home', 'create', 'verify', 'images'] as const) {
      await go(place)
      await shot(place)
    }
    await page.getByRole('tab').last().click()
    await shot('findings')
    await page.getByRole('tab').first().click()
    await page.getByRole('button', { name: say('browse.edit.image', { name: 'rescue-12.iso' }) }).click()
    await expect(page.getByRole('complementary', { name: say('edit.changes') })).toBeVisible()
    await browse.row('note 5.txt').click()
    await page.keyboard.press('Delete')
    await expect(browse.row('note 5.txt')).toContainText(say('edit.state.removed'))
    await dropOn(page, browse.list, [join(home, 'Photos 2019/Iceland')])
    await expect(browse.row('Iceland')).toContainText(say('edit.state.new'))
    await shot('edit')
  })
