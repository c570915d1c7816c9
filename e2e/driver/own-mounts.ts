/** Mounting by FUSE, in a place of the test's own. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StartCommand } from './launch.ts'

/** Why a test that mounts is left out here; false where it is not. */
export function cannotMount(): boolean {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK)
    return spawnSync('fuseiso', ['-h']).error !== undefined
  } catch {
    return true
  }
}

export const CANNOT_MOUNT = 'this machine mounts nothing without a kernel of its own: no /dev/fuse or no fuseiso'

/** The command with mounts going to `dir`/runtime; whatever is mounted there goes when the test has used it. */
export async function withOwnMounts(command: StartCommand, dir: string, use: (command: StartCommand) => Promise<void>): Promise<void> {
  const runtime = join(dir, 'runtime')
  await mkdir(runtime, { mode: 0o700 })
  await use({ ...command, env: { ...command.env, XDG_RUNTIME_DIR: runtime } })
  for (const line of (await readFile('/proc/self/mountinfo', 'utf8')).split('\n')) {
    const mountPoint = line.split(' ')[4]?.replaceAll('\\040', ' ')
    if (mountPoint?.startsWith(dir)) spawnSync('umount', ['-l', mountPoint])
  }
}
