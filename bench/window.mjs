#!/usr/bin/env node
/**
 * npm run bench:window: how soon the window can be used, how much memory it takes idle and with a large image open, and how
 * large the packages are. Linux; needs a display (xvfb-run -a) and npm run build.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { _electron } from 'playwright'
import { resolveRuntime } from '../scripts/electron-runtime.mjs'

const root = join(import.meta.dirname, '..')
const ENTRIES_IN_A_FOLDER = 1000
/** Links of one file that file systems allow: ext4 stops at 65,000. */
const LINKS_OF_A_FILE = 50_000
const SETTLE_MS = 5000

const options = { runs: { type: 'string', default: '5' }, entries: { type: 'string', default: '1000000' }, json: { type: 'boolean' } }
const { values } = parseArgs({ options })
const [runCount, entryCount] = [Number(values.runs), Number(values.entries)]
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Proportional memory of a process and all below it, in MiB: what it shares is counted by its share. */
function memoryMiB(pid) {
  // each thread has the processes that it started
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'))
  const children = threads.join(' ').trim().split(/\s+/).filter(Boolean)
  const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0
  return children.reduce((total, child) => total + memoryMiB(child), Number(pss) / 1024)
}

/** An image of many entries, from links of few files: only their names and places count. */
function makeImage(folder) {
  const source = join(folder, 'source')
  for (let made = 0; made < entryCount; made++) {
    const into = join(source, `folder ${String(Math.floor(made / ENTRIES_IN_A_FOLDER)).padStart(5, '0')}`)
    if (made % ENTRIES_IN_A_FOLDER === 0) mkdirSync(into, { recursive: true })
    const original = join(folder, `original ${Math.floor(made / LINKS_OF_A_FILE)}`)
    if (made % LINKS_OF_A_FILE === 0) writeFileSync(original, `content ${made}`)
    linkSync(original, join(into, `IMG_${String(made).padStart(7, '0')}.jpg`))
  }
  const image = join(folder, 'million.iso')
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'create', source, '-o', image, '-q'])
  rmSync(source, { recursive: true })
  return image
}

async function start(executable, profile, ...paths) {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ISOMER_ALLOW_NO_SANDBOX: '1', ISOMER_STATE: `${profile}-state` }
  const args = ['.', ...(process.getuid() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, ...paths]
  const startMs = performance.now()
  const app = await _electron.launch({ executablePath: executable, args, cwd: root, env })
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'Make an image', exact: true }).waitFor()
  return { app, page, usableMs: performance.now() - startMs }
}

async function measure(executable, scratch) {
  const starts = []
  let idleMiB = 0
  for (let run = 0; run <= runCount; run++) {
    const { app, usableMs } = await start(executable, join(scratch, `profile ${run}`))
    if (run > 0) starts.push(usableMs) // the first one warms the disk
    if (run === runCount) {
      await wait(SETTLE_MS)
      idleMiB = memoryMiB(app.process().pid)
    }
    await app.close()
  }
  const image = makeImage(scratch)
  const profile = join(scratch, 'profile large')
  mkdirSync(profile)
  const { app, page } = await start(executable, profile)
  const openMs = performance.now()
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, image)
  await page.keyboard.press('Control+O')
  await page.getByText('folder 00000').first().waitFor()
  const firstListingMs = performance.now() - openMs
  await page.getByRole('searchbox').first().fill('IMG_0999999')
  await page.getByText('IMG_0999999.jpg').first().waitFor({ timeout: 120_000 })
  await wait(SETTLE_MS)
  const largeMiB = memoryMiB(app.process().pid)
  await app.close()
  return { starts: starts.sort((a, b) => a - b), idleMiB, firstListingMs, largeMiB }
}

function packageSizes() {
  const folder = join(root, 'release')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => /\.(deb|rpm|tar\.gz|AppImage|exe|dmg|zip)$/.test(name))
  return names.map((name) => [name, `${(statSync(join(folder, name)).size / 1e6).toFixed(1)} MB`])
}

if (process.platform !== 'linux') throw new Error('This reads memory from /proc, which only Linux has.')
if (spawnSync('sh', ['-c', '[ -n "$DISPLAY$WAYLAND_DISPLAY" ]']).status !== 0)
  throw new Error('There is no display: xvfb-run -a npm run bench:window')
const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'isomer-window-'))
try {
  const { executable } = await resolveRuntime()
  const { starts, idleMiB, firstListingMs, largeMiB } = await measure(executable, scratch)
  const median = starts[Math.floor(starts.length / 2)]
  const range = `${(starts[0] / 1000).toFixed(2)} to ${(starts.at(-1) / 1000).toFixed(2)} s`
  const rows = [
    ['cold start to usable', `${(median / 1000).toFixed(2)} s (${range})`],
    ['memory idle, all processes', `${idleMiB.toFixed(0)} MiB`],
    [`first listing of an image of ${entryCount} entries, dialog included`, `${firstListingMs.toFixed(0)} ms`],
    ['memory with that image open and searched', `${largeMiB.toFixed(0)} MiB`],
    ...packageSizes(),
  ]
  if (values.json) console.log(JSON.stringify({ starts, idleMiB, firstListingMs, largeMiB, packages: Object.fromEntries(packageSizes()) }))
  else for (const [what, value] of rows) console.log(`| ${what} | ${value} |`)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
