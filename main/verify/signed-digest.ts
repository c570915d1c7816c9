/** What a signature signs, as a digest that can be computed while the content is read (RFC 9580 5.2.4). */
import { createHash, getHashes } from 'node:crypto'
import type { SignaturePacket } from 'openpgp'
import type { SuffixedDigest } from './single-pass.ts'

/** Hash algorithms by their number (RFC 9580 9.5), under the names of node:crypto. */
const hashNames: Readonly<Record<number, string>> = {
  1: 'md5',
  2: 'sha1',
  3: 'ripemd160',
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
  11: 'sha224',
  12: 'sha3-256',
  14: 'sha3-512',
}
const available = new Set(getHashes())

/** Signature types (RFC 9580 5.2.1). */
const BINARY_DOCUMENT = 0
const TEXT_DOCUMENT = 1

/** The name of the signature's hash algorithm; null for one that nobody has. */
export function hashName(packet: SignaturePacket): string | null {
  return packet.hashAlgorithm === null ? null : (hashNames[packet.hashAlgorithm] ?? null)
}

/**
 * The digest to compare: of the content with the signature's own hashed part behind it. Null when Isomer can't compute
 * it: signatures of other versions than 4, and hashes that this runtime does not have.
 */
export function signedDigest(packet: SignaturePacket): SuffixedDigest | null {
  const algorithm = hashName(packet)
  if (packet.version !== 4 || algorithm === null || !available.has(algorithm) || packet.signatureData === null) return null
  const trailer = Buffer.alloc(6)
  trailer[0] = packet.version
  trailer[1] = 0xff
  trailer.writeUInt32BE(packet.signatureData.length, 2)
  return { algorithm, suffix: Buffer.concat([packet.signatureData, trailer]) }
}

/** `text` is signed with line ends made alike. */
export type SignedForm = 'bytes' | 'text'

/** How the packet signs a document; null when it signs something else. */
export function signedForm(packet: SignaturePacket): SignedForm | null {
  if (packet.signatureType === BINARY_DOCUMENT) return 'bytes'
  return packet.signatureType === TEXT_DOCUMENT ? 'text' : null
}

/** The signed digest of a small content, hexadecimal; null when it can't be computed. */
export function digestOfContent(packet: SignaturePacket, content: Uint8Array, form: SignedForm | null): string | null {
  const wanted = signedDigest(packet)
  if (wanted === null || form === null) return null
  const bytes = form === 'text' ? withNetworkLineEnds(content) : content
  return createHash(wanted.algorithm).update(bytes).update(wanted.suffix).digest('hex')
}

/** Line ends as text is signed with (RFC 9580 5.2.1.2). */
function withNetworkLineEnds(content: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(content).toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')
}
