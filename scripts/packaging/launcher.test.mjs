import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launcherScript } from './after-pack.mjs'

/** The launcher beside a stand-in for the app's binary, which prints how it was called. */
describe.skipIf(process.platform === 'win32')('the packaged launcher', () => {
  let folder
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'isomer-launcher-'))
    writeFileSync(join(folder, 'isomer'), await launcherScript(), { mode: 0o755 })
    writeFileSync(join(folder, 'isomer-app'), `#!/bin/sh\necho "\${ELECTRON_RUN_AS_NODE:-window}" "$@"\n`, { mode: 0o755 })
    mkdirSync(join(folder, 'resources'))
    writeFileSync(join(folder, 'resources/app.asar'), '')
    writeFileSync(join(folder, 'disc'), '')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const launch = (args, environment) =>
    spawnSync(join(folder, 'isomer'), args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, ...environment } })
  const cli = (...args) => `1 ${['resources/app.asar/dist/cli.js', ...args].join(' ')}\n`

  it.each([['list', 'my disc.iso'], ['--version'], ['lsit']])('runs the command line without a display: %s', (...args) => {
    expect(launch(args, {}).stdout.replace(`${folder}/`, '')).toBe(cli(...args))
  })

  it.each([[], ['disc'], ['no such.iso'], ['--inspect=0']])('opens the window: %s', (...args) => {
    expect(launch(args, { DISPLAY: ':9' }).stdout).toBe(`${['window', ...args].join(' ')}\n`)
  })

  it('finds the installed app from /usr/bin, where an isomer-app may be too', () => {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    for (const name of ['isomer', 'isomer-app']) cpSync(join(folder, name), join(bin, name))
    const { stderr } = spawnSync('sh', ['-x', join(bin, 'isomer'), 'list'], { encoding: 'utf8' })
    expect(stderr).toContain('exec /opt/Isomer/isomer-app /opt/Isomer/resources/app.asar/dist/cli.js list')
  })

  it('says what to do where the window can’t have its sandbox', () => {
    const bin = join(folder, 'other-system')
    mkdirSync(bin)
    writeFileSync(join(folder, 'chrome-sandbox'), '')
    for (const [name, line] of [
      ['id', 'echo 1000'],
      ['unshare', 'exit 1'],
    ])
      writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
    const environment = { PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':9' }
    const { stdout, stderr, status } = launch([], environment)
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
    expect(stderr).toContain(`sudo chmod 4755 '${join(folder, 'chrome-sandbox')}'`)
    expect(launch(['--no-sandbox'], environment).stdout).toBe('window --no-sandbox\n')
    chmodSync(join(folder, 'chrome-sandbox'), 0o4755)
    expect(launch([], environment).stdout).toBe('window\n')
    rmSync(join(folder, 'chrome-sandbox'))
  })

  it('says so where there is no display', () => {
    const { stdout, stderr, status } = launch(['disc'], {})
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
    expect(stderr).toContain('xvfb-run -a isomer')
  })
})
