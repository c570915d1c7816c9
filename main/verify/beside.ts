/** Finds what lies beside an image and may be about it: checksum files, signatures, keys. Judges by names only. */
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isChecksumName, mayBeKey, sidecarOf, signedNameOf } from '../../shared/checksum-names.ts'
import { MAX_FILES_BESIDE } from '../../shared/limits.ts'
import { namesBeforeCopying } from './listed-names.ts'

export interface Beside {
  readonly lists: readonly string[]
  /** Of the image or of one of the lists. */
  readonly signatures: readonly string[]
  readonly keys: readonly string[]
}

export const NOTHING_BESIDE: Beside = { lists: [], signatures: [], keys: [] }

const lower = (name: string): string => name.toLowerCase()
const withoutExtension = (name: string): string => name.replace(/\.[^.]+$/, '')

/** Names, in lower case, that signatures and checksum files of an image may be made of. */
export const namesOfImage = (imageName: string): Set<string> =>
  new Set([imageName, withoutExtension(imageName), ...namesBeforeCopying(imageName)].map(lower))

/** Sorts the names of a folder's files by what they are to an image. Names of sidecars of other images are left out. */
export function sortNames(names: readonly string[], imageName: string): Beside {
  const own = namesOfImage(imageName)
  const others = new Set(names.filter((name) => /\.(?:iso|img|bin|raw|dmg)$/i.test(name) && !own.has(lower(name))).map(lower))
  const isOthers = (name: string | null) => name !== null && others.has(lower(name))
  const lists = names.filter((name) => isChecksumName(name) && !isOthers(sidecarOf(name)))
  const signed = new Set([...own, ...lists.map(lower)])
  const signatures = names.filter((name) => signed.has(lower(signedNameOf(name) ?? '')) && !lists.includes(name))
  const keys = names.filter(
    (name) => mayBeKey(name) && !lists.includes(name) && !signatures.includes(name) && !isOthers(signedNameOf(name)),
  )
  // What is named after the image comes first, should there be too many.
  const ofImageFirst = (a: string, b: string) => Number(own.has(lower(sidecarOf(b) ?? ''))) - Number(own.has(lower(sidecarOf(a) ?? '')))
  const some = (found: string[]) => found.slice(0, MAX_FILES_BESIDE)
  return { lists: some(lists.sort(ofImageFirst)), signatures: some(signatures), keys: some(keys) }
}

/** What lies in the image's folder; nothing when it can't be read. */
export function findBeside(imagePath: string): Beside {
  const folder = dirname(imagePath)
  const { lists, signatures, keys } = sortNames(fileNames(folder), basename(imagePath))
  const paths = (names: readonly string[]) => names.map((name) => join(folder, name))
  return { lists: paths(lists), signatures: paths(signatures), keys: paths(keys) }
}

function fileNames(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map(({ name }) => name)
      .sort()
  } catch {
    return [] // the image was opened, so its folder is only closed to listing: nothing is known of what lies there
  }
}
