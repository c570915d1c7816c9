/** The content of a file in an image, in pieces. */
import type { Extent } from '../../shared/image-model.ts'
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
    if (got < wanted.length) throw incomplete(entry, offsetBytes)
  }
}

/** Throws an `image` Problem when the entry's content is of no kind that Isomer reads. */
export function requireReadable(entry: ImageEntry): void {
  if (entry.unreadable === null) return
  throw new Problem({ kind: 'image', code: 'content-unsupported', message: `${entry.name} can't be read. ${entry.unreadable}` })
}

/** The one extent that holds the content byte by byte; null when it is in several, compressed, sparse or incomplete. */
export function plainExtent(entry: ImageEntry): Extent | null {
  if (entry.unreadable !== null || entry.zisofs !== null) return null
  const [extent, second] = entry.extents
  return extent !== undefined && second === undefined && extent.lengthBytes === entry.sizeBytes ? extent : null
}

function incomplete(entry: ImageEntry, readBytes: number): Problem {
  return new Problem({
    kind: 'image',
    code: 'content-incomplete',
    message: `${entry.name} is incomplete: the image ends ${(entry.sizeBytes - readBytes).toLocaleString('en')} bytes before it does.`,
    advice: 'The image is probably cut off; get it again and compare its size or checksum.',
    technical: `${readBytes} of ${entry.sizeBytes} bytes are in the image`,
  })
}
