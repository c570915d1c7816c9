#!/usr/bin/env node
/**
 * Installs the deb in a bare Debian, uses it and removes it: node scripts/check-deb.mjs [release/isomer_….deb] [--suite bookworm]
 * Takes root, mmdebstrap, Xvfb, xwininfo and the Debian archive, and some minutes: run it by hand, not with the tests.
 *
 * The display is the host's, so that nothing but the package's own dependencies brings libraries along.
 */
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
const WANTED_PROGRAMS = ['mmdebstrap', 'Xvfb', 'xwininfo', 'chroot', 'mount']
/** The reach: what people download. */
const MOST_PACKAGE_BYTES = 120_000_000
const WINDOW_PATIENCE_MS = 120_000
const END_PATIENCE_MS = 30_000

const { values, positionals } = parseArgs({ options: { suite: { type: 'string', default: 'bookworm' } }, allowPositionals: true })
const faults = []
const say = (sentence) => console.log(sentence)
function check(what, isGood, detail = '') {
  say(`${isGood ? 'ok     ' : 'FAILED '} ${what}${isGood || detail === '' ? '' : `: ${detail}`}`)
  if (!isGood) faults.push(what)
}

function newestDeb() {
  const folder = join(root, 'release')
  const debs = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.deb')) : []
  const byAge = debs.map((name) => join(folder, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  if (byAge.length === 0) throw new Error('There is no deb in release: run npm run package first.')
  return byAge[0]
}

function requirePrograms() {
  if (process.getuid?.() !== 0) throw new Error('This takes root, to make a system and to change into it.')
  const missing = WANTED_PROGRAMS.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)
  if (missing.length > 0) throw new Error(`These programs are missing: ${missing.join(', ')}.`)
}

function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options })
  return { status: error ? 127 : status, stdout: stdout ?? '', stderr: error?.message ?? stderr ?? '' }
}

const plainEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' }
const inside = (system, args, environment = {}) => run('chroot', [system, ...args], { env: { ...plainEnvironment, ...environment } })
const asUser = ['/usr/sbin/runuser', '-u', 'ana', '--']
const userEnvironment = { HOME: '/home/ana', XDG_RUNTIME_DIR: '/tmp/ana-runtime' }

function makeSystem(system) {
  say(`Making a bare Debian ${values.suite}…`)
  const made = run('mmdebstrap', ['--variant=minbase', values.suite, system], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (made.status !== 0) throw new Error('The bare system could not be made.')
  for (const [kind, place] of [
    ['proc', 'proc'],
    ['sysfs', 'sys'],
  ])
    run('mount', ['-t', kind, kind, join(system, place)])
  run('mount', ['--bind', '/dev', join(system, 'dev')])
  run('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', join(system, 'dev/shm')])
  writeFileSync(join(system, 'etc/resolv.conf'), readFileSync('/etc/resolv.conf'))
  inside(system, ['useradd', '--create-home', 'ana'])
}

function unmountAll(system) {
  const under = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1])
    .filter((place) => place?.startsWith(`${system}/`))
  for (const place of under.reverse()) run('umount', ['-l', place])
  return !readFileSync('/proc/mounts', 'utf8').includes(` ${system}/`)
}

const ownFiles = (system) => {
  const skipped = ['proc', 'sys', 'dev', 'var/log', 'var/cache', 'home', 'root', 'tmp'].flatMap((name) => [
    '-path',
    join(system, name),
    '-prune',
    '-o',
  ])
  return run('find', [system, '-xdev', ...skipped, '-iname', '*isomer*', '-print']).stdout.trim()
}

