/** What mounting must know of an image beforehand, and the ISO image that is mounted in the place of what no system mounts. */
import { basename, extname } from 'node:path'
import { ConvertSource } from '../image/convert/convert-source.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import type { OpenImage } from '../image/open-image.ts'
import type { ImageContent } from './mount-adapter.ts'
import type { MountControl } from './mount-control.ts'
import { writeView } from './mount-view.ts'

export interface PreparedMount {
  readonly label: string
  readonly content: ImageContent
  /** An ISO image of what lies in a container; null for a file that is mounted as it is. */
  readonly viewPath: string | null
}

/** Throws a Problem when it is no image or can't be read, or there is no room for a copy of its data, and what the control throws; then nothing is left. */
export async function prepareMount(path: string, control: MountControl): Promise<PreparedMount> {
  const image = await openAnyImage(path, { control })
  try {
    const [label, content] = [labelOf(image, path), contentOf(image)]
    return { label, content, viewPath: image.contained === null ? null : await writeView(ConvertSource.of(image), path, control) }
  } finally {
    image.close()
  }
}

const labelOf = (image: OpenImage, path: string): string => image.view('auto').label.trim() || basename(path, extname(path))

function contentOf(image: OpenImage): ImageContent {
  const view = image.view('auto')
  const hasUdf = image.viewKinds.includes('udf')
  const hasIso9660 = image.viewKinds.some((kind) => kind !== 'udf')
  const [first] = view.children(view.root)
  return { hasIso9660, hasUdf, isEmpty: first === undefined }
}
