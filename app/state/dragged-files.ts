/** Folders for what is dragged out of the window: whoever it is dropped on may read it long after; gone when the app ends. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export class DraggedFiles {
  readonly #root: string

  /** Clears away what an earlier run left at `root`. */
  constructor(root: string) {
    this.#root = root
    this.clear()
  }

  /** A folder of its own, for this user alone. */
  newFolder(): string {
    mkdirSync(this.#root, { recursive: true, mode: 0o700 })
    return mkdtempSync(join(this.#root, 'dragged-'))
  }

  clear(): void {
    try {
      rmSync(this.#root, { recursive: true, force: true })
    } catch (error) {
      console.error(`dragged files were not removed: ${String(error)}`)
    }
  }
}
