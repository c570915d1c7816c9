import { describe, expect, it } from 'vitest'
import { checkSources } from './house/rules.mjs'

const messages = (files) => checkSources(new Map(Object.entries(files))).map(({ path, line, message }) => `${path}:${line}: ${message}`)

const forbidden = [
  ['main/image/open.ts', "import { app } from 'electron'", "only app/ imports 'electron'"],
  ['main/image/open.ts', "import { x } from '../../app/window.ts'", 'main/ imports nothing from app/'],
  ['main/image/open.ts', "import type { X } from '../../renderer/src/x.ts'", 'main/ imports nothing from renderer/'],
  ['main/image/open.ts', "export { x } from '../verify/x.ts'", 'main/image imports main/verify, which is above it'],
  ['main/image/open.ts', "const x = await import('../cli/main.ts')", 'main/image imports main/cli, which is above it'],
  ['main/iso9660/reader.ts', "import { x } from '../boot/catalog.ts'", 'main/iso9660 imports main/boot, which is its neighbour'],
  [
    'main/image/open.ts',
    "import { spawn } from 'node:child_process'",
    'child processes are started only in main/drives, main/mounts, main/jobs',
  ],
  [
    'app/setup/window.ts',
    "import { spawn } from 'child_process'",
    'child processes are started only in main/drives, main/mounts, main/jobs',
  ],
  ['renderer/src/app.tsx', "import { readFile } from 'node:fs/promises'", 'renderer/ runs in a page: no Node modules'],
  ['renderer/src/app.tsx', "import { open } from '../../main/image/open.ts'", 'renderer/ imports nothing from main/'],
  ['shared/limits.ts', "import { join } from 'node:path'", 'shared/ runs on both sides: no Node modules'],
  ['shared/limits.ts', "import { open } from '../main/image/open.ts'", 'shared/ imports nothing from main/'],
  ['main/image/open.ts', "import { sample } from './sample.test.ts'", 'main/image/sample.test.ts is test code'],
]

describe('imports', () => {
  it.each(forbidden)('%s: %s', (path, source, message) => {
    expect(messages({ [path]: source })).toEqual([expect.stringContaining(message)])
  })

  it.each([
    ['main/jobs/job.ts', "import { spawn } from 'node:child_process'"],
    ['main/image/image.test.ts', "import { execFileSync } from 'node:child_process'"],
    ['main/iso9660/reader.test.ts', "import { open } from '../image/open.ts'"],
    ['main/cli/list.ts', "import { open } from '../image/open.ts'"],
    ['app/main.ts', "import { app } from 'electron'\nimport { jobs } from '../main/jobs/queue.ts'"],
    ['main/image/open.ts', "// import { app } from 'electron'\nconst text = `import { app } from 'electron'`"],
  ])('allowed: %s: %s', (path, source) => {
    expect(messages({ [path]: source })).toEqual([])
  })

  it('reports a circle once, with the way round', () => {
    expect(
      messages({
        'shared/a.ts': "import './b.ts'",
        'shared/b.ts': "import type { C } from './c.ts'",
        'shared/c.ts': "import { a } from './a.ts'",
        'shared/d.ts': "import './a.ts'",
      }),
    ).toEqual(['shared/a.ts:1: import circle: shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts'])
  })
})

describe('files', () => {
  it.each(['shared/utils.ts', 'main/image/helpers.test.ts', 'renderer/src/common.css'])('refuses the name %s', (path) => {
    expect(messages({ [path]: '' })).toEqual([expect.stringContaining('says nothing about what is in the file')])
  })

  it('wants every file of main/ in a room', () => {
    expect(messages({ 'main/cli.ts': '', 'main/stuff/a.ts': '', 'main/cli/main.ts': '' })).toHaveLength(2)
  })

  it('counts lines, but not of tests and generated files', () => {
    const long = 'x\n'.repeat(501)
    expect(
      messages({ 'shared/a.ts': long, 'shared/a.test.ts': long, 'shared/b.generated.ts': long, 'shared/c.ts': 'x\n'.repeat(500) }),
    ).toEqual(['shared/a.ts:500: 501 lines: split past 500'])
  })
})

describe('contents', () => {
  it('refuses default exports in the house, not in configuration', () => {
    const source = 'export default {}'
    expect(messages({ 'shared/a.ts': source, 'scripts/packaging/after-pack.mjs': source })).toEqual([
      'shared/a.ts:1: default export: name it',
    ])
  })

  it.each(['try { f() } catch {}', 'try { f() } catch (e) {\n\n}', 'f().catch(() => {})'])('refuses a swallowed error: %s', (source) => {
    expect(messages({ 'shared/a.ts': source })).toEqual([expect.stringContaining('swallowed without a comment')])
  })

  it.each([
    'try { f() } catch {\n  // gone already\n}',
    'f().catch(() => {}) // gone already',
    '// gone already\nf().catch(() => {})',
    'f().catch(() => 1)',
  ])('accepts an explained one: %s', (source) => {
    expect(messages({ 'shared/a.ts': source })).toEqual([])
  })

  it('keeps raw IPC in its place', () => {
    const source = "import { ipcMain } from 'electron'"
    expect(messages({ 'app/ipc/bind.ts': source, 'app/preload.ts': source, 'app/menu.ts': source })).toEqual([
      'app/menu.ts:1: raw ipcMain and ipcRenderer belong in app/ipc/ and app/preload.ts',
    ])
  })

  it('says that a file cannot be parsed', () => {
    expect(messages({ 'shared/a.ts': 'const = 1' })).toEqual([expect.stringContaining('cannot be parsed')])
  })
})
