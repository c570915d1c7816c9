/** Paths of entries and problems with paths that people give. */
import { Problem } from '../../shared/problem.ts'
import { BOOT_FOLDER, PARTITIONS_FOLDER } from './boot-folders.ts'
import type { ImageEntry, ImageView } from './image-view.ts'
import type { OpenImage } from './open-image.ts'

/** What has a place in a tree; the root has no parent. */
export interface Placed {
  readonly name: string
  readonly parent: Placed | null
}

/** The path as the image spells it: `/` for the root, else `/docs/readme.txt`. */
export function entryPath(entry: Placed): string {
  const parts: string[] = []
  for (let at: Placed | null = entry; at?.parent; at = at.parent) parts.push(at.name)
  return `/${parts.reverse().join('/')}`
}

/** Path of the folder that an entry is in; empty for the root, so that a slash and the name can follow. */
export function folderPathOf(entry: ImageEntry): string {
  const path = entry.parent === null ? '/' : entryPath(entry.parent)
  return path === '/' ? '' : path
}

/** Where paths lead: entries of one view. */
export interface FoundEntries {
  readonly view: ImageView
  /** In the order of the paths. */
  readonly entries: readonly ImageEntry[]
}

/**
 * Finds paths in a view, or boot images and partitions (`[BOOT]/1-bios.img`) where the view has nothing of that name.
 * Throws a `usage` Problem for a path that leads nowhere, or when some lead here and some there.
 */
export async function findEntries(image: OpenImage, view: ImageView, paths: readonly string[]): Promise<FoundEntries> {
  const found: { view: ImageView; entry: ImageEntry }[] = []
  for (const path of paths) {
    const inView = view.lookup(path)
    const other = inView === null && namesEquipment(path) ? await image.bootView() : view
    const entry = inView ?? other.lookup(path)
    if (entry === null) throw noSuchPath(path, image.path)
    found.push({ view: other, entry })
  }
  const [first] = found
  if (found.some((one) => one.view !== first?.view)) {
    throw new Problem({
      kind: 'usage',
      code: 'paths-of-two-kinds',
      message: 'Boot images and partitions can only be had by themselves, not together with files of the tree.',
      advice: 'Ask for them one after the other.',
    })
  }
  return { view: first?.view ?? view, entries: found.map(({ entry }) => entry) }
}

function namesEquipment(path: string): boolean {
  const first = path.split('/').find((part) => part !== '' && part !== '.')
  return first === BOOT_FOLDER || first === PARTITIONS_FOLDER
}

function noSuchPath(path: string, imagePath: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-such-path',
    message: `There is no ‘${path}’ in ‘${imagePath}’.`,
    advice: `isomer list ‘${imagePath}’ shows what there is.`,
  })
}
