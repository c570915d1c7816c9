/** The ways of mounting that this system has, best first, and how it tells what is mounted. */

import { FuseAdapter } from './linux/fuse.ts'
import { type Holder, holdersOf } from './linux/holders.ts'
import { KernelLoopAdapter } from './linux/kernel-loop.ts'
import { linuxMounts } from './linux/mount-table.ts'
import { UdisksAdapter } from './linux/udisks.ts'
import { HdiutilAdapter } from './macos/hdiutil.ts'
import type { MountAdapter } from './mount-adapter.ts'
import { MountFolders } from './mount-folders.ts'
import type { RunProgram } from './run-program.ts'
import type { SeenMount } from './seen-mount.ts'
import { DiskImageAdapter } from './windows/disk-image.ts'

export interface MountPlatform {
  readonly adapters: readonly MountAdapter[]
  list(): Promise<SeenMount[]>
  /** Programs that use a mount; empty where the system doesn't tell. */
  holders(mountPoint: string): Holder[]
}

/** `home` is where mount folders go that the system doesn't choose. */
export function mountPlatform(platform: NodeJS.Platform, run: RunProgram, home: string): MountPlatform {
  if (platform === 'darwin') return alone(new HdiutilAdapter(run))
  if (platform === 'win32') return alone(new DiskImageAdapter(run))
  const folders = new MountFolders(home)
  const isRoot = process.getuid?.() === 0
  return {
    adapters: [
      new UdisksAdapter(run),
      new KernelLoopAdapter(run, folders, isRoot),
      new FuseAdapter('fuseiso', run, folders),
      new FuseAdapter('archivemount', run, folders),
    ],
    list: async () => linuxMounts(),
    holders: holdersOf,
  }
}

function alone(adapter: MountAdapter & { list(): Promise<SeenMount[]> }): MountPlatform {
  return { adapters: [adapter], list: () => adapter.list(), holders: () => [] }
}
