/** The SHA-1 sums of a CHD (MAME, chd.cpp). */
import { createHash } from 'node:crypto'

/** Of the content's sum, and for each piece of metadata its tag and sum, in order. */
export function overallSha1(rawSha1: Buffer, metadata: readonly { readonly tag: string; readonly bytes: Buffer }[]): Buffer {
  const sums = metadata.map(({ tag, bytes }) => Buffer.concat([Buffer.from(tag, 'latin1'), createHash('sha1').update(bytes).digest()]))
  const sum = createHash('sha1').update(rawSha1)
  for (const part of sums.sort(Buffer.compare)) sum.update(part)
  return sum.digest()
}
