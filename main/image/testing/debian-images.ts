/** Images that Debian ships inside packages, made by other people for real use. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Small packages only: a test must not wait for a hundred megabytes. */
export const debianImages = [
  { packageName: 'grub-rescue-pc', image: 'usr/lib/grub-rescue/grub-rescue-cdrom.iso' },
  { packageName: 'ipxe', image: 'usr/lib/ipxe/ipxe.iso' },
  { packageName: 'memtest86+', image: 'usr/lib/memtest86+/memtest86+x64.iso' },
] as const

const TIMEOUT_MS = 30_000

/** Path of a package's image, fetched and unpacked below a folder; a sentence why not where it can't be had. */
export function fetchedImage(packageName: string, image: string, folder: string): { path: string } | { reason: string } {
  const path = join(folder, packageName, image)
  const there = [join('/', image), path].find((candidate) => existsSync(candidate))
  if (there !== undefined) return { path: there }
  const fetched = spawnSync('apt-get', ['download', packageName], { cwd: folder, stdio: 'ignore', timeout: TIMEOUT_MS })
  const archive = readdirSync(folder).find((name) => name.startsWith(`${packageName}_`))
  if (fetched.error || archive === undefined) return { reason: `${packageName} can't be fetched with apt-get here` }
  const unpacked = spawnSync('dpkg-deb', ['-x', join(folder, archive), join(folder, packageName)], { stdio: 'ignore' })
  return unpacked.status === 0 && existsSync(path) ? { path } : { reason: `this version of ${packageName} has no ${image}` }
}
