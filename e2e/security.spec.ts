/** What a page that was taken over could not do. */
import { expect, test } from './fixtures.ts'

/** The page's console has these refusals as errors. */
const isRefusal = (problem: string) => /Content Security Policy|Failed to load resource|Not allowed to|ERR_/.test(problem)

function forgetRefusals(problems: string[]): void {
  problems.splice(0, problems.length, ...problems.filter((problem) => !isRefusal(problem)))
}

test('the page has no Node, no Electron, and only the functions of the table', async ({ page }) => {
  expect(await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis))).toEqual(
    [],
  )
  expect(await page.evaluate(() => Object.keys(window.isomer).sort())).toEqual([
    'app',
    'browse',
    'burn',
    'clipboard',
    'convert',
    'create',
    'drives',
    'drop',
    'edit',
    'flash',
    'jobs',
    'mounts',
    'project',
    'rip',
    'settings',
    'sources',
    'staging',
    'updates',
    'verify',
  ])
  expect(await page.evaluate(() => 'admit' in window.isomer.sources)).toBe(false)
  expect(await page.evaluate(() => Object.isFrozen(window.isomer))).toBe(true)
})

test('the content security policy begins from nothing, and inline scripts do not run', async ({ page, problems }) => {
  const policy = await page.evaluate(() => fetch('/').then((response) => response.headers.get('content-security-policy')))
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.documentElement.dataset.ran = "yes"'
    document.head.append(script)
    return document.documentElement.dataset['ran']
  })
  expect(ran).toBeUndefined()
  expect(problems.some(isRefusal)).toBe(true)
  forgetRefusals(problems)
})

test('the page stays where it is and opens nothing', async ({ app, page, problems }) => {
  const url = page.url()
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
  for (const elsewhere of ['https://example.com/', 'file:///etc/passwd', 'app://other/', 'data:text/html,hello'])
    await page.evaluate((to) => location.assign(to), elsewhere)
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
  expect(page.url()).toBe(url)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  forgetRefusals(problems)
})

test('nothing can be fetched from outside, by the page or past it', async ({ app, page, problems }) => {
  for (const url of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'app://other/index.html'])
    expect(
      await page.evaluate(
        (from) =>
          fetch(from).then(
            () => 'answered',
            () => 'refused',
          ),
        url,
      ),
    ).toBe('refused')
  const pastThePage = await app.evaluate(({ net }) => net.fetch('https://example.com/').then(() => 'answered', String))
  expect(pastThePage).toContain('ERR_BLOCKED_BY_CLIENT')
  forgetRefusals(problems)
})

test('the app protocol gives the page and nothing else from the disk', async ({ page, problems }) => {
  const status = (path: string) => page.evaluate((from) => fetch(from).then((response) => response.status), path)
  expect(await status('/index.html')).toBe(200)
  for (const path of ['/..%2fmain%2fapp.js', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets', '/nothing.js', '/%00.js'])
    expect(await status(path), path).toBeGreaterThanOrEqual(403)
  forgetRefusals(problems)
})

test('every permission is denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'] as PermissionName[]
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('main refuses questions from a page that is not in its own window', async ({ app, page }) => {
  const answer = await app.evaluate(async ({ BrowserWindow, app: electronApp }, url) => {
    const preload = `${electronApp.getAppPath()}/dist/preload/preload.cjs`
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } })
    await stranger.loadURL(url)
    const reply: unknown = await stranger.webContents.executeJavaScript('window.isomer.jobs.list()')
    stranger.destroy()
    return reply
  }, page.url())
  expect(answer).toMatchObject({ ok: false, problem: { code: 'untrusted-sender' } })
})

test('main refuses questions from its own window when that shows a strange page', async ({ app, page, problems }) => {
  expect((await page.evaluate(() => window.isomer.jobs.list())).ok).toBe(true)
  const answer = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    await contents?.loadURL('data:text/html,hello').catch(() => 'the page is refused too')
    const reply: unknown = await contents?.executeJavaScript('window.isomer ? window.isomer.jobs.list() : "no page"')
    return reply
  })
  expect(answer === 'no page' || (answer as { ok: boolean }).ok === false).toBe(true)
  forgetRefusals(problems)
})

test('a question that is not in the table is a usage problem', async ({ page }) => {
  const replies = await page.evaluate(async () => {
    const staging = window.isomer.staging as unknown as Record<string, (argument?: unknown) => Promise<unknown>>
    const create = window.isomer.create as unknown as Record<string, (argument?: unknown) => Promise<unknown>>
    return Promise.all([
      staging['add']?.({ tokens: ['/etc/passwd'], into: '/' }),
      staging['rows']?.({ path: 'x'.repeat(100_000) }),
      create['start']?.({ target: '/tmp/out.iso' }),
      staging['setOptions']?.({ mbrCodePath: '/etc/passwd' }),
      staging['setOptions']?.({ bootFiles: [{ platform: 'bios', hostPath: '/etc/passwd', emulation: 'auto', loadSectors: null }] }),
      staging['addBootFiles']?.({ platform: 'bios', tokens: ['/etc/passwd'] }),
    ])
  })
  for (const reply of replies) expect(reply).toMatchObject({ ok: false, problem: { kind: 'usage', code: 'bad-argument' } })
  const unknownToken = await page.evaluate(() => window.isomer.staging.add({ tokens: ['4f5c1a52-0bfb-4a0f-9f3f-0d6d0a4f8f11'], into: '/' }))
  expect(unknownToken).toMatchObject({ ok: false, problem: { kind: 'usage', code: 'unknown-source' } })
})

test('a file that the page made up has no way in', async ({ page }) => {
  const reply = await page.evaluate(() => window.isomer.drop([new File(['hello'], 'passwd')]))
  expect(reply).toMatchObject({ ok: false, problem: { kind: 'usage', code: 'nothing-dropped' } })
})