const mountsIn = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/mountinfo`, 'utf8')
  } catch {
    return null
  }
}

async function until(patienceMs, look) {
  const endMs = performance.now() + patienceMs
  for (;;) {
    const seen = look()
    if (seen || performance.now() > endMs) return seen
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function startWindow(system) {
  const display = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-ac'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const number = await new Promise((resolve) => display.stdout.once('data', (text) => resolve(`${text}`.trim())))
  mkdirSync(join(system, 'tmp/.X11-unix'), { recursive: true })
  run('mount', ['--bind', '/tmp/.X11-unix', join(system, 'tmp/.X11-unix')])
  inside(system, [...asUser, 'mkdir', '-p', '-m', '700', '/tmp/ana-runtime'])
  const before = mountsIn('self')
  const environment = { ...plainEnvironment, ...userEnvironment, DISPLAY: `:${number}` }
  const app = spawn('chroot', [system, ...asUser, 'isomer'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (text) => (said += text))
  const tree = () => run('xwininfo', ['-root', '-tree', '-display', `:${number}`]).stdout
  const isShown = await until(WINDOW_PATIENCE_MS, () => /"Isomer"/.test(tree()) || app.exitCode !== null)
  check('the window opens', isShown && app.exitCode === null, said.trim().split('\n').slice(-5).join(' | '))
  await new Promise((resolve) => setTimeout(resolve, 5000)) // time to do what it should not
  check('nothing is mounted by itself', mountsIn('self') === before)
  const pid = Number(run('pgrep', ['-f', '-o', '^/opt/Isomer/isomer-app$']).stdout || Number.NaN)
  if (Number.isInteger(pid)) process.kill(pid, 'SIGTERM')
  await until(END_PATIENCE_MS, () => app.exitCode !== null || app.signalCode !== null)
  check('it ends when it is asked to', app.exitCode !== null, `exit ${app.exitCode}`)
  if (app.exitCode === null) process.kill(-app.pid, 'SIGKILL')
  display.kill()
}

async function checkDeb(deb, system) {
  const sizeBytes = statSync(deb).size
  say(`${deb}: ${(sizeBytes / 1e6).toFixed(1)} MB`)
  check('the package is small enough', sizeBytes < MOST_PACKAGE_BYTES, `${sizeBytes} bytes`)
  makeSystem(system)
  inside(system, ['apt-get', 'update', '-q'])
  copyFileSync(deb, join(system, 'root/isomer.deb'))
  say('Installing it with what it depends on, and nothing that it only recommends…')
  const installed = inside(system, ['apt-get', 'install', '-y', '-q', '--no-install-recommends', '/root/isomer.deb'])
  check('it is installed', installed.status === 0, installed.stderr.trim().slice(-500))

  const libraries = inside(system, ['ldd', '/opt/Isomer/isomer-app']).stdout
  check('no library is missing', libraries !== '' && !libraries.includes('not found'), libraries)
  const help = inside(system, [...asUser, 'isomer', '--help'], userEnvironment)
  check('isomer --help works', help.status === 0 && help.stdout.includes('create'), help.stderr)
  inside(system, [...asUser, 'sh', '-c', 'mkdir -p ~/letters && echo hello > ~/letters/a.txt'], userEnvironment)
  const made = inside(system, [...asUser, 'isomer', 'create', '/home/ana/letters', '-o', '/home/ana/a.iso', '-q'], userEnvironment)
  const read = inside(system, [...asUser, 'isomer', 'cat', '/home/ana/a.iso', '/a.txt'], userEnvironment)
  check('an image is made and read', made.status === 0 && read.stdout === 'hello\n', made.stderr + read.stderr)
  await startWindow(system)

  const desktop = readFileSync(join(system, 'usr/share/applications/isomer-app.desktop'), 'utf8')
  check('the desktop knows what it opens', /MimeType=.*application\/x-cd-image;.*application\/x-isomer-project;/.test(desktop), desktop)
  // man is no part of a bare system
  inside(system, ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'man-db', 'shared-mime-info'])
  const manual = inside(system, [...asUser, 'man', '-P', 'cat', 'isomer'], { ...userEnvironment, MANWIDTH: '80' })
  check('man isomer works', manual.status === 0 && /isomer +- create, open/.test(manual.stdout), manual.stderr)
  inside(system, ['update-mime-database', '/usr/share/mime'])
  const globs = readFileSync(join(system, 'usr/share/mime/globs2'), 'utf8')
  check('the system knows projects by their name', globs.includes('application/x-isomer-project:*.isomer'))

  const removed = inside(system, ['apt-get', 'purge', '-y', '-q', 'isomer'])
  check('it is removed', removed.status === 0, removed.stderr)
  inside(system, ['update-mime-database', '/usr/share/mime'])
  const left = ownFiles(system)
  check('nothing of it is left', left === '' && !existsSync(join(system, 'opt/Isomer')), left)
}

try {
  requirePrograms()
  const deb = positionals[0] ?? newestDeb()
  const folder = mkdtempSync(join(tmpdir(), 'isomer-bare-'))
  const system = join(folder, 'system')
  try {
    await checkDeb(deb, system)
  } finally {
    // what is still mounted there would be removed too
    if (unmountAll(system)) rmSync(folder, { recursive: true, force: true })
    else say(`${folder} was not removed: something is still mounted there.`)
  }
  process.exitCode = faults.length === 0 ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}
process.exit()
