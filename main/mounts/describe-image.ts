/** What mounting must know of an image beforehand. */
import { basename, extname } from 'node:path'
import { openAnyImage } from '../image/open-any-image.ts'
import type { ImageContent } from './mount-adapter.ts'

export interface ImageDescription {
  readonly label: string
  readonly content: ImageContent
  /** Whether no system can mount the file as it is: the image lies in a container. */
  readonly isContained: boolean
}

/** Opens the image for a look. Throws a Problem when it is none, or can't be read. */
export async function describeImage(path: string): Promise<ImageDescription> {
  const image = await openAnyImage(path)
  try {
    const view = image.view('auto')
    const hasUdf = image.viewKinds.includes('udf')
    const hasIso9660 = image.viewKinds.some((kind) => kind !== 'udf')
    const [first] = view.children(view.root)
    const isContained = image.contained !== null
    return {
      isContained,
      label: view.label.trim() || basename(path, extname(path)),
      content: { hasIso9660, hasUdf, isEmpty: first === undefined },
    }
  } finally {
    image.close()
  }
}
