/** A tree of an image as a side of a comparison. */
import type { AttributeKind, ComparedSide } from '../../../shared/comparison.ts'
import type { EntryType, Finding } from '../../../shared/image-model.ts'
import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { DirectoryGuard } from '../directory-guard.ts'
import { entryPath } from '../entry-path.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import type { OpenImage } from '../open-image.ts'
import { walkRuns } from '../walk-view.ts'
import { byName, type ComparedEntry, type ComparedTree, type FolderEntries, type TreeAbilities } from './compared-tree.ts'
import { isForeignUdf, nameFormsOf } from './name-forms.ts'

const allAttributes = new Set<AttributeKind>(['times', 'modes', 'owners', 'links', 'label'])
const allTypes = new Set<EntryType>(['file', 'directory', 'symlink', 'block', 'char', 'fifo', 'socket'])
const posix = { attributes: allAttributes, types: allTypes }
const plain = { attributes: new Set<AttributeKind>(['times', 'label']), types: new Set<EntryType>(['file', 'directory']) }
function abilitiesOf(kind: FileSystemKind, root: ImageEntry): TreeAbilities {
  const nameForms = nameFormsOf(kind, root)
  return kind === 'rockridge' || (kind === 'udf' && !isForeignUdf(kind, root)) ? { ...posix, nameForms } : { ...plain, nameForms }
}

export class ImageTree implements ComparedTree {
  readonly side: ComparedSide
  readonly root: ImageEntry
  readonly abilities: TreeAbilities
  readonly storage: string
  readonly view: ImageView
  readonly #image: OpenImage

  /** `view` is the wanted tree. Throws a `usage` Problem when the image has none of that kind. */
  constructor(image: OpenImage, view: FileSystemKind | 'auto') {
    this.#image = image
    this.view = image.view(view)
    const kind = this.view.kind as FileSystemKind
    this.side = { path: image.path, kind, label: this.view.label }
    this.root = this.view.root
    this.abilities = abilitiesOf(kind, this.root)
    this.storage = image.source.deviceAndInode
  }

  contentBytes(): number {
    let sum = 0
    for (const { entries } of walkRuns(this.view, this.root, '/', this.#image.findingLog))
      for (const entry of entries) if (entry.type === 'file') sum += entry.sizeBytes
    return sum
  }

  beginWalk(): FolderEntries {
    const guard = new DirectoryGuard(this.#image.findingLog)
    guard.begin(this.root)
    return (folder) => {
      const directory = folder as ImageEntry
      const isRoot = directory.parent === null
      if (!isRoot && !guard.mayEnter(directory, entryPath(directory), keysAbove(directory))) return []
      return [...this.view.children(directory)].sort(byName)
    }
  }

  content(file: ComparedEntry): ByteSource {
    return this.view.contentSource(file as ImageEntry)
  }

  place(file: ComparedEntry): string {
    const { extents, zisofs, sizeBytes } = file as ImageEntry
    const places = extents.map((extent) => `${this.view.offsetBytes(extent)}+${extent.lengthBytes}`)
    return `${sizeBytes}${zisofs === null ? '' : 'z'}:${places.join(',')}`
  }

  finish(): readonly Finding[] {
    this.#image.source.assertUnchanged()
    return this.#image.findings
  }

  close(): void {
    this.#image.close()
  }
}

function keysAbove(directory: ImageEntry): { readonly key: number | null }[] {
  const keys: { readonly key: number | null }[] = []
  for (let at = directory.parent; at !== null; at = at.parent) keys.push({ key: at.directoryKey })
  return keys
}
