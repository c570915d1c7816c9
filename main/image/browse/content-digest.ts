import { createHash } from 'node:crypto'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import { entryContent } from '../entry-content.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import type { Checkpoints } from './browsed-tree.ts'

/** SHA-256 of a file's content in hex. Throws an `image` Problem when not all of it can be read. */
export async function contentSha256(view: ImageView, entry: ImageEntry, control: Checkpoints): Promise<string> {
  const hash = createHash('sha256')
  for (const piece of entryContent(view, entry, alignedBuffer(TRANSFER_BYTES))) {
    hash.update(piece)
    await control.checkpoint()
  }
  return hash.digest('hex')
}
