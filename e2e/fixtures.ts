import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'

const root = join(import.meta.dirname, '..')

interface Fixtures {
  dir: string
  app: ElectronApplication
  win: Page
  problems: string[]
}

export const test = base.extend<Fixtures>({
  dir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'isomer-e2e-'))
    await use(dir)
    await rm(dir, { recursive: true, force: true })
  },
  problems: async ({}, use) => use([]),
  app: async ({ dir }, use, info) => {
    const packaged = info.project.metadata['target'] === 'packaged'
    const executablePath = packaged
      ? (process.env['ISOMER_PACKAGED'] ?? join(root, 'release/e2e-build/linux-unpacked/isomer'))
      : execFileSync(process.execPath, [join(root, 'scripts/electron-runtime.mjs')], { encoding: 'utf8' }).trim()
    const app = await _electron.launch({
      executablePath,
      colorScheme: null, // else Playwright pins prefers-color-scheme to light and nativeTheme has no effect
      cwd: packaged ? dir : root,
      args: [
        ...(packaged ? [] : ['.']),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--lang=en-US',
        '--force-device-scale-factor=1',
      ],
      env: { ...(process.env as Record<string, string>), ISOMER_USER_DATA: join(dir, 'profile'), DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
    })
    await use(app)
    await app.close()
  },
  win: async ({ app, problems }, use) => {
    const win = await app.firstWindow()
    win.on('pageerror', (e) => problems.push(e.message))
    win.on('console', (m) => m.type() === 'error' && problems.push(m.text()))
    await win.getByTestId('version').getByText('Electron').waitFor()
    await use(win)
    base.expect(problems).toEqual([])
  },
})
export const expect = test.expect
