/** Text of fixed length that ends at its first zero or is padded with zeros and spaces. */
export function fixedText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end))
    .toString('latin1')
    .trimEnd()
}
