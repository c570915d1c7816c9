/** Keeps walks through an image from going on for ever: folders can contain themselves, or share their content without end. */
import { MAX_DIRECTORY_DEPTH, MAX_SHARED_DIRECTORY_BYTES } from '../../shared/limits.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { ImageEntry } from './image-view.ts'

/** For one walk. */
export class DirectoryGuard {
  readonly #log: FindingLog
  readonly #visited = new Set<number>()
  #sharedBytes = 0

  constructor(log: FindingLog) {
    this.#log = log
  }

  /** The walk begins here: what leads back to it is a circle. */
  begin(start: Pick<ImageEntry, 'directoryKey'>): void {
    if (start.directoryKey !== null) this.#visited.add(start.directoryKey)
  }

  /** Whether the walk is to go on inside a folder; findings say why not. `above` are the folders that it was come to through. */
  mayEnter(
    directory: Pick<ImageEntry, 'directoryKey' | 'sizeBytes'>,
    path: string,
    above: readonly { readonly key: number | null }[],
  ): boolean {
    const key = directory.directoryKey
    if (key === null) return false
    if (above.some((folder) => folder.key === key)) {
      this.#log.add('directory-loop', 'damaged', 'A folder contains itself; it was not followed again.', { path })
      return false
    }
    if (above.length >= MAX_DIRECTORY_DEPTH) {
      const message = `Folders lie more than ${MAX_DIRECTORY_DEPTH} deep; deeper ones were left out.`
      this.#log.add('directory-too-deep', 'damaged', message, { path })
      return false
    }
    if (!this.#visited.has(key)) {
      this.#visited.add(key)
      return true
    }
    if (directory.sizeBytes === 0) return false
    this.#sharedBytes += directory.sizeBytes
    this.#log.add('directory-shared', 'note', 'Two folders share their content.', { path })
    if (this.#sharedBytes <= MAX_SHARED_DIRECTORY_BYTES) return true
    this.#log.add('directory-shared-too-often', 'damaged', 'Folders share their content without end; the rest was left out.', {})
    return false
  }
}
