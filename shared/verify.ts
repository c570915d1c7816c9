/** What verifying an image asks for and finds out. Plain data, the same for window and command line. */
import type { DigestKind, ExpectedDigest } from './digest.ts'
import type { Finding } from './image-model.ts'

export interface VerifyRequest {
  readonly imagePath: string
  /** To be computed and shown, beside those that a comparison needs. */
  readonly digests: readonly DigestKind[]
  /** Values somebody gave; the image should have one of those of each kind. */
  readonly expected: readonly ExpectedDigest[]
  /** Checksum files that somebody chose for this image. */
  readonly lists: readonly string[]
  /** Signatures that somebody chose, of the image or of its checksum file. */
  readonly signatures: readonly string[]
  /** Signatures and keys that were brought along without a promise: they are used, but nothing is required of them. */
  readonly offered: readonly string[]
  /** Files with keys that somebody trusts. */
  readonly trustedKeys: readonly string[]
  /** The store of keys trusted earlier; null for none. */
  readonly keyFolder: string | null
  /** Whether checksum files, signatures and keys lying beside the image are used too. */
  readonly looksBeside: boolean
  /** Whether the MD5 that `implantisomd5` puts into images must be there and right; it is checked wherever there is one. */
  readonly requiresImplanted: boolean
  /** Whether the files inside are compared with the checksum files inside, also when nothing else makes it worth the time. */
  readonly checksContents: boolean
  /** A device, another image or a copy that should hold the same bytes, as far as the image goes. */
  readonly against: string | null
}

/** A request with nothing chosen: what lies beside the image is used, and what was trusted earlier. */
export function plainVerifyRequest(imagePath: string, keyFolder: string | null): VerifyRequest {
  return {
    imagePath,
    digests: [],
    expected: [],
    lists: [],
    signatures: [],
    offered: [],
    trustedKeys: [],
    keyFolder,
    looksBeside: true,
    requiresImplanted: false,
    checksContents: false,
    against: null,
  }
}

/**
 * In one word: `genuine` signed with a key the user trusts · `intact` as a checksum says whose origin nobody vouches for ·
 * `unknown` nothing to compare with · `damaged` not what it should be · `forged` a signature does not fit what it signs.
 */
export type Verdict = 'genuine' | 'intact' | 'unknown' | 'damaged' | 'forged'

/** What a checksum file says: `contradiction` when its lines say two things, `absent` when none is about the image. */
export type ListedVerdict = 'same' | 'differs' | 'contradiction' | 'absent'

export interface DigestComparison {
  /** Where length and surroundings leave it open, the kind that fits, else the first. */
  readonly kind: DigestKind
  readonly expected: string
  readonly found: string
  readonly isSame: boolean
}

export type SignatureStatus =
  | 'good'
  /** The content is not what was signed. */
  | 'bad'
  /** Nobody has the key it was made with. */
  | 'unknown-key'
  /** Its maker withdrew the key. */
  | 'key-revoked'
  | 'key-expired'
  | 'signature-expired'
  /** MD5, SHA-1 or a short key: others could have made it. */
  | 'weak'
  /** The key is not meant for signing, or was not bound to its owner. */
  | 'key-unusable'
  /** Made in the future, as this computer's clock has it. */
  | 'not-yet'
  /** Of a kind that Isomer can't check. */
  | 'unsupported'

/** Where a key came from: `given` for this check · `store` trusted earlier · `beside` it lay with the image, which says nothing. */
export type KeyOrigin = 'given' | 'store' | 'beside'

export interface KeyFacts {
  /** Upper case, without blanks; of the primary key. */
  readonly fingerprint: string
  /** Such as `Debian CD signing key <debian-cd@lists.debian.org>`; empty when it names nobody. */
  readonly owner: string
  /** Such as `RSA 4096`. */
  readonly algorithm: string
  readonly createdMs: number
  /** Null for never. */
  readonly expiresMs: number | null
  readonly isRevoked: boolean
}

/** A key of the store. */
export interface TrustedKey extends KeyFacts {
  readonly trustedSinceMs: number
}

export interface SignatureReport {
  readonly path: string
  readonly signs: 'image' | 'list'
  readonly signedPath: string
  readonly status: SignatureStatus
  /** Whether it was chosen for this check rather than found beside the image. */
  readonly isChosen: boolean
  /** Fingerprint or 16-digit key ID, as the signature gives it, upper case. */
  readonly issuer: string
  readonly signedAtMs: number | null
  readonly key: (KeyFacts & { readonly origin: KeyOrigin; readonly publisher: PublishedKey | null }) | null
  /** For experts: algorithms, and what the library said. */
  readonly technical: string
}

/** A key as its makers publish it; known to Isomer as a fact, trusted only when a person says so. */
export interface PublishedKey {
  readonly maker: string
  readonly fingerprint: string
  readonly use: string
  /** The makers' page with this fingerprint. */
  readonly source: string
  /** Where the key itself can be had. */
  readonly keyAt: string
}

