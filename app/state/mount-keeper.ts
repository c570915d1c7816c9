/** The mounts as the window knows them: each place has a handle, and news is told when anything changes, by whomever. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { MountControl } from '../../main/mounts/mount-control.ts'
import type { Mounts } from '../../main/mounts/mounts.ts'
import type { AdmittedSource } from '../../shared/ipc.ts'
import type { Mount, MountedRow, MountProgress, MountRow, PreparingMount } from '../../shared/mounts.ts'
import { Problem } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'

/** An image that is to be mounted, as the window knows it. */
export type MountSource = Pick<AdmittedSource, 'token' | 'name'>

interface Mounting {
  readonly source: MountSource
  /** Null while nothing has taken its time. */
  progress: MountProgress | null
  isGivenUp: boolean
}

export class MountKeeper {
  private readonly mounts: Mounts
  private readonly onPreparing: (preparing: PreparingMount[]) => void
  private readonly mounting = new Set<Mounting>()
  private readonly listeners: ((rows: MountRow[]) => void)[] = []
  /** Handles by place. */
  private readonly ids = new Map<string, string>()
  private current: readonly Mount[] = []
  private toldText = ''

  /** `onPreparing` hears now and then how far images are that can't be mounted as they are. */
  constructor(mounts: Mounts, onPreparing: (preparing: PreparingMount[]) => void) {
    this.mounts = mounts
    this.onPreparing = onPreparing
  }

  /** Is told what is mounted whenever that changes. */
  listen(listener: (rows: MountRow[]) => void): void {
    this.listeners.push(listener)
  }

  /** Looks at what is mounted now, and tells if it is something else than before. */
  async look(): Promise<MountRow[]> {
    this.current = await this.mounts.list()
    const rows = this.current.map((mount) => this.rowOf(mount))
    const text = JSON.stringify(rows)
    if (text !== this.toldText) {
      this.toldText = text
      for (const listener of this.listeners) listener(rows)
    }
    return rows
  }

  /** What was mounted when last looked at, with handles. */
  get known(): readonly { readonly mountId: string; readonly mount: Mount }[] {
    return this.current.map((mount) => ({ mountId: this.idOf(mount), mount }))
  }

  /** Mounts an image. Throws what Mounts throws, and the cancelled Problem when it is given up. */
  async mount(imagePath: string, source: MountSource): Promise<MountedRow & { readonly mountPoint: string }> {
    const mounting: Mounting = { source, progress: null, isGivenUp: false }
    this.mounting.add(mounting)
    try {
      const { mount, wasMounted } = await this.mounts.mount(imagePath, this.controlOf(mounting))
      await this.look()
      return { row: this.rowOf(mount), wasMounted, mountPoint: mount.mountPoint }
    } finally {
      this.mounting.delete(mounting)
      if (mounting.progress !== null) this.tellPreparing()
    }
  }

  /** Stops what is being got ready of an image; nothing of it is left. */
  giveUp(token: string): void {
    for (const mounting of this.mounting) if (mounting.source.token === token) mounting.isGivenUp = true
  }

  async unmount(mountId: string): Promise<void> {
    try {
      await this.mounts.unmount(this.mountOf(mountId))
    } finally {
      await this.look()
    }
  }

  /** Lets everything go that Isomer mounted; throws the first Problem after trying them all. */
  async unmountAll(): Promise<void> {
    await this.look()
    const problems: unknown[] = []
    for (const mount of this.current) if (mount.madeByIsomer) await this.mounts.unmount(mount).catch((thrown) => problems.push(thrown))
    await this.look()
    if (problems.length > 0) throw problems[0]
  }

  /** The mount behind a handle; throws a usage Problem for one that is gone. */
  mountOf(mountId: string): Mount {
    const found = this.current.find((mount) => this.idOf(mount) === mountId)
    if (found !== undefined) return found
    throw new Problem({
      kind: 'usage',
      code: 'unknown-mount',
      message: 'This image is not mounted any more.',
      kept: 'Nothing was changed.',
    })
  }

  private tellPreparing(): void {
    this.onPreparing(
      [...this.mounting].flatMap(({ source: { token, name }, progress }) => (progress ? [{ token, name, ...progress }] : [])),
    )
  }

  private controlOf(mounting: Mounting): MountControl {
    return {
      checkpoint: () => {
        if (mounting.isGivenUp) throw Problem.cancelled()
        return undefined
      },
      progress: ({ phase, doneBytes, totalBytes }) => {
        mounting.progress = { phase: phase === 'expand' ? 'expand' : 'copy', doneBytes, totalBytes: totalBytes ?? 0 }
        this.tellPreparing()
      },
      temporary: () => {},
    }
  }

  private rowOf(mount: Mount): MountRow {
    const { imagePath, mountPoint, method, fileSystem, sinceMs, madeByIsomer, isView, imageState } = mount
    return {
      mountId: this.idOf(mount),
      imageName: imagePath === null ? null : basename(imagePath),
      imageDisplayPath: imagePath === null ? null : displayPath(imagePath),
      placeDisplayPath: displayPath(mountPoint),
      method,
      fileSystem,
      sinceMs,
      madeByIsomer,
      isView,
      imageState,
    }
  }

  private idOf({ mountPoint }: Mount): string {
    const known = this.ids.get(mountPoint)
    if (known !== undefined) return known
    const id = randomUUID()
    this.ids.set(mountPoint, id)
    return id
  }
}
