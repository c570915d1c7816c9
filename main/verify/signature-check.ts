/** Judges a signature: whether it fits the content, and what the key it was made with is worth today. */
import type { Config, Key, KeyID, SignaturePacket, Subkey } from 'openpgp'
import type { SignatureStatus } from '../../shared/verify.ts'
import { algorithmText, type HeldKey, type KeyRing } from './key-ring.ts'
import { hashName } from './signed-digest.ts'

export interface SignatureJudgement {
  readonly status: SignatureStatus
  /** Whose key it is; null when nobody has it. */
  readonly held: HeldKey | null
  readonly technical: string
}

/** Below this, factoring is within reach of those who would forge a distribution. */
const LEAST_KEY_BITS = 2048
/** Two contents of one digest have been made for these. */
const WEAK_HASHES: ReadonlySet<string> = new Set(['md5', 'sha1', 'ripemd160'])

/** The fingerprint where the signature has one, else the key ID. Upper case. */
export function issuerOf(packet: SignaturePacket): string {
  const { issuerFingerprint, issuerKeyID } = packet
  return (issuerFingerprint === null ? issuerKeyID.toHex() : Buffer.from(issuerFingerprint).toString('hex')).toUpperCase()
}

type SigningKey = Key | Subkey

/** The library can't check what keys on these curves say of themselves. */
const isUncheckable = (key: SigningKey): boolean => key.getAlgorithmInfo().curve?.startsWith('brainpool') ?? false

function findKey(packet: SignaturePacket, ring: KeyRing): { held: HeldKey; signer: SigningKey } | null {
  const issuer = issuerOf(packet)
  for (const held of ring.keys) {
    for (const signer of held.key.getKeys(packet.issuerKeyID)) {
      if (packet.issuerFingerprint === null || signer.getFingerprint().toUpperCase() === issuer) return { held, signer }
    }
  }
  return null
}

/**
 * Judges one signature. `digest` is the signed digest of the content as it is (see signed-digest.ts), null where it
 * can't be computed. What is worst is said: that it does not fit before anything about the key.
 */
export async function judgeSignature(
  packet: SignaturePacket,
  digest: string | null,
  ring: KeyRing,
  nowMs: number,
): Promise<SignatureJudgement> {
  const found = findKey(packet, ring)
  const technical = technicalOf(packet, found?.signer ?? null)
  if (found === null) return { status: 'unknown-key', held: null, technical }
  const { held, signer } = found
  const judged = (status: SignatureStatus, more?: string): SignatureJudgement => ({
    status,
    held,
    technical: more === undefined ? technical : `${technical}; ${more}`,
  })
  if (digest === null || isUncheckable(held.key) || isUncheckable(signer)) return judged('unsupported')
  const misfit = await misfitOf(packet, digest, signer)
  if (misfit !== null) return judged(misfit.status, misfit.technical)
  return judged(...(await standing(packet, held.key, signer, nowMs)))
}

/** Why the signature does not hold for this digest; null when it does. Dates and strengths are looked at elsewhere. */
async function misfitOf(
  packet: SignaturePacket,
  digest: string,
  signer: SigningKey,
): Promise<{ status: SignatureStatus; technical: string } | null> {
  const { config } = await import('openpgp')
  const anyHash: Config = { ...config, rejectHashAlgorithms: new Set(), rejectMessageHashAlgorithms: new Set() }
  // The library hashes what it is given, unless it finds the digest there, as for content that it read as a stream.
  const prepared = packet as SignaturePacket & { hashed: Uint8Array }
  prepared.hashed = Buffer.from(digest, 'hex')
  try {
    await packet.verify(signer.keyPacket, packet.signatureType ?? 0, NOTHING, packet.created ?? undefined, true, anyHash)
    return null
  } catch (error) {
    const { message } = error as Error
    // Critical parts that a reader does not know forbid it to call the signature good (RFC 9580 5.2.3.7).
    return { status: /critical|authorized key/.test(message) ? 'unsupported' : 'bad', technical: message }
  }
}

const NOTHING = new Uint8Array(0)

/** What a signature that fits is worth. */
async function standing(packet: SignaturePacket, key: Key, signer: SigningKey, nowMs: number): Promise<[SignatureStatus, string?]> {
  const now = new Date(nowMs)
  if ((await key.isRevoked(undefined, undefined, now)) || (await isSubkeyRevoked(key, signer, now))) return ['key-revoked']
  const unusable = await unusableFor(key, packet.issuerKeyID)
  if (unusable !== null) return ['key-unusable', unusable]
  const madeMs = packet.created?.getTime() ?? 0
  if (madeMs > nowMs) return ['not-yet']
  if (madeMs < signer.getCreationTime().getTime()) return ['key-unusable', 'the signature is older than the key']
  if (isOver(await key.getExpirationTime(), nowMs) || isOver(await signer.getExpirationTime(), nowMs)) return ['key-expired']
  if (isOver(packet.getExpirationTime(), nowMs)) return ['signature-expired']
  const weakness = weaknessOf(packet, key, signer)
  return weakness === null ? ['good'] : ['weak', weakness]
}

const isOver = (end: Date | number | null, nowMs: number): boolean => end instanceof Date && end.getTime() <= nowMs

async function isSubkeyRevoked(key: Key, signer: SigningKey, now: Date): Promise<boolean> {
  if (!('bindingSignatures' in signer)) return false
  const [latest] = [...signer.bindingSignatures].sort((a, b) => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0))
  return latest !== undefined && signer.isRevoked(latest, key.keyPacket, now)
}

/** Whether the key was bound to its owner and may sign, whatever the date; the reason when not. */
async function unusableFor(key: Key, signerId: KeyID): Promise<string | null> {
  const { config } = await import('openpgp')
  // Short keys and old algorithms are judged as weak, not as unusable; keys without flags may do anything (RFC 9580 5.2.3.29).
  const anyStrength: Config = {
    ...config,
    minRSABits: 0,
    rejectPublicKeyAlgorithms: new Set(),
    rejectCurves: new Set(),
    allowMissingKeyFlags: true,
  }
  try {
    await key.getSigningKey(signerId, null, undefined, anyStrength)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

function weaknessOf(packet: SignaturePacket, key: Key, signer: SigningKey): string | null {
  const hash = hashName(packet)
  if (hash !== null && WEAK_HASHES.has(hash)) return `the hash is ${hash.toUpperCase()}`
  for (const { bits } of [key.getAlgorithmInfo(), signer.getAlgorithmInfo()]) {
    if (bits !== undefined && bits < LEAST_KEY_BITS) return `the key has ${bits} bits`
  }
  return null
}

function technicalOf(packet: SignaturePacket, signer: SigningKey | null): string {
  const algorithm = signer === null ? `public key algorithm ${packet.publicKeyAlgorithm}` : algorithmText(signer.getAlgorithmInfo())
  return `version ${packet.version}, ${algorithm}, ${(hashName(packet) ?? `hash ${packet.hashAlgorithm}`).toUpperCase()}`
}
