import { spawnSync } from 'node:child_process'

function isInstalled(name) {
  const { stdout, status } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
  return status === 0 && stdout.includes('\nStatus: install ok installed\n')
}

/** True on a system whose packages dpkg and apt-get manage. */
export function hasApt() {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
}

/** Gives those of the packages that are not installed. */
export function missingDebianPackages(names) {
  return names.filter((name) => !isInstalled(name))
}

/** Installs packages (as root); gives false if apt-get could not. */
export function installDebianPackages(names) {
  const apt = (args) =>
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  apt(['update']) // a stale list may still do, so only the install decides
  return apt(['install', '-y', '--no-install-recommends', ...names])
}
