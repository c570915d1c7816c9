/** Disks with moving heads: two jobs on one of these take longer than one after the other. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `major:minor`, from the number that Linux packs them into. */
function deviceNumbers(device: number): string {
  const value = BigInt(device)
  const major = ((value >> 8n) & 0xfffn) | ((value >> 32n) & 0xfffff000n)
  const minor = (value & 0xffn) | ((value >> 12n) & 0xffffff00n)
  return `${major}:${minor}`
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

/** The volume's device of a path that need not be there yet. */
function deviceOf(path: string): number | null {
  for (let at = path; ; at = dirname(at)) {
    const device = statSync(at, { throwIfNoEntry: false })?.dev
    if (device !== undefined) return device
    if (dirname(at) === at) return null
  }
}

/**
 * Names the spinning disk that a path lies on; null for any other, and where the system doesn't tell (other systems than
 * Linux, network drives, btrfs). `blocks` is /sys/dev/block.
 */
export function spinningDiskOf(path: string, platform: NodeJS.Platform = process.platform, blocks = '/sys/dev/block'): string | null {
  if (platform !== 'linux') return null
  try {
    const device = deviceOf(path)
    return device === null ? null : spinningDiskOfDevice(deviceNumbers(device), blocks)
  } catch {
    return null // it can't be looked at; the job will say why
  }
}

/** A partition's disk is the folder above it. */
export function spinningDiskOfDevice(numbers: string, blocks: string): string | null {
  const entry = join(blocks, numbers)
  const disk = existsSync(join(entry, 'partition')) ? `${entry}/..` : entry
  return read(`${disk}/queue/rotational`) === '1' ? `disk ${read(`${disk}/dev`) ?? numbers}` : null
}
