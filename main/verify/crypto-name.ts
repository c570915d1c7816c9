import { getHashes } from 'node:crypto'
import type { DigestKind } from '../../shared/digest.ts'

const names: Readonly<Partial<Record<DigestKind, string>>> = {
  sha256: 'sha256',
  sha512: 'sha512',
  sha1: 'sha1',
  md5: 'md5',
  blake2b: 'blake2b512',
}
const known = new Set(getHashes())

/** A kind's name in this runtime's node:crypto; null where it has none, as Electron's has no BLAKE2b and none a CRC-32. */
export function cryptoName(kind: DigestKind): string | null {
  const name = names[kind]
  return name !== undefined && known.has(name) ? name : null
}
