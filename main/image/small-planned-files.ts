/**
 * Files of an extraction that are small, whole in one place and of one name, as columns: of a million of them as objects
 * the plan alone would take half a gigabyte.
 */
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Column } from './browse/column.ts'
import { TextStore } from './browse/text-store.ts'
import { isStoredPlainly } from './entry-content.ts'
import { entryPath } from './entry-path.ts'
import type { ImageEntry } from './image-view.ts'
import type { PlannedFile, PlannedFolder } from './planned-file.ts'

/** So many fit into one read that the rest of the read is worth having too. */
const MAX_BYTES = TRANSFER_BYTES / 2
const NO_MODE = -1
/** Of what goes right into the target. */
const NO_FOLDER = -1

/** Whether a file can be told from its numbers alone: its content is the image's bytes from one place on. */
export const isSmallFile = (entry: ImageEntry): boolean =>
  entry.sizeBytes <= MAX_BYTES && entry.hardLinkKey === null && isStoredPlainly(entry)

export class SmallPlannedFiles {
  /** Names on the host. */
  readonly names = new TextStore()
  readonly #folders = new Column(Int32Array)
  readonly #starts = new Column(Float64Array)
  readonly #sizes = new Column(Uint32Array)
  readonly #modes = new Column(Int32Array)
  readonly #dates = new Column(Float64Array)
  /** Index of the folder in the image, which need not be one that is made. */
  readonly #origins = new Column(Int32Array)
  readonly #plannedFolders: PlannedFolder[] = []
  readonly #imageFolders: (ImageEntry | null)[] = []
  /** Names in the image that are no names here. */
  readonly #otherNames = new Map<number, string>()
  #isInOrder = true

  get count(): number {
    return this.#starts.length
  }

  add(entry: ImageEntry, name: string, folder: PlannedFolder | null, recordedStartBytes: number): void {
    const number = this.count
    const lastStartBytes = number === 0 ? 0 : this.#starts.at(number - 1)
    // What is empty lies nowhere.
    const startBytes = entry.sizeBytes === 0 ? lastStartBytes : recordedStartBytes
    if (startBytes < lastStartBytes) this.#isInOrder = false
    if (this.#imageFolders.at(-1) !== entry.parent || number === 0) this.#imageFolders.push(entry.parent)
    if (folder !== null && this.#plannedFolders.at(-1) !== folder) this.#plannedFolders.push(folder)
    if (name !== entry.name) this.#otherNames.set(number, entry.name)
    this.names.add(name)
    this.#folders.push(folder === null ? NO_FOLDER : this.#plannedFolders.length - 1)
    this.#starts.push(startBytes)
    this.#sizes.push(entry.sizeBytes)
    this.#modes.push(entry.mode ?? NO_MODE)
    this.#dates.push(entry.modifiedMs ?? Number.NaN)
    this.#origins.push(this.#imageFolders.length - 1)
  }

  /** Numbers of the files in the order in which they lie in the image. */
  inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.count }, (_, number) => number)
    return this.#isInOrder ? order : order.sort((a, b) => this.#starts.at(a) - this.#starts.at(b))
  }

  folder(number: number): PlannedFolder | null {
    return this.#plannedFolders[this.#folders.at(number)] ?? null
  }

  startBytes(number: number): number {
    return this.#starts.at(number)
  }

  sizeBytes(number: number): number {
    return this.#sizes.at(number)
  }

  mode(number: number): number | null {
    const mode = this.#modes.at(number)
    return mode === NO_MODE ? null : mode
  }

  modifiedMs(number: number): number | null {
    const date = this.#dates.at(number)
    return Number.isNaN(date) ? null : date
  }

  file(number: number): PlannedFile {
    return {
      entry: null,
      name: this.names.text(number),
      folder: this.folder(number),
      startBytes: this.startBytes(number),
      sizeBytes: this.sizeBytes(number),
      mode: this.mode(number),
      modifiedMs: this.modifiedMs(number),
      path: () => this.#path(number),
    }
  }

  /** In the image. */
  #path(number: number): string {
    const parent = this.#imageFolders[this.#origins.at(number)] ?? null
    return entryPath({ name: this.#otherNames.get(number) ?? this.names.text(number), parent })
  }
}
