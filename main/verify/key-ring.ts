/** Public keys from files: armoured or not, one or many in a file, the same key several times. */
import type { Key } from 'openpgp'
import { MAX_KEY_FILE_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { KeyFacts, KeyOrigin } from '../../shared/verify.ts'
import { armoredBlocks, openPgpKindOf } from './openpgp-blocks.ts'
import { readSmallFile } from './small-file.ts'

export interface HeldKey {
  readonly key: Key
  readonly origin: KeyOrigin
}

/** Keys that count for more come first. */
const originOrder: readonly KeyOrigin[] = ['given', 'store', 'beside']

/** Packets of a kind that the library does not know, or can't read, must not hide the keys beside them. */
const LENIENT = { ignoreUnsupportedPackets: true, ignoreMalformedPackets: true } as const

/** The public keys in a file's bytes; of private keys the public part. Throws a `usage` Problem when there are none. */
export async function parseKeys(bytes: Uint8Array, path: string): Promise<Key[]> {
  const kind = openPgpKindOf(bytes)
  if (kind !== 'public-key' && kind !== 'private-key') throw noKey(path, isKeybox(bytes) ? 'It is a key box of GnuPG.' : null)
  const { readKeys } = await import('openpgp')
  const isArmored = Buffer.from(bytes.subarray(0, MAX_KEY_FILE_BYTES)).includes('-----BEGIN PGP ')
  const blocks = isArmored
    ? [
        ...armoredBlocks(Buffer.from(bytes).toString('utf8'), 'public-key'),
        ...armoredBlocks(Buffer.from(bytes).toString('utf8'), 'private-key'),
      ]
    : []
  try {
    const read = isArmored
      ? await Promise.all(blocks.map((armoredKeys) => readKeys({ armoredKeys, config: LENIENT })))
      : [await readKeys({ binaryKeys: bytes, config: LENIENT })]
    return read.flat().map((key) => key.toPublic())
  } catch (error) {
    throw noKey(path, (error as Error).message)
  }
}

/** Throws a `usage` Problem when the file holds no keys, an `io` one when it can't be read. */
export async function keysOfFile(path: string): Promise<Key[]> {
  return parseKeys(readSmallFile(path, MAX_KEY_FILE_BYTES), path)
}

const isKeybox = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'KBXf'

function noKey(path: string, technical: string | null): Problem {
  return new Problem({
    kind: 'usage',
    code: 'no-public-key',
    message: `${path} holds no OpenPGP key that Isomer can read.`,
    advice: 'Give the public key as a file, such as gpg --export --armor makes it.',
    ...(technical === null ? {} : { technical }),
  })
}

/** Keys to check signatures with. What several copies of a key say is put together, so that none hides a revocation. */
export class KeyRing {
  readonly #held = new Map<string, HeldKey>()

  async add(keys: readonly Key[], origin: KeyOrigin): Promise<void> {
    for (const key of keys) {
      const fingerprint = key.getFingerprint()
      const known = this.#held.get(fingerprint)
      this.#held.set(fingerprint, known === undefined ? { key, origin } : await merged(known, { key, origin }))
    }
  }

  get keys(): readonly HeldKey[] {
    return [...this.#held.values()]
  }
}

async function merged(one: HeldKey, other: HeldKey): Promise<HeldKey> {
  const origin = originOrder.find((known) => known === one.origin || known === other.origin) as KeyOrigin
  return { key: await one.key.update(other.key), origin }
}

/** Facts of a key as a person needs them to recognise it. */
export async function factsOfKey(key: Key): Promise<KeyFacts> {
  const expires = await key.getExpirationTime()
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    owner: await ownerOf(key),
    algorithm: algorithmText(key.getAlgorithmInfo()),
    createdMs: key.getCreationTime().getTime(),
    expiresMs: expires instanceof Date ? expires.getTime() : null,
    isRevoked: await key.isRevoked(),
  }
}

async function ownerOf(key: Key): Promise<string> {
  try {
    return (await key.getPrimaryUser()).user.userID?.userID ?? ''
  } catch {
    return key.getUserIDs()[0] ?? '' // expired or revoked: still somebody's
  }
}

const algorithmNames: Readonly<Record<string, string>> = {
  rsaEncryptSign: 'RSA',
  rsaEncrypt: 'RSA',
  rsaSign: 'RSA',
  dsa: 'DSA',
  ecdsa: 'ECDSA',
  eddsaLegacy: 'Ed25519',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
}

/** `RSA 4096`, `ECDSA nistP256`, `Ed25519`. */
export function algorithmText({
  algorithm,
  bits,
  curve,
}: {
  algorithm: string
  bits?: number | undefined
  curve?: string | undefined
}): string {
  const name = algorithmNames[algorithm] ?? algorithm
  if (bits !== undefined) return `${name} ${bits}`
  return name === 'ECDSA' && curve !== undefined ? `${name} ${curve}` : name
}
