/** Looks at each part of a stream as it passes, from front to back. */
export interface Onlooker {
  /** The bytes are valid until it returns. */
  take(bytes: Buffer, offsetBytes: number): void
}
