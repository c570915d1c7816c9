/** The ways onto a Linux system: how each package is put there and taken away, and what must be there meanwhile. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inside, insideAsUser, installDebs, run, userCommand } from './bare-system.mjs'

const systemFiles = [
  'usr/bin/isomer',
  'usr/share/applications/isomer.desktop',
  'usr/share/icons/hicolor/48x48/apps/isomer-app.png',
  'usr/share/icons/hicolor/512x512/apps/isomer-app.png',
  'usr/share/man/man1/isomer.1.gz',
  'usr/share/bash-completion/completions/isomer',
  'usr/share/fish/vendor_completions.d/isomer.fish',
  'usr/share/mime/packages/isomer.xml',
  'usr/share/doc/isomer/copyright',
]
const licences = ['LICENSE.txt', 'LICENSE.third-party.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html']

/** What the deb depends on, as apt-get takes it: the first of alternatives that this suite has. */
function debianDependencies(deb, system) {
  const wanted = run('dpkg-deb', ['-f', deb, 'Depends']).stdout.trim().split(/,\s*/)
  return wanted.map((choice) => {
    const names = choice.split('|').map((name) => name.trim())
    return names.find((name) => inside(system, 'apt-cache', 'show', '--no-all-versions', name).status === 0) ?? names[0]
  })
}

const deb = {
  ending: '.deb',
  folder: 'opt/Isomer',
  command: 'isomer',
  files: [...systemFiles, 'usr/share/zsh/vendor-completions/_isomer'],
  install(system, file) {
    copyFileSync(file, join(system, 'root/isomer.deb'))
    return installDebs(system, '/root/isomer.deb')
  },
  remove: (system) => inside(system, 'apt-get', 'purge', '-y', '-q', 'isomer'),
}

/** The host's rpm unpacks it into the system and runs its scripts there. Its dependencies have other names on Debian: they come from the deb. */
const rpm = {
  ending: '.rpm',
  folder: 'opt/Isomer',
  command: 'isomer',
  files: [...systemFiles, 'usr/share/zsh/site-functions/_isomer', 'usr/share/licenses/isomer/LICENSE'],
  install(system, file, debFile) {
    const needed = installDebs(system, ...debianDependencies(debFile, system))
    if (needed.status !== 0) return needed
    return run('rpm', ['--root', system, '--dbpath', '/var/lib/rpm', '--install', '--nodeps', '--ignorearch', file])
  },
  remove(system) {
    const removed = run('rpm', ['--root', system, '--dbpath', '/var/lib/rpm', '--erase', '--nodeps', 'isomer'])
    rmSync(join(system, 'var/lib/rpm'), { recursive: true, force: true })
    return removed
  },
}

/** Unpacked by an ordinary user into the home folder, and started from there. */
const archive = {
  ending: '.tar.gz',
  folder: 'home/ana/isomer',
  command: '/home/ana/isomer/isomer',
  files: [],
  install(system, file, debFile) {
    const needed = installDebs(system, ...debianDependencies(debFile, system))
    if (needed.status !== 0) return needed
    copyFileSync(file, join(system, 'tmp/isomer.tar.gz'))
    mkdirSync(join(system, 'home/ana/isomer'))
    inside(system, 'chown', 'ana:', '/home/ana/isomer')
    return run('chroot', userCommand(system, ['tar', '-xzf', '/tmp/isomer.tar.gz', '-C', '/home/ana/isomer', '--strip-components=1']))
  },
  /** In a changed root nobody may make a sandbox: what the launcher says then is done. Gives whether it was said. */
  allowSandbox(system) {
    const helper = '/home/ana/isomer/chrome-sandbox'
    const refused = insideAsUser(system, 'env', 'DISPLAY=:0', this.command)
    for (const args of [
      ['chown', 'root'],
      ['chmod', '4755'],
    ])
      inside(system, ...args, helper)
    return refused.status === 2 && refused.stderr.includes(`sudo chmod 4755 '${helper}'`)
  },
  remove(system) {
    rmSync(join(system, 'tmp/isomer.tar.gz'))
    return run('rm', ['-r', join(system, 'home/ana/isomer')])
  },
}

export const kinds = { deb, rpm, 'tar.gz': archive }

/** Every file that a package of this kind puts into the system, but for what the app itself consists of. */
export const expectedFiles = ({ folder, files }) => [...files, ...licences.map((name) => join(folder, name))]
