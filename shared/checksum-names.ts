/** Tells by their names what files that lie together are to each other. Capitals never matter. */

const ALGORITHM = '(?:sha-?(?:1|256|512)|md5|b2|blake2b?|crc-?32)'
/** `SHA256SUMS`, `sha256sum.txt`, `sha256sum.txt.asc`, `MD5SUMS`, `b2sums.txt`, `SHA256`. */
const SUMS = new RegExp(`^${ALGORITHM}(?:-?sums?)?(?:\\.txt)?(?:\\.asc)?$`, 'i')
/** `Fedora-Server-40-1.14-x86_64-CHECKSUM`, `CHECKSUM.SHA256-FreeBSD-14.0`, `checksums.txt`, `image.iso.DIGESTS`. */
const CHECKSUMS = /(?:^|[-_.])(?:checksums?|digests?|hashes)(?:$|[-_.])/i
/** `image.iso.sha256`, `image.sha256sum`, `image.md5.txt`, `files.sfv`. */
const SIDECAR = new RegExp(`\\.(?:${ALGORITHM}(?:sums?)?(?:\\.txt)?|sfv)$`, 'i')
const SIGNATURE = /\.(?:asc|sig|gpg|sign|pgp)$/i
const KEY = /\.(?:asc|gpg|pgp|key|pub)$/i

/** Whether a file of this name is likely to be a checksum file. */
export const isChecksumName = (name: string): boolean =>
  (SUMS.test(name) || CHECKSUMS.test(name) || SIDECAR.test(name)) && !/\.(?:sig|gpg|sign)$/i.test(name)

/** The name of the file that a checksum file is about, where it is named after it; without its extension it may be too. */
export function sidecarOf(name: string): string | null {
  const stem = name.replace(SIDECAR, '').replace(/[-_.](?:checksums?|digests?)(?:\.txt)?$/i, '')
  return stem === name || stem === '' ? null : stem
}

/** The name of the file that a signature is of, where it is named after it; null for what is no signature. */
export function signedNameOf(name: string): string | null {
  const stem = name.replace(SIGNATURE, '')
  return stem === name || stem === '' ? null : stem
}

export const mayBeKey = (name: string): boolean => KEY.test(name)

/** Whether a file is by its name something to verify an image with. */
export const isEvidenceName = (name: string): boolean => isChecksumName(name) || signedNameOf(name) !== null
