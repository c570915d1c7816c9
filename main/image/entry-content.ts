/** The content of a file in an image, in pieces. */
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { expandZisofs } from '../iso9660/zisofs.ts'
import { ExtentSource } from './extent-source.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

/**
 * Yields the content; a piece is valid until the next is asked for. Throws an `image` Problem, after what could be
 * read, when bytes are missing: they are never made up.
 */
export function* entryContent(
  view: ImageView,
  entry: ImageEntry,
  image: ByteSource,
  buffer: Buffer = alignedBuffer(TRANSFER_BYTES),
): Generator<Buffer, void, undefined> {
  if (entry.unreadable !== null) {
    throw new Problem({ kind: 'image', code: 'content-unsupported', message: `${entry.name} can't be read. ${entry.unreadable}` })
  }
  const stored = new ExtentSource(view, entry, image)
  if (entry.zisofs !== null) {
    yield* expandZisofs(stored, entry.zisofs)
    return
  }
  let offsetBytes = 0
  while (offsetBytes < stored.sizeBytes) {
    const wanted = buffer.subarray(0, Math.min(buffer.length, stored.sizeBytes - offsetBytes))
    const got = stored.read(offsetBytes, wanted)
    if (got > 0) yield wanted.subarray(0, got)
    offsetBytes += got
    if (got < wanted.length) throw incomplete(entry, offsetBytes)
  }
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
