/** Mounting images read-only, letting them go, and knowing what is mounted: the same for window and command line. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Mount, MountResult } from '../../shared/mounts.ts'
import { ioProblem } from '../bytes/io-problem.ts'
import { type MadeMount, MountBusy, MountRefused, type MountRequest } from './mount-adapter.ts'
import type { MountControl } from './mount-control.ts'
import { mountHome } from './mount-folders.ts'
import { imageState, MountLedger, type MountNote } from './mount-ledger.ts'
import { type MountPlatform, mountPlatform } from './mount-platform.ts'
import { cannotMount, cannotUnmount, mountBusy, notMounted } from './mount-problems.ts'
import { removeView } from './mount-view.ts'
import { type PreparedMount, prepareMount } from './prepare-mount.ts'
import { runProgram } from './run-program.ts'
import type { SeenMount } from './seen-mount.ts'

export interface MountsSetup {
  readonly platform: MountPlatform
  readonly ledger: MountLedger
  /** Looks into an image, and makes an ISO image of what a container holds; in the window's case in another process. */
  readonly prepare: (path: string, control: MountControl) => Promise<PreparedMount>
}

/** The mounts of this system and user. */
export function systemMounts(prepare: MountsSetup['prepare'] = prepareMount): Mounts {
  const home = mountHome()
  return new Mounts({ platform: mountPlatform(process.platform, runProgram, home), ledger: new MountLedger(home), prepare })
}

export class Mounts {
  private readonly setup: MountsSetup

  constructor(setup: MountsSetup) {
    this.setup = setup
  }

  /**
   * Mounts an image read-only; one that is mounted already keeps its mount. Throws Problems: for what is no image, and
   * for what the system does not allow or know; and what the control throws.
   */
  async mount(path: string, control: MountControl): Promise<MountResult> {
    const imagePath = realPathOf(path)
    const earlier = (await this.list()).find((mount) => mount.imagePath === imagePath && isOfUse(mount))
    if (earlier !== undefined) return { mount: earlier, wasMounted: true }
    const { label, content, viewPath } = await this.setup.prepare(imagePath, control)
    if (viewPath === null) return this.#mountFile({ imagePath, label, content }, null)
    try {
      await control.checkpoint()
      return await this.#mountFile({ imagePath: viewPath, label, content }, imagePath)
    } catch (error) {
      removeView(viewPath)
      throw error
    }
  }

  /** `viewOf` is the image whose view the file is. */
  async #mountFile({ imagePath, label, content }: MountRequest, viewOf: string | null): Promise<MountResult> {
    const refusals: MountRefused[] = []
    for (const adapter of this.setup.platform.adapters) {
      try {
        const made = await adapter.mount({ imagePath, label, content })
        const place = await this.placeOf(made)
        this.setup.ledger.add({ mountPoint: place, imagePath, viewOf, method: adapter.method, sinceMs: Date.now() })
        const [mount] = await this.find(place)
        return { mount: mount as Mount, wasMounted: made.wasMounted }
      } catch (error) {
        if (!(error instanceof MountRefused)) throw error
        refusals.push(error)
      }
    }
    throw cannotMount(viewOf ?? imagePath, content, refusals)
  }

  /** Lets a mount go. Throws a Problem that names who uses it when it is busy. */
  async unmount(mount: Mount): Promise<void> {
    const { adapters } = this.setup.platform
    // What was mounted elsewhere is left in the way this user may: the first that works.
    const candidates = mount.method === 'other' ? adapters : adapters.filter(({ method }) => method === mount.method)
    let refusal: MountRefused | null = null
    for (const adapter of candidates) {
      try {
        await adapter.unmount(mount)
        this.#forget(mount.mountPoint, this.setup.ledger.all().get(mount.mountPoint))
        return
      } catch (error) {
        if (error instanceof MountBusy) throw mountBusy(mount.mountPoint, this.setup.platform.holders(mount.mountPoint), error)
        if (!(error instanceof MountRefused)) throw error
        if (refusal === null || error.kind === 'forbidden') refusal = error
      }
    }
    throw refusal === null ? notMounted(mount.mountPoint) : cannotUnmount(mount.mountPoint, refusal)
  }

  /** All mounts of image files, by whomever, in the order they were made. */
  async list(): Promise<Mount[]> {
    const seen = await this.setup.platform.list()
    const notes = this.setup.ledger.all()
    const isThere = new Set(seen.map(({ mountPoint }) => mountPoint))
    for (const [mountPoint, note] of notes) if (!isThere.has(mountPoint)) this.#forget(mountPoint, note)
    return seen.map((one) => withNote(one, notes.get(one.mountPoint)))
  }

  /** The mounts of an image or at a place. Throws a usage Problem when there is none. */
  async find(imageOrMountPoint: string): Promise<Mount[]> {
    const wanted = new Set([resolve(imageOrMountPoint), imageOrMountPoint, realPathOrNull(imageOrMountPoint)])
    const found = (await this.list()).filter(({ imagePath, mountPoint }) => wanted.has(imagePath) || wanted.has(mountPoint))
    if (found.length === 0) throw notMounted(imageOrMountPoint)
    return found
  }

  /** What was made for the mount goes with it. */
  #forget(mountPoint: string, note: MountNote | undefined): void {
    this.setup.ledger.remove(mountPoint)
    if (note !== undefined && note.viewOf !== null) removeView(note.imagePath)
  }

  /** Where it is in the system's own words: a program's sentence may end with a full stop that is not the folder's. */
  private async placeOf({ device, mountPoint }: MadeMount): Promise<string> {
    if (device === null) return mountPoint
    return (await this.setup.platform.list()).find((seen) => seen.device === device)?.mountPoint ?? mountPoint
  }
}

function withNote(seen: SeenMount, note: MountNote | undefined): Mount {
  const { mountPoint, method, fileSystem, device, isImageDeleted } = seen
  // A note of an earlier mount at the same place says nothing of this one.
  const own = note !== undefined && (seen.imagePath === null || seen.imagePath === note.imagePath) ? note : null
  return {
    imagePath: own?.viewOf ?? seen.imagePath ?? own?.imagePath ?? null,
    mountPoint,
    method: own?.method ?? method,
    fileSystem,
    device,
    sinceMs: own?.sinceMs ?? null,
    madeByIsomer: own !== null,
    isView: own !== null && own.viewOf !== null,
    imageState: isImageDeleted ? 'gone' : own === null ? 'unknown' : imageState(own),
  }
}

/** Whether what is mounted is still what lies under the image's name, and this user may look into it. */
function isOfUse({ imageState: state, mountPoint }: Mount): boolean {
  if (state !== 'same' && state !== 'unknown') return false
  try {
    accessSync(mountPoint, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function realPathOf(path: string): string {
  try {
    const real = realpathSync(path)
    statSync(real)
    return real
  } catch (error) {
    throw ioProblem(error, `Could not read ‘${path}’.`, 'Nothing was mounted.')
  }
}

function realPathOrNull(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}
