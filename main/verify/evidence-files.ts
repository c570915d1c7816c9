/** Reads checksum files, signatures and keys, whatever they are called: what each one is, its content tells. */
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Key, SignaturePacket } from 'openpgp'
import { signedNameOf } from '../../shared/checksum-names.ts'
import { MAX_CHECKSUM_FILE_BYTES, MAX_KEY_FILE_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { VerifyRequest } from '../../shared/verify.ts'
import { findBeside, NOTHING_BESIDE, namesOfImage } from './beside.ts'
import { type ChecksumFile, parseChecksumFile } from './checksum-file.ts'
import { KeyRing, keysOfFile, parseKeys } from './key-ring.ts'
import { KeyStore } from './key-store.ts'
import { openPgpKindOf } from './openpgp-blocks.ts'
import { type ClearSigned, parseClearSigned, parseDetached } from './signature-file.ts'
import { readSmallFile } from './small-file.ts'
import { decodeText } from './text-of-file.ts'

export interface ListFile {
  readonly path: string
  readonly isChosen: boolean
  /** All bytes of the file, which a detached signature signs. */
  readonly bytes: Buffer
  /** Null unless it is clear-signed; then only what was signed counts. */
  readonly clearSigned: ClearSigned | null
  readonly list: ChecksumFile
}

export interface SignatureFile {
  readonly path: string
  readonly isChosen: boolean
  /** None when it can't be read: see `problem`. */
  readonly packets: readonly SignaturePacket[]
  readonly problem: string | null
  /** What it signs: the image, or one of the lists. */
  readonly signs: 'image' | ListFile
}

export interface KeyFile {
  readonly path: string
  readonly keys: readonly Key[]
}

export interface EvidenceFiles {
  readonly lists: readonly ListFile[]
  readonly signatures: readonly SignatureFile[]
  /** Keys that lay beside the image or were brought along: anybody could have made them. */
  readonly keyFiles: readonly KeyFile[]
}

interface Candidate {
  readonly path: string
  readonly isChosen: boolean
  /** What it was chosen or found as. */
  readonly as: 'list' | 'signature' | 'key' | 'offered'
}

interface Unassigned extends Omit<SignatureFile, 'signs'> {}

/** Files that were chosen must be readable and what they were chosen as; those found beside are passed over when they are not. */
export async function readEvidence(request: VerifyRequest): Promise<EvidenceFiles> {
  const lists: ListFile[] = []
  const signatures: Unassigned[] = []
  const keyFiles: KeyFile[] = []
  for (const candidate of candidatesOf(request)) {
    try {
      const found = await readCandidate(candidate)
      if ('list' in found) lists.push(found)
      else if ('packets' in found) signatures.push(found)
      else keyFiles.push(found)
    } catch (error) {
      if (candidate.isChosen || !(error instanceof Problem)) throw error
    }
  }
  return { lists, signatures: signatures.map((signature) => assigned(signature, request.imagePath, lists)), keyFiles }
}

/** Keys to check signatures with; the library is only loaded when there is something to check. */
export async function ringFor({ trustedKeys, keyFolder }: VerifyRequest, { lists, signatures, keyFiles }: EvidenceFiles): Promise<KeyRing> {
  const ring = new KeyRing()
  for (const path of trustedKeys) await ring.add(await keysOfFile(path), 'given')
  if (signatures.length === 0 && lists.every(({ clearSigned }) => clearSigned === null)) return ring
  if (keyFolder !== null) await ring.add(await new KeyStore(keyFolder).keys(), 'store')
  for (const { keys } of keyFiles) await ring.add(keys, 'beside')
  return ring
}

/** Each file once, chosen ones first. */
function candidatesOf({ imagePath, lists, signatures, offered, looksBeside }: VerifyRequest): Candidate[] {
  const beside = looksBeside ? findBeside(imagePath) : NOTHING_BESIDE
  const found: Candidate[] = [
    ...lists.map((path) => ({ path, isChosen: true, as: 'list' as const })),
    ...signatures.map((path) => ({ path, isChosen: true, as: 'signature' as const })),
    ...signatures.flatMap((path) => signedLists(path, imagePath, true)),
    ...offered.map((path) => ({ path, isChosen: false, as: 'offered' as const })),
    ...offered.flatMap((path) => signedLists(path, imagePath, false)),
    ...beside.lists.map((path) => ({ path, isChosen: false, as: 'list' as const })),
    ...beside.signatures.map((path) => ({ path, isChosen: false, as: 'signature' as const })),
    ...beside.keys.map((path) => ({ path, isChosen: false, as: 'key' as const })),
  ]
  return [...new Map(found.toReversed().map((candidate) => [candidate.path, candidate])).values()].toReversed()
}

/** Who chooses `SHA256SUMS.gpg` means the `SHA256SUMS` that it signs. */
function signedLists(signaturePath: string, imagePath: string, isChosen: boolean): Candidate[] {
  const path = signedNameOf(signaturePath)
  if (path === null || path === imagePath || basename(path) === basename(imagePath) || !existsSync(path)) return []
  return [{ path, isChosen, as: 'list' }]
}

async function readCandidate({ path, isChosen, as }: Candidate): Promise<ListFile | Unassigned | KeyFile> {
  if (as === 'key') return { path, keys: await keysOfFile(path) }
  const bytes = readSmallFile(path, as === 'offered' ? MAX_KEY_FILE_BYTES : MAX_CHECKSUM_FILE_BYTES)
  const kind = openPgpKindOf(bytes)
  const fileName = basename(path)
  if (kind === 'clear-signed') {
    const clearSigned = await parseClearSigned(decodeText(bytes), path)
    return { path, isChosen, bytes, clearSigned, list: parseChecksumFile(clearSigned.text, fileName) }
  }
  if (kind === 'signature') return { path, isChosen, ...(await packetsOrProblem(bytes, path)) }
  if (kind === 'public-key' && !isChosen) return { path, keys: await parseKeys(bytes, path) }
  if (as === 'signature' || as === 'offered') throw notASignature(path)
  const list = parseChecksumFile(decodeText(bytes), fileName)
  if (list.entries.length === 0) throw notAList(path)
  return { path, isChosen, bytes, clearSigned: null, list }
}

/** A signature that can't be read is still one that does not hold. */
async function packetsOrProblem(bytes: Buffer, path: string): Promise<Pick<SignatureFile, 'packets' | 'problem'>> {
  try {
    return { packets: await parseDetached(bytes, path), problem: null }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { packets: [], problem: error.report.technical ?? error.report.message }
  }
}

/** By its name; a chosen signature that is called otherwise signs the only list there is, else the image. */
function assigned(signature: Unassigned, imagePath: string, lists: readonly ListFile[]): SignatureFile {
  const signedPath = signedNameOf(signature.path) ?? ''
  const signedName = basename(signedPath)
  if (namesOfImage(basename(imagePath)).has(signedName.toLowerCase())) return { ...signature, signs: 'image' }
  const named = lists.find(({ path }) => path === signedPath) ?? lists.find(({ path }) => basename(path) === signedName)
  const only = lists.length === 1 ? lists[0] : undefined
  return { ...signature, signs: named ?? only ?? 'image' }
}

function notASignature(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-a-signature',
    message: `${path} is no OpenPGP signature.`,
    advice: 'Signatures lie beside images and checksum files, and end in .sig, .asc, .sign or .gpg.',
  })
}

function notAList(path: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'not-a-checksum-file',
    message: `${path} has no line of a checksum file in it.`,
    advice: 'Perhaps a web page was saved instead of the file: get it again.',
  })
}
