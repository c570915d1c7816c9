/** Where a packed image is written: in order, and at the end once more where its beginning is only known then. */
export interface PackedOutput {
  readonly positionBytes: number
  append(bytes: Uint8Array): void
  zeros(count: number): void
  /** Writes over what was appended before. */
  patch(positionBytes: number, bytes: Uint8Array): void
}

export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
