/** What the app needs of a Linux system: a display and shared libraries; and how each distribution's packages are called. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Releases from before the 64-bit time_t change, after which some library packages are called …t64. */
const beforeTime64 = new Set(['buster', 'bullseye', 'bookworm', 'bionic', 'focal', 'jammy'])
const time64Packages = new Set(['libgtk-3-0', 'libasound2'])

const installers = [
  {
    ids: ['debian', 'ubuntu'],
    command: 'apt-get install -y --no-install-recommends',
    packages: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'],
  },
  { ids: ['fedora', 'rhel'], command: 'dnf install -y', packages: ['gtk3', 'nss', 'alsa-lib', 'mesa-libgbm'] },
  { ids: ['arch'], command: 'pacman -S --needed', packages: ['gtk3', 'nss', 'alsa-lib', 'mesa'] },
]

/** Parses /etc/os-release into a Map; a system without one gives an empty Map. */
export function readOsRelease(path = '/etc/os-release') {
  try {
    const lines = readFileSync(path, 'utf8').split('\n')
    return new Map(lines.map((line) => /^(\w+)="?(.*?)"?$/.exec(line)).flatMap((match) => (match ? [[match[1], match[2]]] : [])))
  } catch {
    return new Map() // not every system has the file
  }
}

/** Gives Debian's name of a package in this release, which may end in t64. */
export function debianPackageName(name, osRelease) {
  const codename = osRelease.get('UBUNTU_CODENAME') ?? osRelease.get('DEBIAN_CODENAME') ?? osRelease.get('VERSION_CODENAME')
  return time64Packages.has(name) && !beforeTime64.has(codename) ? `${name}t64` : name
}

/** Gives the one command that installs Electron's libraries here, or one for each distribution if this one is unknown. */
export function libraryInstallCommands(osRelease, isRoot) {
  const ids = [osRelease.get('ID'), ...(osRelease.get('ID_LIKE') ?? '').split(' ')]
  const known = installers.filter((installer) => installer.ids.some((id) => ids.includes(id)))
  return (known.length > 0 ? known : installers).map(({ ids: [id], command, packages }) => {
    const names = id === 'debian' ? packages.map((name) => debianPackageName(name, osRelease)) : packages
    return `${isRoot ? '' : 'sudo '}${command} ${names.join(' ')}`
  })
}

/** Gives the shared libraries that an executable is linked with and this system lacks. */
export function missingLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' })
  return [...new Set(stdout?.match(/\S+(?= => not found)/g))]
}

/** True if a window can be opened: there is a display, or the system is not Linux. */
export function hasDisplay(environment = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}
