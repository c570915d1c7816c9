/** Files beside a container, by the names that it says. What it says never leads out of its folder. */
import { opendirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MAX_NEIGHBOURS } from '../../shared/limits.ts'
import { FileByteSource, type ImageSource } from '../bytes/byte-source.ts'

export interface Neighbours {
  /** Names of the files that are there. */
  names(): readonly string[]
  /** Opens one of them. Throws an `io` Problem when that can't be. */
  open(name: string): ImageSource
}

/** What lies in the folder of a file. */
export class FolderNeighbours implements Neighbours {
  readonly #folder: string
  #names: string[] | null = null

  constructor(path: string) {
    this.#folder = dirname(path)
  }

  names(): readonly string[] {
    this.#names ??= namesIn(this.#folder)
    return this.#names
  }

  open(name: string): ImageSource {
    return FileByteSource.open(join(this.#folder, name))
  }
}

function namesIn(folder: string): string[] {
  const names: string[] = []
  const directory = opendirSync(folder)
  try {
    for (let entry = directory.readSync(); entry !== null && names.length < MAX_NEIGHBOURS; entry = directory.readSync()) {
      if (!entry.isDirectory()) names.push(entry.name)
    }
  } finally {
    directory.closeSync()
  }
  return names
}

/** The last part of a path as any system writes it: descriptions bring the folders of the machine that they were made on. */
export const lastPart = (path: string): string => path.split(/[/\\]/).at(-1) ?? ''

const stem = (name: string): string => name.replace(/\.[^.]*$/, '')
const folded = (name: string): string => name.normalize('NFC').toLowerCase()

/**
 * The neighbour that is meant by a path: by its last part, whatever its case; where there is none, by the name of the
 * description itself with the same ending (files renamed together). Null when there is none.
 */
export function neighbourMeant(neighbours: Neighbours, path: string, descriptionName: string): string | null {
  const wanted = lastPart(path)
  const names = neighbours.names()
  if (wanted !== '' && names.includes(wanted)) return wanted
  const alike = names.find((name) => folded(name) === folded(wanted))
  if (alike !== undefined) return alike
  const ending = folded(wanted).slice(folded(stem(wanted)).length)
  return names.find((name) => folded(name) === `${folded(stem(descriptionName))}${ending}` && name !== descriptionName) ?? null
}
