/** What is known of the entries of a tree, by number: compact, so that a million can be held, searched and sorted. */
import type { EntryType } from '../../../shared/image-model.ts'
import type { ImageEntry } from '../image-view.ts'
import { Column } from './column.ts'
import { foldName } from './folded-name.ts'
import { TextStore } from './text-store.ts'

const types: readonly EntryType[] = ['file', 'directory', 'symlink', 'block', 'char', 'fifo', 'socket']
const DIRECTORY = types.indexOf('directory')
/** Behind the 16 bits of st_mode. */
const NO_MODE = 0x1_0000
const HALF_CHARACTER = /\p{Surrogate}/u

export class EntryTable {
  /** Without case and accents. */
  readonly folded = new TextStore()
  readonly #names = new TextStore()
  /** Names that UTF-8 can't hold: damaged ones with half a character. */
  readonly #oddNames = new Map<number, string>()
  readonly #parents = new Column(Int32Array)
  readonly #types = new Column(Uint8Array)
  readonly #sizes = new Column(Float64Array)
  readonly #dates = new Column(Float64Array)
  readonly #modes = new Column(Int32Array)
  readonly #places = new Column(Float64Array)
  readonly #targets = new Map<number, string>()
  readonly #unreadable = new Set<number>()

  get count(): number {
    return this.#parents.length
  }

  /** Bytes of names held. */
  get nameBytes(): number {
    return this.#names.usedBytes + this.folded.usedBytes
  }

  /** Takes an entry and gives its number. `offsetBytes` is where its content begins in the image; null when nowhere. */
  add(entry: ImageEntry, parent: number, offsetBytes: number | null): number {
    const number = this.count
    this.#names.add(entry.name)
    this.folded.add(foldName(entry.name))
    if (HALF_CHARACTER.test(entry.name)) this.#oddNames.set(number, entry.name)
    this.#parents.push(parent)
    this.#types.push(types.indexOf(entry.type))
    this.#sizes.push(entry.sizeBytes)
    this.#dates.push(entry.modifiedMs ?? Number.NaN)
    this.#modes.push(entry.mode ?? NO_MODE)
    this.#places.push(offsetBytes ?? -1)
    if (entry.target !== null) this.#targets.set(number, entry.target)
    if (entry.unreadable !== null) this.#unreadable.add(number)
    return number
  }

  name(number: number): string {
    return this.#oddNames.get(number) ?? this.#names.text(number)
  }

  /** Number of the folder that it is in; -1 for the root. */
  parent(number: number): number {
    return this.#parents.at(number)
  }

  type(number: number): EntryType {
    return types[this.#types.at(number)] as EntryType
  }

  isDirectory(number: number): boolean {
    return this.#types.at(number) === DIRECTORY
  }

  /** Of a directory, bytes of its records. */
  sizeBytes(number: number): number {
    return this.#sizes.at(number)
  }

  modifiedMs(number: number): number | null {
    const date = this.#dates.at(number)
    return Number.isNaN(date) ? null : date
  }

  mode(number: number): number | null {
    const mode = this.#modes.at(number)
    return mode === NO_MODE ? null : mode
  }

  /** Where its content begins in the image; null when nowhere. */
  offsetBytes(number: number): number | null {
    const place = this.#places.at(number)
    return place < 0 ? null : place
  }

  target(number: number): string | null {
    return this.#targets.get(number) ?? null
  }

  isUnreadable(number: number): boolean {
    return this.#unreadable.has(number)
  }
}
