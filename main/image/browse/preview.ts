/** Looking into a file of an image without extracting it. */
import type { Preview, TextEncoding } from '../../../shared/browse.ts'
import { formatSize } from '../../../shared/format.ts'
import { MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, TEXT_PREVIEW_BYTES } from '../../../shared/limits.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { requireReadable } from '../entry-content.ts'
import type { ImageEntry, ImageView } from '../image-view.ts'
import { type PictureHeader, pictureHeader } from './picture-header.ts'
import { decodeText, guessEncoding } from './text-encoding.ts'

/** What can be shown of a file. Throws an `image` Problem when its content can't be read. */
export function previewOf(view: ImageView, entry: ImageEntry, encoding: TextEncoding | null): Preview {
  if (entry.type !== 'file') return { kind: 'none', reason: 'There is nothing in it to be shown.' }
  requireReadable(entry)
  if (entry.sizeBytes === 0) return { kind: 'empty' }
  const content = view.contentSource(entry)
  const head = readUpTo(content, 0, TEXT_PREVIEW_BYTES)
  if (head.length === 0) return { kind: 'none', reason: 'Its content lies beyond the end of the image.' }
  const isCut = head.length < entry.sizeBytes
  const picture = pictureHeader(head)
  if (picture !== null && encoding === null) return pictureOf(view, entry, head, picture)
  const guess = guessEncoding(head, isCut)
  if (encoding !== null) return { kind: 'text', text: decodeText(head, encoding), encoding, isGuessed: false, isCut }
  if (guess === null) return { kind: 'bytes' }
  const text = decodeText(head.subarray(guess.markBytes), guess.encoding)
  return { kind: 'text', text, encoding: guess.encoding, isGuessed: guess.isGuessed, isCut }
}

function pictureOf(view: ImageView, entry: ImageEntry, head: Buffer, { mediaType, size }: PictureHeader): Preview {
  if (entry.sizeBytes > MAX_PICTURE_BYTES) {
    return { kind: 'none', reason: `The picture has ${formatSize(entry.sizeBytes)}, too much to be shown here. Extract it to look at it.` }
  }
  if (size !== null && size.widthPx * size.heightPx > MAX_PICTURE_PIXELS) {
    const reason = `The picture is ${size.widthPx} × ${size.heightPx} pixels large, too much to be shown here. Extract it to look at it.`
    return { kind: 'none', reason }
  }
  const bytes = head.length === entry.sizeBytes ? head : readUpTo(view.contentSource(entry), 0, entry.sizeBytes)
  return { kind: 'picture', bytes: Uint8Array.from(bytes), mediaType, widthPx: size?.widthPx ?? null, heightPx: size?.heightPx ?? null }
}

/** Some bytes of a file; fewer at its end, and where the image ends first. */
export function contentBytes(view: ImageView, entry: ImageEntry, offsetBytes: number, lengthBytes: number): Uint8Array<ArrayBuffer> {
  requireReadable(entry)
  return Uint8Array.from(readUpTo(view.contentSource(entry), offsetBytes, Math.min(lengthBytes, entry.sizeBytes - offsetBytes)))
}
