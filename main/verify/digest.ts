/** The SHA-256 of an image file, and whether it is the expected one. */
import { createHash } from 'node:crypto'
import type { JobControl, JobSpec, VerifyResult } from '../../shared/job.ts'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import { alignedBuffer } from '../bytes/aligned-buffer.ts'
import { FileByteSource } from '../bytes/byte-source.ts'

/** Reads the file once. Throws an `io` Problem also when it changed meanwhile: then there is no digest to speak of. */
export async function fileSha256(source: FileByteSource, control: JobControl): Promise<string> {
  const hash = createHash('sha256')
  const buffer = alignedBuffer(TRANSFER_BYTES)
  const totalBytes = source.sizeBytes
  let doneBytes = 0
  while (doneBytes < totalBytes) {
    const got = source.read(doneBytes, buffer)
    if (got === 0) break
    hash.update(buffer.subarray(0, got))
    doneBytes += got
    const turn = control.checkpoint()
    if (turn === undefined) continue
    control.progress({ phase: 'read', doneBytes, totalBytes, doneItems: 0, current: null })
    await turn
  }
  source.assertUnchanged()
  return hash.digest('hex')
}

/** A SHA-256 as people paste it: any case, blanks within, a leading `sha256:`. Throws a `usage` Problem when it is none. */
export function parseSha256(text: string): string {
  const hex = text
    .replace(/\s/g, '')
    .toLowerCase()
    .replace(/^sha-?256[:=]/, '')
  if (/^[0-9a-f]{64}$/.test(hex)) return hex
  throw new Problem({
    kind: 'usage',
    code: 'bad-sha256',
    message: `‘${text}’ is no SHA-256.`,
    advice: 'A SHA-256 has 64 characters, digits and a to f.',
  })
}

/** Computes the SHA-256 of an image, and compares it when there is one expected. */
export async function verifyImage(request: Omit<Extract<JobSpec, { kind: 'verify' }>, 'kind'>, control: JobControl): Promise<VerifyResult> {
  const startedMs = Date.now()
  const expected = request.expectedSha256 === null ? null : parseSha256(request.expectedSha256)
  const source = FileByteSource.open(request.imagePath)
  try {
    const sha256 = await fileSha256(source, control)
    return {
      kind: 'verify',
      path: request.imagePath,
      sizeBytes: source.sizeBytes,
      sha256,
      matches: expected === null ? null : sha256 === expected,
      durationMs: Date.now() - startedMs,
    }
  } finally {
    source.close()
  }
}
