/** A bare Debian in a folder, to install packages in. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Gives status and what was said; a program that could not be started has the status 127. */
export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options })
  return { status: error ? 127 : status, stdout: stdout ?? '', stderr: error?.message ?? stderr ?? '' }
}

export const plainEnvironment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LC_ALL: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
}
export const userEnvironment = { ...plainEnvironment, HOME: '/home/ana', XDG_RUNTIME_DIR: '/tmp/ana-runtime' }
const asUser = ['/usr/sbin/runuser', '-u', 'ana', '--']

/** Arguments of chroot for a program that the ordinary user runs. */
export const userCommand = (system, args) => [system, ...asUser, ...args]
export const inside = (system, ...args) => run('chroot', [system, ...args], { env: plainEnvironment })
export const insideAsUser = (system, ...args) => run('chroot', userCommand(system, args), { env: userEnvironment, cwd: '/' })

export function makeSystem(system, suite) {
  const made = run('mmdebstrap', ['--variant=minbase', suite, system], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (made.status !== 0) throw new Error('The bare system could not be made.')
  for (const [kind, place] of Object.entries({ proc: 'proc', sysfs: 'sys' })) run('mount', ['-t', kind, kind, join(system, place)])
  run('mount', ['--bind', '/dev', join(system, 'dev')])
  run('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', join(system, 'dev/shm')])
  writeFileSync(join(system, 'etc/resolv.conf'), readFileSync('/etc/resolv.conf'))
  inside(system, 'useradd', '--create-home', 'ana')
  insideAsUser(system, 'mkdir', '-p', '-m', '700', userEnvironment.XDG_RUNTIME_DIR)
  inside(system, 'apt-get', 'update', '-q')
}

/** Installs packages of the archive, or one by its path, and nothing that they only recommend. */
export const installDebs = (system, ...names) => inside(system, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names)

/** Gives false when something is still mounted below. */
export function unmountAll(system) {
  const mounts = () => readFileSync('/proc/mounts', 'utf8').split('\n')
  const under = mounts()
    .map((line) => line.split(' ')[1])
    .filter((place) => place?.startsWith(`${system}/`))
  for (const place of under.reverse()) run('umount', ['-l', place])
  return !mounts().some((line) => line.includes(` ${system}/`))
}

/** What lies in the system under a name of ours. */
export function ownFiles(system) {
  const skipped = ['proc', 'sys', 'dev', 'var/log', 'var/cache', 'home', 'root', 'tmp']
  const pruned = skipped.flatMap((name) => ['-path', join(system, name), '-prune', '-o'])
  return run('find', [system, '-xdev', ...pruned, '-iname', '*isomer*', '-print']).stdout.trim()
}
