/** What an image is, in a few words: for the window's cards. */
import type { Finding } from '../../shared/image-model.ts'
import { fileSystemTitle } from './file-system-facts.ts'
import { imageFacts } from './image-facts.ts'
import { openImage } from './open-image.ts'

export interface Glance {
  readonly sizeBytes: number
  readonly label: string
  readonly fileSystems: readonly string[]
  readonly files: number
  readonly directories: number
  readonly findings: readonly Finding[]
}

/** Throws Problems: `io` when the file can't be read, `image` when it is no image that Isomer knows. */
export async function glanceAtImage(imagePath: string): Promise<Glance> {
  const image = openImage(imagePath)
  try {
    const facts = await imageFacts(image, { checkpoint: () => undefined })
    const { sizeBytes, label, files, directories, findings } = facts
    return { sizeBytes, label, fileSystems: facts.fileSystems.map(fileSystemTitle), files, directories, findings }
  } finally {
    image.close()
  }
}
