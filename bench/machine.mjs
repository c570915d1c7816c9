/** The facts without which the numbers mean nothing: the machine, how busy it is, and the versions of the programs. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { rivalPrograms } from './contenders.mjs'
import { findProgram } from './measure.mjs'

const QUIET_LOAD = 0.5
const versionArgs = { xorriso: ['-version'], openssl: ['version'], '7z': [] }

const textOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** The first version number that a program prints. */
function versionOf(program, args) {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return /\d+\.\d[\w.]*/.exec(`${stdout ?? ''}\n${stderr ?? ''}`)?.[0] ?? 'of unknown version'
}

function programVersion(name) {
  const path = findProgram(name)
  return path === undefined ? `${name} not installed` : `${name} ${versionOf(path, versionArgs[name] ?? ['--version'])}`
}

/** SHA-256 in hardware makes hashing several times faster, for every contender. */
function cpuText() {
  const hasSha = /^(?:flags|Features)\s*:.*\b(?:sha_ni|sha2)\b/m.test(textOf('/proc/cpuinfo'))
  return `CPU: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${hasSha ? 'with' : 'without'} SHA instructions`
}

/** The version of the command line and, where it was built from a checkout, of the source. */
function isomerText(root, cliPath) {
  const git = root === null ? null : spawnSync('git', ['-C', root, 'describe', '--always', '--dirty'], { encoding: 'utf8' })
  const source = git?.status === 0 ? ` at ${git.stdout.trim()}` : ''
  return `isomer ${versionOf(process.execPath, [cliPath, '--version'])}${source} on Node ${process.version}`
}

/** Load of the last minute, and a warning when something else is at work. */
export function startLoad() {
  const load = loadavg()[0]
  const warning = `The machine is busy (load ${load.toFixed(2)}, more than ${QUIET_LOAD}): the numbers will be noisy. Run it again when it is idle.`
  return { load, warning: load > QUIET_LOAD ? warning : null }
}

/** One sentence each; `root` is the checkout that the command line was built from, or null. */
export function machineFacts(root, cliPath, load) {
  const distribution = /^PRETTY_NAME="?([^"\n]*)/m.exec(textOf('/etc/os-release'))?.[1]
  return [
    `${cpuText()}; memory: ${(totalmem() / 1024 ** 3).toFixed(1)} GiB`,
    `System: ${distribution === undefined ? '' : `${distribution}, `}${type()} ${release()}; load at the start: ${load.toFixed(2)}`,
    isomerText(root, cliPath),
    `Rivals: ${rivalPrograms.map(programVersion).join(', ')}`,
  ]
}
