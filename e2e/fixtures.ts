import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type ElectronApplication, type Page } from '@playwright/test'
import type { PageApi } from '../shared/ipc.ts'
import { IsomerWindow } from './driver/isomer-window.ts'
import { launch, type StartCommand, startCommand, type Target } from './driver/launch.ts'

declare global {
  interface Window {
    readonly isomer: PageApi
  }
}

interface Fixtures {
  /** A folder of this test's own, gone afterwards. */
  dir: string
  target: Target
  /** How the app was started; another start with it finds the first. */
  command: StartCommand
  app: ElectronApplication
  /** Errors of the page; a test that provokes some takes them out, and what is left fails it. */
  problems: string[]
  page: Page
  isomer: IsomerWindow
}

/** An app that a failed test left at work asks before it closes. */
const CLOSE_PATIENCE_MS = 10_000

export const test = base.extend<Fixtures>({
  dir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'isomer-e2e-'))
    await use(dir)
    await rm(dir, { recursive: true, force: true })
  },
  target: async ({}, use, info) => use(info.project.metadata['target'] as Target),
  command: async ({ dir, target }, use) => use(startCommand(target, join(dir, 'profile'))),
  app: async ({ command }, use) => {
    const app = await launch(command)
    await use(app)
    const ended = setTimeout(() => app.process().kill('SIGKILL'), CLOSE_PATIENCE_MS)
    await app.close()
    clearTimeout(ended)
  },
  problems: async ({}, use) => use([]),
  page: async ({ app, problems }, use) => {
    const page = await app.firstWindow()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    await page.getByRole('navigation', { name: 'Places' }).waitFor()
    await use(page)
    base.expect(problems).toEqual([])
  },
  isomer: async ({ app, page }, use) => use(new IsomerWindow(app, page)),
})

export const expect = test.expect
