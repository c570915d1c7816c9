/** Nobody is asked for new versions unless somebody wants it; then one small question, and no answer does harm. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ElectronApplication, Page } from '@playwright/test'
import { AnnouncementServer } from './driver/announcement-server.ts'
import { launch, projectRoot } from './driver/launch.ts'
import { look, schemes, wear } from './driver/look.ts'
import { test as base, expect } from './fixtures.ts'

const test = base.extend<{ server: AnnouncementServer }>({
  server: async ({}, use) => {
    const server = await AnnouncementServer.start()
    await use(server)
    await server.close()
  },
  command: async ({ command, server }, use) => use({ ...command, env: { ...command.env, ISOMER_RELEASES: server.url } }),
})

const DAY_MS = 24 * 3_600_000
const nowhere = 'This copy of Isomer names no place where new versions are announced.'
const daily = (page: Page) => page.getByText('Look for new versions once a day', { exact: true })
const lookNow = (page: Page) => page.getByRole('button', { name: 'Look now' })
const section = (page: Page) => page.getByRole('region', { name: 'New versions' })
const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'is out' })
const openPage = { name: 'Open its page in the browser' }

/** What a question says, whoever asks; the rest is the server's own name. */
const sameForAll = {
  connection: 'keep-alive',
  accept: 'application/json',
  'user-agent': 'Isomer',
  'accept-language': '*',
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-dest': 'empty',
  'accept-encoding': expect.stringMatching(/^[a-z, ]+$/),
}

async function goToSettings(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
}

async function ourPackage() {
  return JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string; releases: string }
}

/** Gives a function that tells which addresses were opened outside the window from now on. */
async function watchBrowser(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = (url: string) => Promise.resolve(void opened.push(url))
  })
  return () => app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside)
}

