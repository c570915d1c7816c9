/** Sticks and cards as the window knows them: by handles, with why each of them can't be written. */
import { randomUUID } from 'node:crypto'
import type { FlashAdapter } from '../../main/drives/flash/flash-adapter.ts'
import { requireFlashable } from '../../main/drives/flash/flash-checks.ts'
import type { StickRow } from '../../shared/drive-rows.ts'
import type { FlashTarget } from '../../shared/drives.ts'
import { Problem, type ProblemReport, problemReport } from '../../shared/problem.ts'

export class Sticks {
  readonly #openAdapter: () => Promise<FlashAdapter>
  #adapter: FlashAdapter | null = null
  /** Handles by path. */
  readonly #ids = new Map<string, string>()

  constructor(openAdapter: () => Promise<FlashAdapter>) {
    this.#openAdapter = openAdapter
  }

  async adapter(): Promise<FlashAdapter> {
    this.#adapter ??= await this.#openAdapter()
    return this.#adapter
  }

  /** Those that are there now. Disks that belong to the computer are left out: nobody should choose them even by mistake. */
  async look(): Promise<StickRow[]> {
    const targets = await (await this.adapter()).targets()
    return targets.map((target) => this.#rowOf(target)).filter(({ refusal }) => refusal === null || !HIDDEN.includes(refusal.code))
  }

  /** Throws a `usage` Problem for a handle that was never given out. */
  path(stickId: string): string {
    const known = [...this.#ids].find(([, id]) => id === stickId)
    if (known !== undefined) return known[0]
    throw new Problem({ kind: 'usage', code: 'unknown-stick', message: 'This stick is not there any more.', kept: 'Nothing was written.' })
  }

  #rowOf(target: FlashTarget): StickRow {
    const { path, ...facts } = target
    const stickId = this.#ids.get(path) ?? randomUUID()
    this.#ids.set(path, stickId)
    return { ...facts, stickId, place: path, refusal: refusalOf(target) }
  }
}

const HIDDEN = ['system-drive', 'not-removable']

/** Whatever the image is. */
function refusalOf(target: FlashTarget): ProblemReport | null {
  try {
    requireFlashable(target, { imageSizeBytes: 0, imageDisk: null })
    return null
  } catch (thrown) {
    return problemReport(thrown)
  }
}
