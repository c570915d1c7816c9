import { spawnSync } from 'node:child_process'

function isInstalled(name) {
  const { stdout, status } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  return status === 0 && stdout.includes('\nStatus: install ok installed\n')
}

/** True on a system whose packages dpkg and apt-get manage. */
export function hasApt() {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
}

/** Gives false if apt-get could not. */
function installDebianPackages(names) {
  const apt = (args) =>
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  apt(['update']) // a stale list may still do, so only the install decides
  return apt(['install', '-y', '--no-install-recommends', ...names])
}

/** Makes sure that packages are there, installing them as root; throws a plain sentence with the command for a user who is not, or if it fails. */
export function ensureDebianPackages(names, whoNeedsThem, say) {
  const missing = names.filter((name) => !isInstalled(name))
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.getuid() !== 0) throw new Error(`${whoNeedsThem} packages that are not installed. Install them with:\n  sudo ${command}`)
  say(`Installing Debian packages: ${missing.join(' ')}`)
  if (!installDebianPackages(missing)) throw new Error(`The Debian packages could not be installed. The command was:\n  ${command}`)
}
