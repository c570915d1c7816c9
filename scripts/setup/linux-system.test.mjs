import { expect, it } from 'vitest'
import { debianPackageName, hasDisplay, libraryInstallCommands } from './linux-system.mjs'

const release = (fields) => new Map(Object.entries(fields))
const bookworm = release({ ID: 'debian', VERSION_CODENAME: 'bookworm' })
const trixie = release({ ID: 'debian', VERSION_CODENAME: 'trixie' })
const noble = release({ ID: 'ubuntu', ID_LIKE: 'debian', UBUNTU_CODENAME: 'noble', VERSION_CODENAME: 'noble' })
const mint = release({ ID: 'linuxmint', ID_LIKE: 'ubuntu debian', UBUNTU_CODENAME: 'jammy', VERSION_CODENAME: 'virginia' })

it.each([
  [bookworm, 'libgtk-3-0'],
  [trixie, 'libgtk-3-0t64'],
  [noble, 'libgtk-3-0t64'],
  [mint, 'libgtk-3-0'],
])('names the GTK library of a release', (osRelease, name) => {
  expect(debianPackageName('libgtk-3-0', osRelease)).toBe(name)
})

it('keeps the names that never changed', () => {
  expect(debianPackageName('libnss3', trixie)).toBe('libnss3')
})

it.each([
  [noble, true, ['apt-get install -y --no-install-recommends libgtk-3-0t64 libnss3 libasound2t64 libgbm1']],
  [release({ ID: 'fedora' }), false, ['sudo dnf install -y gtk3 nss alsa-lib mesa-libgbm']],
  [release({ ID: 'manjaro', ID_LIKE: 'arch' }), false, ['sudo pacman -S --needed gtk3 nss alsa-lib mesa']],
])('gives one command for a known distribution', (osRelease, isRoot, commands) => {
  expect(libraryInstallCommands(osRelease, isRoot)).toEqual(commands)
})

it('gives one for each where the distribution is unknown', () => {
  expect(libraryInstallCommands(release({ ID: 'slackware' }), true)).toHaveLength(3)
})

it('needs a display on Linux only', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'darwin')).toBe(true)
})
