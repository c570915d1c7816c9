/** Pictures told by their first bytes, and how large they are drawn: what is too large is not handed to a decoder. */

export interface PictureHeader {
  readonly mediaType: string
  /** Null where the header doesn't tell in a simple way. */
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null
}

type Measure = (bytes: Buffer) => PictureHeader['size']

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx })
const unknown: Measure = () => null

interface PictureKind {
  readonly mediaType: string
  readonly isThis: (bytes: Buffer) => boolean
  readonly measure: Measure
}

const begins =
  (text: string, at = 0) =>
  (bytes: Buffer) =>
    bytes.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'))

const kinds: readonly PictureKind[] = [
  {
    mediaType: 'image/png',
    isThis: begins('\x89PNG\r\n\x1a\n'),
    measure: (bytes) => (bytes.length >= 24 && begins('IHDR', 12)(bytes) ? size(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) : null),
  },
  { mediaType: 'image/jpeg', isThis: begins('\xff\xd8\xff'), measure: jpegSize },
  {
    mediaType: 'image/gif',
    isThis: (bytes) => begins('GIF87a')(bytes) || begins('GIF89a')(bytes),
    measure: (bytes) => (bytes.length < 10 ? null : size(bytes.readUInt16LE(6), bytes.readUInt16LE(8))),
  },
  { mediaType: 'image/webp', isThis: (bytes) => begins('RIFF')(bytes) && begins('WEBP', 8)(bytes), measure: webpSize },
  {
    mediaType: 'image/bmp',
    isThis: (bytes) => begins('BM')(bytes) && bytes.length >= 26 && bytes.readUInt32LE(14) >= 12 && bytes.readUInt32LE(14) <= 124,
    measure: bmpSize,
  },
  { mediaType: 'image/x-icon', isThis: (bytes) => begins('\0\0\x01\0')(bytes) && isIconDirectory(bytes), measure: iconSize },
  { mediaType: 'image/avif', isThis: (bytes) => begins('ftypavif', 4)(bytes), measure: unknown },
]

/** Null for what is no picture that a page can draw. Drawings in SVG are text: they can hold scripts. */
export function pictureHeader(bytes: Buffer): PictureHeader | null {
  const kind = kinds.find(({ isThis }) => isThis(bytes))
  return kind === undefined ? null : { mediaType: kind.mediaType, size: kind.measure(bytes) }
}

/** A JPEG is a row of segments; the frame header (ITU-T T.81 B.2.2) has the size. */
function jpegSize(bytes: Buffer): PictureHeader['size'] {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] as number
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return size(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
    const lengthBytes = bytes.readUInt16BE(at + 2)
    if (lengthBytes < 2 || marker === 0xda) return null
    at += 2 + lengthBytes
  }
  return null
}

/** Lossy, lossless and extended form (WebP container specification). */
function webpSize(bytes: Buffer): PictureHeader['size'] {
  if (bytes.length < 30) return null
  if (begins('VP8 ', 12)(bytes)) return size(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
  if (begins('VP8L', 12)(bytes)) {
    const bits = bytes.readUInt32LE(21)
    return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  }
  return begins('VP8X', 12)(bytes) ? size(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1) : null
}

/** The oldest header has sizes of 16 bits; rows may be counted from the bottom. */
function bmpSize(bytes: Buffer): PictureHeader['size'] {
  const isOldest = bytes.readUInt32LE(14) === 12
  return isOldest
    ? size(bytes.readUInt16LE(18), bytes.readUInt16LE(20))
    : size(Math.abs(bytes.readInt32LE(18)), Math.abs(bytes.readInt32LE(22)))
}

const ICON_ENTRY_BYTES = 16

function isIconDirectory(bytes: Buffer): boolean {
  if (bytes.length < 6 + ICON_ENTRY_BYTES) return false
  const count = bytes.readUInt16LE(4)
  return count > 0 && count <= 64 && bytes[6 + 3] === 0 && bytes.readUInt32LE(6 + 12) >= 6 + count * ICON_ENTRY_BYTES
}

/** Zero stands for 256. */
function iconSize(bytes: Buffer): PictureHeader['size'] {
  return size(bytes[6] || 256, bytes[7] || 256)
}
