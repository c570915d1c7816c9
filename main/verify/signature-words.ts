/** Signatures and keys as links of the chain, in words that need no knowledge of OpenPGP. */
import { formatDay } from '../../shared/format.ts'
import { sentences } from '../../shared/sentences.ts'
import type { ChainLink, KeyOrigin, LinkState, SignatureReport, SignatureStatus, Verdict } from '../../shared/verify.ts'
import { lastPart } from './listed-names.ts'
import { publishedKey } from './published-keys.ts'
import { decidingSignature, isTrusted } from './signature-reports.ts'

/** `DF9B 9C49 EAA9 …`, as fingerprints are read out. */
export const groupedFingerprint = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')

const states: Readonly<Record<SignatureStatus, LinkState>> = {
  good: 'good',
  bad: 'bad',
  'unknown-key': 'caution',
  'key-revoked': 'bad',
  'key-expired': 'caution',
  'signature-expired': 'caution',
  weak: 'caution',
  'key-unusable': 'caution',
  'not-yet': 'caution',
  unsupported: 'caution',
}

const signatureDetails: Readonly<Record<SignatureStatus, string>> = {
  good: 'It fits: nothing was changed since it was signed.',
  bad: 'It does not fit: what was signed is not what is here.',
  'unknown-key': 'It can’t be checked without the key that it was made with.',
  'key-revoked': 'It fits, but the key was withdrawn by its owner.',
  'key-expired': 'It fits, but the key has expired.',
  'signature-expired': 'It fits, but it was meant to hold only for a time that is over.',
  weak: 'It fits, but it is of a kind that others could have made.',
  'key-unusable': 'It fits, but the key is not meant for signing.',
  'not-yet': 'It is dated in the future; perhaps the clock of this computer is wrong.',
  unsupported: 'It is of a kind that Isomer can’t check.',
}

const originDetails: Readonly<Record<KeyOrigin, string>> = {
  given: 'You gave this key for the check.',
  store: 'You trusted this key earlier.',
  beside: 'The key lay beside the image, where anybody could have put it.',
}

/** The last three links of the chain: signature, key, and who says so. */
export function signatureLinks(reports: readonly SignatureReport[]): ChainLink[] {
  const report = decidingSignature(reports)
  if (report === null)
    return [
      { part: 'signature', state: 'none', title: 'No signature', detail: 'Nothing here was signed, so nothing tells who made it.' },
      { part: 'key', state: 'none', title: 'No key', detail: 'A key comes into play with a signature.' },
      { part: 'origin', state: 'none', title: 'Nobody', detail: 'Nobody vouches for this.' },
    ]
  const title = report.path === report.signedPath ? `Signature in ${lastPart(report.path)}` : lastPart(report.path)
  const day = report.signedAtMs === null ? null : `Signed on ${formatDay(report.signedAtMs)}.`
  return [
    { part: 'signature', state: states[report.status], title, detail: sentences(signatureDetails[report.status], day) },
    keyLink(report),
    originLink(report),
  ]
}

function keyLink({ key, issuer, status }: SignatureReport): ChainLink {
  if (key === null) {
    const detail = issuer === '' ? 'The signature does not say whose it is.' : `The key ${groupedFingerprint(issuer)} is not here.`
    return { part: 'key', state: 'none', title: 'Key not here', detail }
  }
  const title = key.owner === '' ? groupedFingerprint(key.fingerprint) : key.owner
  const fingerprint = `Fingerprint ${groupedFingerprint(key.fingerprint)}, ${key.algorithm}.`
  if (key.isRevoked || status === 'key-revoked')
    return { part: 'key', state: 'bad', title, detail: sentences('Withdrawn by its owner.', fingerprint) }
  if (status === 'key-expired') {
    const expired =
      key.expiresMs === null
        ? 'Expired; its makers may have prolonged it: get it again.'
        : `Expired on ${formatDay(key.expiresMs)}; its makers may have prolonged it: get it again.`
    return { part: 'key', state: 'caution', title, detail: sentences(expired, fingerprint) }
  }
  return { part: 'key', state: key.origin === 'beside' || status !== 'good' ? 'caution' : 'good', title, detail: fingerprint }
}

function originLink(report: SignatureReport): ChainLink {
  const { key, issuer } = report
  const publisher = key?.publisher ?? publishedKey(issuer)
  const published = publisher === null ? null : `${publisher.maker} publishes this fingerprint at ${publisher.source}.`
  if (key === null) {
    const title = publisher === null ? 'Nobody yet' : `${publisher.maker}, perhaps`
    const keyAt = publisher === null ? null : `The key can be had at ${publisher.keyAt}.`
    return { part: 'origin', state: 'none', title, detail: sentences('Who signed this is not known without the key.', published, keyAt) }
  }
  const detail = sentences(originDetails[key.origin], published)
  if (!isTrusted(report)) return { part: 'origin', state: 'caution', title: 'Nobody you trust yet', detail }
  return { part: 'origin', state: report.status === 'good' ? 'good' : 'caution', title: 'You', detail }
}

interface SignedVerdict {
  readonly says: Verdict
  /** Whose trusted key signed it; null where something is missing. */
  readonly signedBy: string | null
  /** What is missing, to follow a “but”. */
  readonly because: string
}

/** What a signature makes of something that is otherwise intact, and why. */
export function signedVerdict(reports: readonly SignatureReport[]): SignedVerdict {
  const report = decidingSignature(reports)
  const signedBy = report !== null && isTrusted(report) && report.status === 'good' ? ownerOf(report) : null
  const says = signedBy !== null ? 'genuine' : report?.status === 'bad' ? 'forged' : 'intact'
  return { says, signedBy, because: signatureLack(report) }
}

const ownerOf = ({ key }: SignatureReport): string => key?.owner || 'its key'

function signatureLack(report: SignatureReport | null): string {
  if (report === null) return 'nobody signed it'
  switch (report.status) {
    case 'bad':
      return 'its signature does not fit'
    case 'good':
      return `you don’t trust the key of ${ownerOf(report)} yet`
    case 'unknown-key':
      return 'its signature can’t be checked without the key'
    case 'key-revoked':
      return 'the key that signed it was withdrawn'
    case 'key-expired':
      return 'the key that signed it has expired'
    case 'signature-expired':
      return 'its signature has expired'
    case 'weak':
      return 'its signature is weak'
    case 'key-unusable':
      return 'the key that signed it is not meant for signing'
    case 'not-yet':
      return 'its signature is dated in the future'
    case 'unsupported':
      return 'its signature can’t be checked'
  }
}