export interface ListReport {
  readonly path: string
  /** Whether it was chosen for this check rather than found beside the image. */
  readonly isChosen: boolean
  readonly verdict: ListedVerdict
  /** As the list spells it; null when it names no file. */
  readonly listedName: string | null
  /** Whether the name there is another than the image has. */
  readonly isRenamed: boolean
  readonly comparisons: readonly DigestComparison[]
  /** Another file of the list that the content is. */
  readonly isInstead: string | null
  /** Bytes that the list says the image has. */
  readonly listedSizeBytes: number | null
  readonly signatures: readonly SignatureReport[]
  readonly remarks: readonly { readonly line: number; readonly text: string }[]
}

export interface ByteRange {
  readonly offsetBytes: number
  readonly lengthBytes: number
}

/** Files of an image, as far as they were kept by name. */
export interface NamedFiles {
  readonly paths: readonly string[]
  /** How many more there are. */
  readonly more: number
}

export interface ImplantedReport {
  readonly verdict: 'same' | 'differs'
  readonly expected: string
  readonly found: string
  /** The first part whose running sum is wrong; null when all is well or nothing tells. */
  readonly damaged: ByteRange | null
}

/** Files inside, against a checksum file inside. */
export interface ContentsReport {
  /** Path of the checksum file in the image. */
  readonly listPath: string
  /** Files that are as the list says. */
  readonly same: number
  readonly damaged: NamedFiles
  readonly missing: NamedFiles
  /** Files that no line is about. */
  readonly unlisted: number
}

export interface AgainstReport {
  readonly path: string
  readonly isDevice: boolean
  readonly verdict: 'same' | 'differs' | 'shorter'
  readonly comparedBytes: number
  /** Bytes the other has behind the image's end; null when that is not known. */
  readonly extraBytes: number | null
  /** Where the difference begins; null when there is none. */
  readonly firstDifferenceBytes: number | null
  /** Sectors of 2048 bytes, those that can't be read among them. */
  readonly differingSectors: number
  readonly unreadableSectors: number
  /** Files with a byte in one of them; null when the image has no tree to look in. */
  readonly files: NamedFiles | null
}

export type LinkPart = 'image' | 'checksum' | 'signature' | 'key' | 'origin'
/** `none` for a link that is not there, `waiting` for one that is not known yet. */
export type LinkState = 'good' | 'caution' | 'bad' | 'none' | 'waiting'

/** One link of the chain from the image to whoever says so. */
export interface ChainLink {
  readonly part: LinkPart
  readonly state: LinkState
  /** Such as `SHA256SUMS`. */
  readonly title: string
  /** One sentence: what was found. */
  readonly detail: string
}

/**
 * Where evidence comes from: `outside` a checksum, signature or value from elsewhere · `inside` what the image says of
 * itself · `copy` another copy of it.
 */
export type EvidenceOrigin = 'outside' | 'inside' | 'copy'

/** What lies there to verify an image with, before it is read. */
export interface VerifyDraft {
  /** Null when nothing says which image is meant. */
  readonly imagePath: string | null
  /** Images that a checksum file names and that lie beside it, when there are several. */
  readonly choices: readonly string[]
  /** Chosen: what was brought along. */
  readonly lists: readonly string[]
  readonly offered: readonly string[]
  /** Checksum files, signatures and keys that will be used, found ones too. */
  readonly files: readonly { readonly path: string; readonly role: 'list' | 'signature' | 'key' }[]
  readonly chain: readonly ChainLink[]
  /** Keys that were brought along or lie there and are not trusted. */
  readonly offeredKeys: readonly KeyFacts[]
  /** What is known to be wrong already, such as a download that broke off. */
  readonly warnings: readonly string[]
}

/** One thing that speaks for or against the image. */
export interface Evidence {
  readonly origin: EvidenceOrigin
  readonly says: Verdict
  /** One sentence. */
  readonly summary: string
  readonly chain: readonly ChainLink[]
}

export interface VerifyResult {
  readonly kind: 'verify'
  readonly path: string
  readonly sizeBytes: number
  readonly verdict: Verdict
  /** One sentence: why. */
  readonly reason: string
  /** What to do, where something can be done. */
  readonly advice: string | null
  /** Of the evidence that decided. */
  readonly chain: readonly ChainLink[]
  /** All there was, what decided first. */
  readonly evidence: readonly Evidence[]
  /** What was asked for and was not confirmed, a sentence each; empty when the answer is no "no". */
  readonly refusals: readonly string[]
  readonly digests: Readonly<Partial<Record<DigestKind, string>>>
  readonly expected: readonly DigestComparison[]
  readonly lists: readonly ListReport[]
  /** Of the image itself. */
  readonly signatures: readonly SignatureReport[]
  readonly implanted: (ImplantedReport & { readonly files: NamedFiles | null }) | null
  readonly contents: readonly ContentsReport[]
  readonly against: AgainstReport | null
  /** What is odd or worth knowing about the image, damage first. */
  readonly findings: readonly Finding[]
  readonly safety: readonly Finding[]
  readonly durationMs: number
}
