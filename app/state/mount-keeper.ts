/** The mounts as the window knows them: each place has a handle, and news is told when anything changes, by whomever. */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { Mounts } from '../../main/mounts/mounts.ts'
import type { Mount, MountedRow, MountRow } from '../../shared/mounts.ts'
import { Problem } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'

export class MountKeeper {
  private readonly mounts: Mounts
  private readonly listeners: ((rows: MountRow[]) => void)[] = []
  /** Handles by place. */
  private readonly ids = new Map<string, string>()
  private current: readonly Mount[] = []
  private toldText = ''

  constructor(mounts: Mounts) {
    this.mounts = mounts
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

  /** Mounts an image. Throws what Mounts throws. */
  async mount(imagePath: string): Promise<MountedRow & { readonly mountPoint: string }> {
    const { mount, wasMounted } = await this.mounts.mount(imagePath)
    await this.look()
    return { row: this.rowOf(mount), wasMounted, mountPoint: mount.mountPoint }
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
