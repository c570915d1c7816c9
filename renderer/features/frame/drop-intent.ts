/** What a drop will do, as far as can be said before and after it. Pure decisions. */
import { isEvidenceName } from '../../../shared/checksum-names.ts'
import type { AdmittedSource } from '../../../shared/ipc.ts'
import type { Place } from '../../stores/places.ts'
import { say } from '../../words/say.ts'

/** What is known while something hovers: how many items, and the media types the system gives (empty for folders). */
export interface Hovering {
  readonly itemTypes: readonly string[]
  readonly place: Place
  /** The staged folder under the pointer, null outside the tree. */
  readonly folder: string | null
  /** Whether something is staged that no image was made from yet. */
  readonly isStaged: boolean
  /** The folder that is shown of an image that is edited; null when none is. */
  readonly editedFolder?: string | null
}

const IMAGE_TYPES = new Set([
  'application/x-cd-image',
  'application/x-iso9660-image',
  'application/vnd.efi.iso',
  'application/x-raw-disk-image',
  'application/x-compressed-iso',
  'application/x-mame-chd',
  'application/x-apple-diskimage',
])

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf('/') + 1)

const addTo = (folder: string, count: number) =>
  folder === '/' ? say('frame.drop.add', { count }) : say('frame.drop.add-to-folder', { count, folder: nameOf(folder) })

/** The sentence shown over the window while something hovers. */
export function hoverSentence({ itemTypes, place, folder, isStaged, editedFolder = null }: Hovering): string {
  const count = Math.max(1, itemTypes.length)
  if (place === 'verify') return say('frame.drop.verify', { count })
  if (place === 'create') return addTo(folder ?? '/', count)
  if (editedFolder !== null) return addTo(folder ?? editedFolder, count)
  const isImage = count === 1 && IMAGE_TYPES.has(itemTypes[0] ?? '')
  if (place === 'drives' && count === 1) return say('frame.drop.burn')
  if (isImage) return say('frame.drop.open')
  return isStaged ? say('frame.drop.add-to-staged', { count }) : say('frame.drop.make', { count })
}

/** Images and what they are verified with, and some of that. */
function isEvidence(sources: readonly AdmittedSource[]): boolean {
  const others = sources.filter(({ kind }) => kind !== 'image')
  return others.length > 0 && others.every(({ kind, name }) => kind === 'file' && isEvidenceName(name))
}

export type DropDecision =
  | { readonly do: 'nothing' }
  | { readonly do: 'open-image'; readonly source: AdmittedSource }
  | { readonly do: 'burn'; readonly source: AdmittedSource }
  | { readonly do: 'open-project'; readonly token: string }
  | { readonly do: 'verify'; readonly tokens: readonly string[] }
  | { readonly do: 'edit'; readonly tokens: readonly string[]; readonly into: string }
  | { readonly do: 'stage'; readonly tokens: readonly string[]; readonly into: string; readonly startsOver: boolean }

/**
 * To an image that is edited everything is added. A project alone is opened, unless it is put into an image that is being
 * put together. On Create everything else is added, on Drives an image is burned; elsewhere one image alone is opened,
 * checksum files and signatures are verified with the images they come with, and anything else becomes a new image.
 */
export function decideDrop(
  sources: readonly AdmittedSource[],
  { place, folder, isStaged, editedFolder = null }: Omit<Hovering, 'itemTypes'>,
): DropDecision {
  const [first] = sources
  if (!first) return { do: 'nothing' }
  const tokens = sources.map((source) => source.token)
  if (place === 'images' && editedFolder !== null) return { do: 'edit', tokens, into: folder ?? editedFolder }
  if (sources.length === 1 && first.kind === 'project' && !(place === 'create' && isStaged))
    return { do: 'open-project', token: first.token }
  if (place === 'verify' || (place !== 'create' && isEvidence(sources))) return { do: 'verify', tokens }
  if (place === 'drives' && sources.length === 1 && first.kind === 'image') return { do: 'burn', source: first }
  if (place !== 'create' && sources.length === 1 && first.kind === 'image') return { do: 'open-image', source: first }
  return { do: 'stage', tokens, into: place === 'create' ? (folder ?? '/') : '/', startsOver: place !== 'create' && !isStaged }
}
