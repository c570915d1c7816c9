import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answerSaveDialog } from './driver/dialogs.ts'
import { dropOn } from './driver/drop.ts'
import { launch } from './driver/launch.ts'
import { expect, test } from './fixtures.ts'

const OUT = '/tmp/words-b/shots'
for (const lang of (process.env['LOOK'] ?? 'ar,de').split(','))
  test(`look ${lang}`, async ({ dir, command }) => {
    test.setTimeout(300_000)
    await mkdir(OUT, { recursive: true })
    await mkdir(join(dir, 'profile'), { recursive: true })
    await writeFile(
      join(dir, 'profile', 'settings.json'),
      JSON.stringify({ version: 1, window: null, targetFolder: null, sourceFolder: null, language: lang, theme: 'light' }),
    )
    const app = await launch(command)
    const page = await app.firstWindow()
    await page.locator('nav').waitFor()
    const shot = async (name: string) => {
      for (const [w, h] of [
        [1280, 800],
        [900, 600],
      ] as const) {
        await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [w, h] as [
          number,
          number,
        ])
        await expect.poll(() => page.evaluate(() => innerWidth)).toBe(w)
        await page.mouse.move(w / 2, 4)
        await page.waitForTimeout(300)
        const over = await page.evaluate(() => {
          const out: string[] = []
          if (document.documentElement.scrollWidth > innerWidth) out.push('DOC OVERFLOW')
          for (const e of document.querySelectorAll<HTMLElement>('button, p, span, h1, h2, dt, dd, li')) {
            if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).overflow !== 'visible' && e.textContent)
              out.push(`${e.tagName}: ${e.textContent.slice(0, 60)}`)
          }
          return out
        })
        if (over.length) console.log(lang, name, w, over)
        await page.screenshot({ path: `${OUT}/${lang}-${name}-${w}.png` })
      }
    }
    const nav = (n: number) => page.locator('nav button').nth(n).click()
    await shot('home')
    const source = join(dir, 'Urlaub 2024')
    await mkdir(join(source, 'Inbox', 'deep'), { recursive: true })
    for (const name of [
      'a very long name of a file that is 100 percent : odd.txt',
      'banana.txt',
      'Inbox/letter.txt',
      'صورة.txt',
      'Inbox/ملف.txt',
    ])
      await writeFile(join(source, name), 'x'.repeat(50000))
    await nav(2)
    await shot('create-empty')
    await dropOn(page, page.getByRole('main'), [source])
    await expect(page.getByText('banana.txt')).toBeVisible()
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press(lang === 'ar' ? 'ArrowLeft' : 'ArrowRight')
    await page.waitForTimeout(800)
    await shot('create')
    for (const button of await page.locator('aside h2 button').all()) await button.click()
    await page.locator('aside h2 button').last().scrollIntoViewIfNeeded()
    await shot('create-more')
    await page.locator('aside').evaluate((e) => {
      for (const x of e.querySelectorAll('*')) if (x.scrollHeight > x.clientHeight + 20) x.scrollTop = 100000
    })
    await shot('create-more2')
    await page.getByRole('treegrid').focus()
    await page.keyboard.press('Shift+F10')
    await page.waitForTimeout(300)
    await page.screenshot({ path: `${OUT}/${lang}-rowmenu.png` })
    await page.keyboard.press('Escape')
    const changes = page.locator('aside button').filter({ hasText: /^(Zeigen|إظهار|Afficher|Mostrar|表示|显示)$/ })
    if (await changes.count()) {
      await changes.first().click()
      await page.waitForTimeout(600)
      await shot('changes')
      await page.keyboard.press('Escape')
    }
    await answerSaveDialog(app, join(dir, 'out.iso'))
    await page.locator('aside button').filter({ hasText: '.iso' }).first().click()
    await page.waitForTimeout(3000)
    await shot('jobs')
    await nav(0)
    await page.waitForTimeout(300)
    await shot('home-full')
    await nav(3)
    await shot('mounts')
    await page.keyboard.press('Control+k')
    await page.waitForTimeout(300)
    await shot('palette')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+,')
    await page.waitForTimeout(300)
    await shot('settings')
    await page.locator('main').evaluate((e) => {
      for (const x of [e, ...e.querySelectorAll('*')]) if (x.scrollHeight > x.clientHeight + 20) x.scrollTop = 100000
    })
    await shot('settings-end')
    await app.close()
  })
