/** What the tests need from the system: a virtual display, Electron's libraries, and the foreign tools that judge our images. */
import { spawnSync } from 'node:child_process'
import { ensureDebianPackages, hasApt } from './debian-packages.mjs'
import { debianPackageName, readOsRelease } from './linux-system.mjs'

/** Debian packages for the virtual display, Electron, and pressing keys in the system's dialogs. */
const windowPackages = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'xdotool']
const fontPackages = ['fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji']

/** Programs that read, make, sum up or sign images, and the Debian package of each. */
const foreignTools = new Map([
  ['xorriso', 'xorriso'],
  ['genisoimage', 'genisoimage'],
  ['7z', 'p7zip-full'],
  ['bsdtar', 'libarchive-tools'],
  ['bchunk', 'bchunk'],
  ['nrg2iso', 'nrg2iso'],
  ['iat', 'iat'],
  ['ccd2iso', 'ccd2iso'],
  ['mdf2iso', 'mdf2iso'],
  ['toc2cue', 'cdrdao'],
  ['cueconvert', 'cuetools'],
  ['vcdxbuild', 'vcdimager'],
  ['flac', 'flac'],
  ['mkudffs', 'udftools'],
  ['implantisomd5', 'isomd5sum'],
  ['gpg', 'gnupg'],
  ['gpgv', 'gpgv'],
  ['openssl', 'openssl'],
  ['sfdisk', 'fdisk'],
  ['sgdisk', 'gdisk'],
  ['fuseiso', 'fuseiso'],
  ['archivemount', 'archivemount'],
  ['ddrescue', 'gddrescue'],
  ['cdrskin', 'cdrskin'],
  ['growisofs', 'dvd+rw-tools'],
  ['wodim', 'wodim'],
  ['xz', 'xz-utils'],
  ['bzip2', 'bzip2'],
  ['zstd', 'zstd'],
  ['zip', 'zip'],
  ['chdman', 'mame-tools'],
  ['dmg2img', 'dmg2img'],
])

/** A machine to start images in, its firmware, what reads our virtual burner, and boot loaders to start; tests that need them are left out elsewhere. */
const startingPackages = [
  'qemu-system-x86',
  'qemu-utils',
  'qemu-block-extra',
  'ovmf',
  'isolinux',
  'syslinux-common',
  'grub-common',
  'grub-pc-bin',
  'grub-efi-amd64-bin',
  'mtools',
]

/** Compiles and runs the C# that Windows is given for burning; its test is left out elsewhere. */
const windowsPackages = ['mono-mcs']

const hasProgram = (name) =>
  spawnSync('sh', ['-c', 'PATH="$PATH:/usr/sbin:/sbin"; command -v "$1"', 'sh', name], { stdio: 'ignore' }).status === 0

function ensureOnDebian(say) {
  const osRelease = readOsRelease()
  const judges = [...foreignTools.values(), ...windowsPackages]
  const wanted = [...windowPackages, ...judges, ...fontPackages, ...(process.arch === 'x64' ? startingPackages : [])]
  const names = wanted.map((name) => debianPackageName(name, osRelease))
  ensureDebianPackages(names, 'The tests need', say)
}

/** Makes sure that the tools are there, installing them as root on Debian; throws a plain sentence if they cannot be had. */
export function ensureTestTools(say) {
  if (process.platform === 'linux' && hasApt()) return ensureOnDebian(say)
  const needed = [...foreignTools.keys(), ...(process.platform === 'linux' ? ['xvfb-run'] : [])]
  const missing = needed.filter((name) => !hasProgram(name))
  if (missing.length > 0)
    throw new Error(`The tests need programs that are not installed here: ${missing.join(', ')}. Install them and start again.`)
}
