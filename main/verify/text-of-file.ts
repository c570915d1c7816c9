/** The text of a small file, whatever wrote it: UTF-8, UTF-16 as PowerShell redirects it, or an old eight-bit set. */
const UTF16_LITTLE = [0xff, 0xfe]
const UTF16_BIG = [0xfe, 0xff]

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, index) => bytes[index] === byte)

/** Byte order marks are taken off. */
export function decodeText(bytes: Uint8Array): string {
  if (beginsWith(bytes, UTF16_LITTLE)) return new TextDecoder('utf-16le').decode(bytes)
  if (beginsWith(bytes, UTF16_BIG)) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1') // names in it may look odd, digests are the same in every set
  }
}
