/** Digests of single files in an image. */
import { createHash } from 'node:crypto'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import { entryContent } from './entry-content.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

const buffer = alignedBuffer(TRANSFER_BYTES)

/** SHA-256 of a file's content in hex; null for what is no file, or can't be read whole. */
export function entrySha256(view: ImageView, entry: ImageEntry): string | null {
  if (entry.type !== 'file') return null
  const hash = createHash('sha256')
  try {
    for (const piece of entryContent(view, entry, buffer)) hash.update(piece)
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'image') return null
    throw error
  }
  return hash.digest('hex')
}
