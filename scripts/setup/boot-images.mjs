/** Bootable images of other people, out of Debian packages that are unpacked, not installed: one of them would change how this machine boots. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hasApt } from './debian-packages.mjs'

const packages = ['grub-rescue-pc', 'ipxe', 'memtest86+']

function unpack(folder) {
  const isRoot = process.getuid() === 0
  const run = (command, ...args) => spawnSync(command, args, { cwd: folder, stdio: 'ignore' }).status === 0
  const download = () => run('apt-get', ...(isRoot ? ['-o', 'APT::Sandbox::User=root'] : []), 'download', ...packages)
  if (!download() && !(isRoot && run('apt-get', 'update') && download())) return false // fresh systems have no lists
  return readdirSync(folder).every((name) => run('dpkg-deb', '-x', name, 'unpacked'))
}

/** Makes sure that the images are in `cache`; where they can't be had, it says so and the tests that start them are skipped. */
export function ensureBootImages(cache, say) {
  const images = join(cache, 'debian-boot-images')
  if (existsSync(images) || process.arch !== 'x64' || !hasApt()) return
  const making = join(cache, 'debian-boot-images-making')
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  if (unpack(making)) renameSync(join(making, 'unpacked'), images)
  else say(`Debian’s boot images could not be downloaded (${packages.join(', ')}): the tests that start them are skipped.`)
  rmSync(making, { recursive: true, force: true })
}
