/** Judges the signatures that were found, and says whose they are. */
import type { SignaturePacket } from 'openpgp'
import type { SignatureReport, SignatureStatus } from '../../shared/verify.ts'
import type { ListFile, SignatureFile } from './evidence-files.ts'
import { factsOfKey, type KeyRing } from './key-ring.ts'
import { publishedKey } from './published-keys.ts'
import { issuerOf, judgeSignature } from './signature-check.ts'
import { digestOfContent, type SignedForm, signedDigest, signedForm } from './signed-digest.ts'
import type { SuffixedDigest } from './single-pass.ts'

interface Signed {
  readonly signs: 'image' | 'list'
  readonly signedPath: string
}

/** Reports on every signature of a list, its own or one beside it. */
export async function listSignatures(
  file: ListFile,
  signatures: readonly SignatureFile[],
  ring: KeyRing,
  nowMs: number,
): Promise<SignatureReport[]> {
  const reports: SignatureReport[] = []
  const signed: Signed = { signs: 'list', signedPath: file.path }
  const judge = async (
    path: string,
    isChosen: boolean,
    packets: readonly SignaturePacket[],
    content: Uint8Array,
    form: SignedForm | null,
  ) => {
    for (const packet of packets)
      reports.push(
        await report(packet, digestOfContent(packet, content, form ?? signedForm(packet)), { path, isChosen, ...signed }, ring, nowMs),
      )
  }
  if (file.clearSigned !== null) await judge(file.path, file.isChosen, file.clearSigned.packets, Buffer.from(file.clearSigned.text), 'text')
  for (const signature of signatures.filter(({ signs }) => signs === file)) {
    await judge(signature.path, signature.isChosen, signature.packets, file.bytes, null)
    if (signature.problem !== null) reports.push(unreadable(signature, signed))
  }
  return reports
}

/** What is to be computed over the image so that its own signatures can be judged. */
export class ImageSignatures {
  readonly #files: readonly SignatureFile[]
  readonly #imagePath: string
  readonly wishes: SuffixedDigest[] = []

  constructor(imagePath: string, signatures: readonly SignatureFile[]) {
    this.#imagePath = imagePath
    this.#files = signatures.filter(({ signs }) => signs === 'image')
    for (const packet of this.#files.flatMap(({ packets }) => packets)) {
      const wish = imageDigest(packet)
      if (wish !== null) this.wishes.push(wish)
    }
  }

  /** The reports; `digests` are those that were wished for, in the same order. */
  async reports(digests: readonly string[], ring: KeyRing, nowMs: number): Promise<SignatureReport[]> {
    const reports: SignatureReport[] = []
    const left = [...digests]
    for (const file of this.#files) {
      const about = { path: file.path, isChosen: file.isChosen, signs: 'image', signedPath: this.#imagePath } as const
      for (const packet of file.packets) {
        const digest = imageDigest(packet) === null ? null : (left.shift() ?? null)
        reports.push(await report(packet, digest, about, ring, nowMs))
      }
      if (file.problem !== null) reports.push(unreadable(file, about))
    }
    return reports
  }
}

/** Null for signatures of text: line ends of an image are not to be changed, and nobody signs images so. */
const imageDigest = (packet: SignaturePacket): SuffixedDigest | null => (signedForm(packet) === 'bytes' ? signedDigest(packet) : null)

async function report(
  packet: SignaturePacket,
  digest: string | null,
  about: Pick<SignatureReport, 'path' | 'isChosen' | 'signs' | 'signedPath'>,
  ring: KeyRing,
  nowMs: number,
): Promise<SignatureReport> {
  const { status, held, technical } = await judgeSignature(packet, digest, ring, nowMs)
  const facts = held === null ? null : await factsOfKey(held.key)
  return {
    ...about,
    status,
    issuer: issuerOf(packet),
    signedAtMs: packet.created?.getTime() ?? null,
    key: held === null || facts === null ? null : { ...facts, origin: held.origin, publisher: publishedKey(facts.fingerprint) },
    technical,
  }
}

function unreadable(file: SignatureFile, signed: Signed): SignatureReport {
  const { path, isChosen } = file
  return { path, isChosen, ...signed, status: 'unsupported', issuer: '', signedAtMs: null, key: null, technical: file.problem ?? '' }
}

/** Whether somebody who is trusted made it. */
export const isTrusted = ({ key }: Pick<SignatureReport, 'key'>): boolean => key !== null && key.origin !== 'beside'

/** From what speaks most clearly on. A good signature by somebody trusted outweighs a broken one beside it. */
const order: readonly SignatureStatus[] = [
  'bad',
  'good',
  'key-expired',
  'signature-expired',
  'weak',
  'key-revoked',
  'not-yet',
  'key-unusable',
  'unknown-key',
  'unsupported',
]

/** The signature that decides among several of one thing; null when there are none. */
export function decidingSignature(reports: readonly SignatureReport[]): SignatureReport | null {
  const proof = reports.find((found) => found.status === 'good' && isTrusted(found))
  if (proof !== undefined) return proof
  return [...reports].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))[0] ?? null
}
