/** Where the contents of two files begin to differ. */
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { ComparedEntry, ComparedTree } from './compared-tree.ts'

const bufferOfA = alignedBuffer(TRANSFER_BYTES)
const bufferOfB = alignedBuffer(TRANSFER_BYTES)

/**
 * Bytes that are the same before the first difference of two files of one size; null when all are. Reads no further
 * than that. Throws `image` and `io` Problems where content can't be read.
 */
export async function firstDifference(
  a: ComparedTree,
  fileOfA: ComparedEntry,
  b: ComparedTree,
  fileOfB: ComparedEntry,
  control: Pick<JobControl, 'checkpoint'>,
): Promise<number | null> {
  const { sizeBytes } = fileOfA
  if (sizeBytes === 0 || (a.storage === b.storage && a.place(fileOfA) === b.place(fileOfB))) return null
  requireReadable(fileOfA)
  requireReadable(fileOfB)
  const contentOfA = a.content(fileOfA)
  try {
    const contentOfB = b.content(fileOfB)
    try {
      for (let at = 0; at < sizeBytes; at += TRANSFER_BYTES) {
        const length = Math.min(TRANSFER_BYTES, sizeBytes - at)
        const ofA = piece(contentOfA, at, bufferOfA.subarray(0, length), fileOfA)
        const ofB = piece(contentOfB, at, bufferOfB.subarray(0, length), fileOfB)
        if (!ofA.equals(ofB)) return at + commonLength(ofA, ofB)
        const pause = control.checkpoint()
        if (pause !== undefined) await pause
      }
      return null
    } finally {
      contentOfB.close()
    }
  } finally {
    contentOfA.close()
  }
}

/** All of the content in order, in pieces that are valid until the next. Throws as `firstDifference` does. */
export function* contentPieces(tree: ComparedTree, file: ComparedEntry): Generator<Buffer, void, undefined> {
  requireReadable(file)
  const content = tree.content(file)
  try {
    for (let at = 0; at < file.sizeBytes; at += TRANSFER_BYTES)
      yield piece(content, at, bufferOfA.subarray(0, Math.min(TRANSFER_BYTES, file.sizeBytes - at)), file)
  } finally {
    content.close()
  }
}

function piece(content: ByteSource, offsetBytes: number, target: Buffer, { name }: ComparedEntry): Buffer {
  const got = content.read(offsetBytes, target)
  if (got === target.length) return target
  throw new Problem({
    kind: 'image',
    code: 'content-incomplete',
    message: `‘${name}’ ends after ${offsetBytes + got} bytes, which is too early.`,
  })
}

function requireReadable({ name, unreadable }: ComparedEntry): void {
  if (unreadable !== null)
    throw new Problem({ kind: 'image', code: 'content-unsupported', message: `‘${name}’ can’t be read. ${unreadable}` })
}

function commonLength(a: Buffer, b: Buffer): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}
