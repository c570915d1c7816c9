/** What the window sees of an image that is being verified: names, never paths. */
import type { ChainLink, KeyFacts, PublishedKey } from './verify.ts'

/** An image, by the handle that main issued for it. */
export interface CaseImage {
  readonly token: string
  readonly name: string
  readonly displayPath: string
  readonly sizeBytes: number | null
}

/** A key that came along and is not trusted yet. */
export interface OfferedKey extends KeyFacts {
  /** Null when it is none of those that well-known makers publish. */
  readonly publisher: PublishedKey | null
}

export interface VerifyCase {
  readonly caseId: string
  /** Null when nothing says which image is meant. */
  readonly image: CaseImage | null
  /** Images that a checksum file names, when there are several. */
  readonly choices: readonly CaseImage[]
  readonly files: readonly { readonly name: string; readonly role: 'list' | 'signature' | 'key' }[]
  readonly chain: readonly ChainLink[]
  readonly offeredKeys: readonly OfferedKey[]
  readonly warnings: readonly string[]
}
