/** The content of a file in an image, in pieces. */
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

/**
 * Yields the content; a piece is valid until the next is asked for. Throws an `image` Problem, after what could be
 * read, when bytes are missing: they are never made up.
 */
export function* entryContent(
  view: ImageView,
  entry: ImageEntry,
  buffer: Buffer = alignedBuffer(TRANSFER_BYTES),
): Generator<Buffer, void, undefined> {
  requireReadable(entry)
  const content = view.contentSource(entry)
  let offsetBytes = 0
  while (offsetBytes < entry.sizeBytes) {
    const wanted = buffer.subarray(0, Math.min(buffer.length, entry.sizeBytes - offsetBytes))
    const got = content.read(offsetBytes, wanted)
    if (got > 0) yield wanted.subarray(0, got)
    offsetBytes += got
    if (got < wanted.length) throw incompleteContent(entry.name, entry.sizeBytes, offsetBytes)
  }
}

/** Throws an `image` Problem when the entry's content is of no kind that Isomer reads. */
export function requireReadable(entry: ImageEntry): void {
  if (entry.unreadable === null) return
  throw new Problem({ kind: 'image', code: 'content-unsupported', message: `${entry.name} can't be read. ${entry.unreadable}` })
}

/** Whether one extent holds the content as it is: not in several, compressed, sparse or incomplete. Nothing is held by none. */
export function isStoredPlainly({ unreadable, zisofs, extents, sizeBytes }: ImageEntry): boolean {
  if (unreadable !== null || zisofs !== null) return false
  return extents.length > 1 ? false : (extents[0]?.lengthBytes ?? 0) === sizeBytes
}

/** Of a file of which the image has only so much. */
export function incompleteContent(name: string, sizeBytes: number, readBytes: number): Problem {
  return new Problem({
    kind: 'image',
    code: 'content-incomplete',
    message: `${name} is incomplete: the image ends ${(sizeBytes - readBytes).toLocaleString('en')} bytes before it does.`,
    advice: 'The image is probably cut off; get it again and compare its size or checksum.',
    technical: `${readBytes} of ${sizeBytes} bytes are in the image`,
  })
}