test.describe('with somebody to ask', () => {
  test.skip(({ target }) => target === 'packaged', 'a packaged app asks nobody that the environment names')

  test('nobody is asked while nobody wants it, and nothing but the one question gets out', async ({ app, page, server, problems }) => {
    server.announce('99.0.0')
    for (const place of ['Images', 'Mounted', 'Verify', 'Jobs', 'Home'])
      await page.getByRole('button', { name: place, exact: true }).click()
    await goToSettings(page)
    await expect(daily(page)).toBeVisible()
    await expect(section(page).getByRole('checkbox')).not.toBeChecked()
    const processes = () => app.evaluate(({ app: main }) => main.getAppMetrics().map(({ name }) => name))
    await expect.poll(processes).toContain('Isomer image') // what is done a while after the start has been done
    const { origin, url } = server
    expect(await page.evaluate((from) => fetch(from).then(() => 'answered', String), url)).toContain('Failed to fetch')
    problems.splice(0) // of which the page's console tells
    const answers = await app.evaluate(
      async ({ net, session }, [address, elsewhere]) => {
        const ask = (from: Electron.Session, at: string, method: string) => from.fetch(at, { method }).then(() => 'answered', String)
        const announcements = session.fromPartition('announcements')
        return Promise.all([
          net.fetch(address as string).then(() => 'answered', String),
          ask(session.fromPartition('another'), address as string, 'GET'),
          ask(announcements, address as string, 'POST'),
          ask(announcements, `${address}?who=me`, 'GET'),
          ask(announcements, elsewhere as string, 'GET'),
        ])
      },
      [url, `${origin}/elsewhere`],
    )
    for (const answer of answers) expect(answer).toContain('ERR_BLOCKED_BY_CLIENT')
    expect(server.asked).toHaveLength(0)
  })

  test('switched on, it asks once, says nothing of who asks, and points out what is new until that is passed over', async ({
    app,
    command,
    page,
    server,
  }) => {
    server.announce('99.0.0')
    await goToSettings(page)
    await daily(page).click()
    await expect(notice(page)).toContainText('Isomer 99.0.0 is out')
    expect(server.asked).toHaveLength(1)
    const { method, headers } = server.asked[0] ?? {}
    expect(method).toBe('GET')
    expect(headers).toEqual({ host: new URL(server.url).host, ...sameForAll })
    const opened = await watchBrowser(app)
    await notice(page).getByRole('button', openPage).click()
    await expect.poll(opened).toEqual([server.page])
    await expect(notice(page)).toHaveCount(0)
    await app.close()

    const file = join(command.args.find((arg) => arg.startsWith('--user-data-dir='))?.slice(16) ?? '', 'settings.json')
    const settings = JSON.parse(await readFile(file, 'utf8')) as object
    expect(settings).toMatchObject({ lookForUpdates: true, passedOverVersion: '99.0.0' })
    await writeFile(file, JSON.stringify({ ...settings, updatesAskedAtMs: Date.now() - DAY_MS }))
    server.announce('99.0.1')
    const again = await launch(command)
    const next = await again.firstWindow()
    await expect(notice(next)).toContainText('Isomer 99.0.1 is out')
    await next.getByRole('button', { name: 'Close message' }).click()
    await expect(notice(next)).toHaveCount(0)
    await again.close()

    const third = await launch(command)
    const last = await third.firstWindow()
    await goToSettings(last)
    await expect(section(last).getByRole('checkbox')).toBeChecked()
    await lookNow(last).click()
    await expect(section(last)).toContainText('Isomer 99.0.1 is out')
    expect(server.asked).toHaveLength(3)
    await expect(notice(last).filter({ hasText: 'Nothing was downloaded' })).toHaveCount(0)
    await third.close()
  })

  test('whoever presses the button is told, whatever comes back', async ({ app, page, server }) => {
    const opened = await watchBrowser(app)
    const { version } = await ourPackage()
    await goToSettings(page)
    const pressing = async (answer: (response: ServerResponse) => void, sentence: string) => {
      server.answer = answer
      await lookNow(page).click()
      await expect(section(page)).toContainText(sentence, { timeout: 30_000 }) // longer than its patience
      await expect(lookNow(page)).toBeEnabled()
    }
    const host = new URL(server.url).host
    server.announce(version)
    await pressing(server.answer, `This is the newest version, ${version}.`)
    await pressing((response) => void response.end('<!doctype html>'), `what ‘${host}’ answered is no announcement of a version.`)
    server.announce('99.0.0')
    await pressing(server.answer, `Isomer 99.0.0 is out; you have ${version}.`)
    await section(page).getByRole('button', openPage).click()
    await expect.poll(opened).toEqual([server.page])
    await pressing((response) => void response.writeHead(404).end(), `‘${host}’ did not say.`)
    server.announce(version)
    await pressing(server.answer, 'This is the newest version')
    await pressing((response) => void response.writeHead(302, { location: '/elsewhere' }).end(), `‘${host}’ did not say.`)
    server.announce(version)
    await pressing(server.answer, 'This is the newest version')
    let sentBytes = 0
    const endless = (response: ServerResponse) => {
      const piece = ' '.repeat(16 * 1024)
      const more = () => {
        while (!response.destroyed && response.write(piece)) sentBytes += piece.length
      }
      response.on('drain', more)
      more()
    }
    await pressing(endless, 'is no announcement of a version.')
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024)
    server.announce(version)
    await pressing(server.answer, 'This is the newest version')
    const bomb = gzipSync(JSON.stringify({ version, page: server.page }).padEnd(32 * 1024 * 1024))
    await pressing((response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb), 'is no announcement of a version.')
    await pressing((response) => response.destroy(), `‘${host}’ could not be reached.`)
    await pressing(() => {}, `‘${host}’ did not answer in time.`)
    server.announce(version)
    await pressing(server.answer, 'This is the newest version')
    for (const { url, headers } of server.asked) {
      expect(url).toBe('/newest.json')
      expect(headers, 'no cookie, no tag').toEqual({ host, ...sameForAll })
    }
    await expect(section(page).getByRole('checkbox')).not.toBeChecked()
  })

  test('only a server that somebody vouches for is believed', async ({ command, dir }) => {
    const server = await AnnouncementServer.startEncrypted(dir)
    server.announce('99.0.0')
    const lookingAt = async (vouched: boolean, sentence: string) => {
      const app = await launch({ ...command, env: { ...command.env, ISOMER_RELEASES: server.url } })
      if (vouched)
        await app.evaluate(({ session }) =>
          session.fromPartition('announcements').setCertificateVerifyProc((_request, answer) => answer(0)),
        )
      const page = await app.firstWindow()
      await goToSettings(page)
      await lookNow(page).click()
      await expect(section(page)).toContainText(sentence)
      await app.close()
    }
    await lookingAt(false, 'could not be reached.')
    expect(server.asked).toHaveLength(0)
    await lookingAt(true, 'Isomer 99.0.0 is out')
    expect(server.asked.map(({ headers }) => headers)).toEqual([{ host: new URL(server.url).host, ...sameForAll }])
    await server.close()
  })

  for (const scheme of schemes)
    test(`how it looks, ${scheme}`, async ({ app, page, server }) => {
      test.setTimeout(120_000)
      server.announce('99.0.0')
      await goToSettings(page)
      await page.keyboard.press('Control+F')
      await page.keyboard.type('new versions')
      await daily(page).click()
      await expect(notice(page)).toBeVisible()
      await wear(app, page, scheme) // after the change of a setting, which puts on what is set
      await lookNow(page).click()
      await expect(section(page).getByRole('button', openPage)).toBeVisible()
      await look(app, page, 'updates', scheme)
    })
})

test('a copy that names no place asks nobody, and says why', async ({ command, dir, server, target }) => {
  test.skip(!(await ourPackage()).releases.includes('.invalid/'), 'this copy is published')
  const profile = join(dir, 'profile')
  await mkdir(profile, { recursive: true })
  const wanting = { version: 1, window: null, targetFolder: null, sourceFolder: null, lookForUpdates: true }
  await writeFile(join(profile, 'settings.json'), JSON.stringify(wanting))
  const { ISOMER_RELEASES: _named, ...env } = command.env
  const app = await launch(target === 'packaged' ? command : { ...command, env })
  const page = await app.firstWindow()
  await goToSettings(page)
  await expect(section(page)).toContainText(nowhere)
  await expect(section(page).getByRole('checkbox')).toBeDisabled()
  await expect(section(page).getByRole('checkbox')).not.toBeChecked()
  await expect(lookNow(page)).toBeDisabled()
  expect(await page.evaluate(() => window.isomer.updates.look())).toMatchObject({ ok: false, problem: { code: 'updates-nowhere' } })
  await app.close()
  expect(server.asked).toHaveLength(0)
})
