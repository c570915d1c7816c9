#!/usr/bin/env node
/**
 * Checks a packaged Linux folder: its fuses, what is in its archive, the licences beside it, and that its launcher runs the command line
 * without a display. node scripts/check-package.mjs [FOLDER] [--e2e]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listAsar } from './electron/asar.mjs'
import { readFuses } from './electron/fuses.mjs'

const root = join(import.meta.dirname, '..')
const isE2e = process.argv.includes('--e2e')
const folder = process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? join(root, 'release/linux-unpacked')

const expectedFuses = {
  runAsNode: 'on', // the packaged command line runs the app's binary as Node
  enableCookieEncryption: 'off', // the app keeps no cookies; on would open the desktop's keyring
  enableNodeOptionsEnvironmentVariable: 'off',
  enableNodeCliInspectArguments: isE2e ? 'on' : 'off',
  enableEmbeddedAsarIntegrityValidation: 'off', // exists on macOS and Windows only
  onlyLoadAppFromAsar: 'on',
  loadBrowserProcessSpecificV8Snapshot: 'off',
  grantFileProtocolExtraPrivileges: 'off',
}
const neededFiles = ['package.json', 'dist/cli.js', 'dist/main/app.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']

async function fuseFaults() {
  const fuses = await readFuses(join(folder, 'isomer-app'))
  return Object.entries(expectedFuses).flatMap(([name, expected]) => {
    const actual = fuses.get(name) ?? 'absent'
    console.log(`  fuse ${name}: ${actual}`)
    return actual === expected ? [] : [`fuse ${name} is ${actual} and should be ${expected}`]
  })
}

async function archiveFaults() {
  const files = await listAsar(join(folder, 'resources/app.asar'))
  const paths = new Set(files.map((file) => file.path))
  const totalBytes = files.reduce((total, file) => total + file.sizeBytes, 0)
  console.log(`  app.asar: ${files.length} files, ${Math.round(totalBytes / 1000)} kB`)
  return [
    ...neededFiles.filter((path) => !paths.has(path)).map((path) => `app.asar lacks ${path}`),
    ...[...paths]
      .filter((path) => path.endsWith('.map') || path.startsWith('node_modules/'))
      .map((path) => `app.asar should not hold ${path}`),
  ]
}

/** Every package that is bundled has its licence beside the app, and so do Electron and Chromium. */
function licenceFaults() {
  const wanted = ['LICENSE.txt', 'LICENSE.third-party.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html']
  const missing = wanted.filter((name) => !existsSync(join(folder, name)))
  if (missing.length > 0) return [`the licences are incomplete: ${missing.join(', ')}`]
  const text = readFileSync(join(folder, 'LICENSE.third-party.txt'), 'utf8')
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.keys(dependencies)
    .filter((name) => !text.includes(`\n${name} `))
    .map((name) => `LICENSE.third-party.txt lacks ${name}`)
}

function commandLineFaults() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...withoutDisplay } = process.env
  const { stdout, stderr, status } = spawnSync(join(folder, 'isomer'), ['--version'], { encoding: 'utf8', env: withoutDisplay })
  console.log(`  isomer --version: ${stdout?.trim()}`)
  return status === 0 && stdout.includes(version) ? [] : [`isomer --version ended with ${status}: ${stderr?.trim()}`]
}

const faults = [...(await fuseFaults()), ...(await archiveFaults()), ...licenceFaults(), ...commandLineFaults()]
for (const fault of faults) console.error(`Package: ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
