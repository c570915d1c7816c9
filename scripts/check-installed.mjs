#!/usr/bin/env node
/**
 * Installs the packages for Linux in a bare Debian, one after another, uses each and removes it:
 * node scripts/check-installed.mjs [--only deb|rpm|tar.gz] [--suite bookworm]
 * Takes root, mmdebstrap, rpm, Xvfb, xwininfo and the Debian archive, and some minutes: run it by hand, not with the tests.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  inside,
  insideAsUser,
  installDebs,
  makeSystem,
  ownFiles,
  plainEnvironment,
  run,
  unmountAll,
} from './packaging/installed/bare-system.mjs'
import { expectedFiles, kinds } from './packaging/installed/kinds.mjs'
import { watchWindow } from './packaging/installed/window.mjs'
import { unnamedLibraries } from './packaging/needed-libraries.mjs'

const root = join(import.meta.dirname, '..')
const WANTED_PROGRAMS = ['mmdebstrap', 'rpm', 'Xvfb', 'xwininfo', 'chroot', 'mount', 'objdump']
/** The reach: what people download. */
const MOST_PACKAGE_BYTES = 120_000_000

const { values } = parseArgs({ options: { suite: { type: 'string', default: 'bookworm' }, only: { type: 'string', multiple: true } } })
const faults = []
const say = (sentence) => console.log(sentence)
function check(what, isGood, detail = '') {
  say(`${isGood ? 'ok     ' : 'FAILED '} ${what}${isGood || detail === '' ? '' : `: ${detail}`}`)
  if (!isGood) faults.push(what)
}

function newestPackage(ending) {
  const folder = join(root, 'release')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : []
  const byAge = names.map((name) => join(folder, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  if (byAge.length === 0) throw new Error(`There is no ${ending} in release: run npm run package first.`)
  return byAge[0]
}

function requirePrograms() {
  if (process.getuid?.() !== 0) throw new Error('This takes root, to make a system and to change into it.')
  const missing = WANTED_PROGRAMS.filter((name) => run('sh', ['-c', `command -v ${name}`]).status !== 0)
  if (missing.length > 0) throw new Error(`These programs are missing: ${missing.join(', ')}.`)
}

function checkCommandLine(system, { command }) {
  const help = insideAsUser(system, command, '--help')
  check('isomer --help works', help.status === 0 && help.stdout.includes('create'), help.stderr)
  insideAsUser(system, 'sh', '-c', 'mkdir -p ~/letters && echo hello > ~/letters/a.txt')
  const made = insideAsUser(system, command, 'create', '/home/ana/letters', '-o', '/home/ana/a.iso', '-q', '--force')
  const read = insideAsUser(system, command, 'cat', '/home/ana/a.iso', '/a.txt')
  check('an image is made and read', made.status === 0 && read.stdout === 'hello\n', made.stderr + read.stderr)
}

/** What a desktop takes the window for is told by two names that have to be one. */
async function checkWindow(system, kind) {
  const { isShown, classes, isCalm, hasEnded, said } = await watchWindow(system, kind)
  check('the window opens', isShown, said)
  check('nothing is mounted by itself', isCalm)
  check('it ends when it is asked to', hasEnded)
  return classes
}

function checkDesktop(system, classes) {
  const desktop = readFileSync(join(system, 'usr/share/applications/isomer.desktop'), 'utf8')
  check('the desktop knows what it opens', /MimeType=.*application\/x-cd-image;.*application\/x-isomer-project;/.test(desktop), desktop)
  const said = /^StartupWMClass=(.*)$/m.exec(desktop)?.[1]
  check('the desktop knows its window', classes.includes(said), `${said} is not among ${classes.join(', ')}`)
  const faulty = inside(system, 'desktop-file-validate', '--no-hints', '/usr/share/applications/isomer.desktop')
  check('the desktop entry is valid', faulty.status === 0, faulty.stdout)
  const manual = run('chroot', [system, 'man', '-P', 'cat', 'isomer'], {
    env: { ...plainEnvironment, MANWIDTH: '80' },
  })
  check('man isomer works', manual.status === 0 && /isomer +- create, open/.test(manual.stdout), manual.stderr)
  inside(system, 'update-mime-database', '/usr/share/mime')
  const globs = readFileSync(join(system, 'usr/share/mime/globs2'), 'utf8')
  check('the system knows projects by their name', globs.includes('application/x-isomer-project:*.isomer'))
}

async function checkKind(system, name) {
  const kind = kinds[name]
  const file = newestPackage(kind.ending)
  const sizeBytes = statSync(file).size
  say(`\n${file}: ${(sizeBytes / 1e6).toFixed(1)} MB`)
  check('the package is small enough', sizeBytes < MOST_PACKAGE_BYTES, `${sizeBytes} bytes`)
  const installed = kind.install(system, file, newestPackage('.deb'))
  check('it is installed', installed.status === 0, installed.stderr.trim().slice(-500))
  const missing = expectedFiles(kind).filter((path) => !existsSync(join(system, path)))
  check('all files are where they belong', missing.length === 0, missing.join(', '))
  const libraries = inside(system, 'ldd', `/${kind.folder}/isomer-app`).stdout
  check('no library is missing', libraries !== '' && !libraries.includes('not found'), libraries)
  if (name === 'rpm') {
    const unnamed = unnamedLibraries(join(system, kind.folder), run('rpm', ['-qp', '--requires', file]).stdout.split('\n'))
    check('it depends on every library that it loads', unnamed.length === 0, unnamed.join(', '))
  }
  checkCommandLine(system, kind)
  if (kind.allowSandbox) check('it says what its sandbox takes', kind.allowSandbox(system))
  const classes = await checkWindow(system, kind)
  if (kind.files.length > 0) {
    installDebs(system, 'man-db', 'shared-mime-info', 'desktop-file-utils') // no part of a bare system
    checkDesktop(system, classes)
  }
  const removed = kind.remove(system)
  check('it is removed', removed.status === 0, removed.stderr)
  if (existsSync(join(system, 'usr/bin/update-mime-database'))) inside(system, 'update-mime-database', '/usr/share/mime')
  const left = ownFiles(system)
  check('nothing of it is left', left === '' && !existsSync(join(system, kind.folder)), left)
}

async function checkAll() {
  requirePrograms()
  const names = values.only ?? Object.keys(kinds)
  const unknown = names.find((name) => !kinds[name])
  if (unknown) throw new Error(`There is no kind of package ${unknown}: ${Object.keys(kinds).join(', ')}.`)
  const folder = mkdtempSync(join(tmpdir(), 'isomer-bare-'))
  try {
    for (const name of names) {
      const system = join(folder, name.replaceAll('.', '-')) // mmdebstrap takes a name in .tar.gz for an archive
      say(`Making a bare Debian ${values.suite}…`)
      makeSystem(system, values.suite)
      await checkKind(system, name)
    }
  } finally {
    // what is still mounted there would be removed too
    if (unmountAll(folder)) rmSync(folder, { recursive: true, force: true })
    else say(`${folder} was not removed: something is still mounted there.`)
  }
}

try {
  await checkAll()
  process.exitCode = faults.length === 0 ? 0 : 1
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}
process.exit()
