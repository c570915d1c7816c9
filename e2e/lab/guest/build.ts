/** Builds the guest: Debian's kernel and a small Debian root with the programs that the lab's tests use. Kept until an input changes. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

const SUITE = 'bookworm'
/** The tests' programs come last. */
const packages = [
  ...['systemd-sysv', 'libpam-systemd', 'udev', 'kmod', 'dbus', 'dbus-daemon', 'polkitd', 'pkexec', 'udisks2', 'busybox-static', 'cpio'],
  ...['util-linux', 'mount', 'procps', 'psmisc', 'iproute2', 'sudo', 'fdisk', 'libstdc++6'],
  ...['eject', 'sg3-utils', 'fuse3', 'fuseiso', 'archivemount', 'udftools', 'gddrescue'],
  ...['xorriso', 'cdrskin', 'dvd+rw-tools', 'wodim', 'genisoimage', 'libcdio-utils', 'cdparanoia', 'cdrdao'],
]
const unread = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*']
/** What tests write outside /tmp and /lab goes to the root disk, which has as many bytes in the guest and few here. */
const ROOT_BYTES = 3 * 2 ** 30
const inputs = ['build.ts', 'furnish.sh', 'initramfs-init.sh']

/** What a machine needs of it, as paths. */
export interface GuestParts {
  readonly kernel: string
  readonly initramfs: string
  readonly root: string
}

const partsIn = (folder: string): GuestParts => ({
  kernel: join(folder, 'vmlinuz'),
  initramfs: join(folder, 'initrd.gz'),
  root: join(folder, 'root.ext2'),
})

function keyOfInputs(): string {
  const hash = createHash('sha256').update(`${process.version} ${process.arch}`)
  for (const name of inputs) hash.update(readFileSync(join(import.meta.dirname, name)))
  return hash.digest('hex').slice(0, 16)
}

/** mmdebstrap reads the words of a hook as a shell does. */
const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`

function debianRoot(parts: GuestParts): string[] {
  const here = (name: string) => quoted(join(import.meta.dirname, name))
  const hooks = [
    `upload ${quoted(process.execPath)} /usr/bin/node`,
    'chroot "$1" chmod 755 /usr/bin/node',
    `upload ${here('initramfs-init.sh')} /tmp/initramfs-init.sh`,
    `upload ${here('furnish.sh')} /tmp/furnish.sh`,
    'chroot "$1" sh /tmp/furnish.sh',
    `download /boot/vmlinuz ${quoted(parts.kernel)}`,
    `download /boot/initrd.gz ${quoted(parts.initramfs)}`,
    'rm -r "$1"/boot/* "$1"/tmp/furnish.sh',
  ]
  return [
    ...['--variant=minbase', '--architectures=amd64', `--include=${packages.join(',')}`, '--aptopt=APT::Install-Recommends "false"'],
    ...unread.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    ...hooks.map((hook) => `--customize-hook=${hook}`),
    ...[SUITE, parts.root],
  ]
}

/** Gives the guest's parts, building them where there are none of these inputs; throws a plain sentence if that fails. */
export function ensureGuest(cache: string, say: (sentence: string) => void): GuestParts {
  const folder = join(cache, `guest-${keyOfInputs()}`)
  if (existsSync(folder)) return partsIn(folder)
  say('Building the guest from Debian’s packages (once, a minute or two)…')
  const making = join(cache, 'making')
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  const parts = partsIn(making)
  run('mmdebstrap', debianRoot(parts))
  truncateSync(parts.root, ROOT_BYTES)
  run('resize2fs', ['-f', parts.root])
  for (const name of readdirSync(cache)) if (name.startsWith('guest-')) rmSync(join(cache, name), { recursive: true, force: true })
  renameSync(making, folder)
  return partsIn(folder)
}

function run(program: string, args: readonly string[]): void {
  // For an ordinary user, mmdebstrap ends with a hang-up for its whole process group, which must not be ours.
  const { status, stderr, error } = spawnSync('setsid', ['--wait', program, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: withAdministratorsPrograms,
  })
  if (status !== 0) throw new Error(`The guest could not be built. ${program} said:\n${error?.message ?? lastLines(stderr)}`)
}

const withAdministratorsPrograms = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` }

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-15).join('\n')
