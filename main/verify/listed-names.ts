/** Finds the lines of a checksum file that are about an image, however the file came to its name. */
import type { ChecksumEntry, ChecksumFile } from './checksum-file.ts'

/** How lines were found to be about the image, best first. */
export type ListedWay =
  /** By its name. */
  | 'name'
  /** By its name in other letters: capitals, or composed otherwise. */
  | 'similar-name'
  /** By the name it had before it was downloaded once more or copied. */
  | 'copy-name'
  /** There is no other line. */
  | 'only-line'
  /** Nothing names it: any line may be meant, the content will tell. */
  | 'unnamed'

/** All that a list says of one file. */
export interface ListedFile {
  /** As the list spells it, path included; null where it names none. */
  readonly name: string | null
  readonly entries: readonly ChecksumEntry[]
}

export interface Listed {
  readonly way: ListedWay
  /** Several where folders of the list hold files of the same name, or where any line may be meant. */
  readonly files: readonly ListedFile[]
}

/** The last part of a path of either kind. */
export function lastPart(path: string): string {
  const behindSlash = path.slice(path.lastIndexOf('/') + 1)
  return behindSlash.slice(behindSlash.lastIndexOf('\\') + 1)
}

const similar = (name: string): string => name.normalize('NFC').toLowerCase()

/** Names that a copy may have had before: `a (1).iso`, `a(1).iso`, `a-1.iso`, `a 2.iso`, `a - Copy.iso`, `Copy of a.iso`, `a.iso.1`. */
export function namesBeforeCopying(name: string): string[] {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  const found = [
    stem.replace(/ ?\([0-9]{1,3}\)$/, '') + extension,
    stem.replace(/[- ][0-9]{1,3}$/, '') + extension,
    stem.replace(/(?: - Copy| copy)(?: \([0-9]{1,3}\))?$/i, '') + extension,
    name.replace(/^Copy of /i, ''),
    name.replace(/\.[0-9]{1,3}$/, ''),
  ]
  return [...new Set(found)].filter((candidate) => candidate !== name && candidate !== '')
}

/** Groups lines by the file they are about; of each, the same digest counts once. */
function filesOf(entries: readonly ChecksumEntry[]): ListedFile[] {
  const files = new Map<string | null, ChecksumEntry[]>()
  for (const entry of entries) {
    const name = entry.name?.replace(/^(?:\.\/)+/, '') ?? null
    const known = files.get(name) ?? []
    if (!known.some(({ hex, kinds }) => hex === entry.hex && kinds.join() === entry.kinds.join())) known.push(entry)
    files.set(name, known)
  }
  return [...files].map(([name, found]) => ({ name, entries: found }))
}

/** What a list says about a file called `imageName`; null when it is empty. */
export function findListed(list: ChecksumFile, imageName: string): Listed | null {
  const files = filesOf(list.entries)
  if (files.length === 0) return null
  const named = (matches: (name: string) => boolean) => files.filter(({ name }) => name !== null && matches(name))
  const before = new Set(namesBeforeCopying(imageName).map(similar))
  const ways: readonly (readonly [ListedWay, () => ListedFile[]])[] = [
    ['name', () => named((name) => name === imageName)],
    ['name', () => named((name) => lastPart(name) === imageName)],
    ['similar-name', () => named((name) => similar(lastPart(name)) === similar(imageName))],
    ['copy-name', () => named((name) => before.has(similar(lastPart(name))))],
  ]
  for (const [way, find] of ways) {
    const found = find()
    if (found.length > 0) return { way, files: found }
  }
  return { way: files.length === 1 ? 'only-line' : 'unnamed', files }
}
