/** Files that are read whole, and so must be small: checksum files, signatures, keys. */

import { formatSize } from '../../shared/format.ts'
import { Problem } from '../../shared/problem.ts'
import { FileByteSource, readUpTo } from '../bytes/byte-source.ts'

/** All bytes of a file. Throws an `io` Problem when it can't be read, a `usage` one when it has more than `limitBytes`. */
export function readSmallFile(path: string, limitBytes: number): Buffer {
  const source = FileByteSource.open(path)
  try {
    if (source.sizeBytes > limitBytes) throw tooLarge(path, limitBytes)
    return readUpTo(source, 0, source.sizeBytes)
  } finally {
    source.close()
  }
}

function tooLarge(path: string, limitBytes: number): Problem {
  return new Problem({
    kind: 'usage',
    code: 'file-too-large',
    message: `${path} is larger than ${formatSize(limitBytes)}, which no checksum file, signature or key is.`,
    advice: 'Check that it is the right file.',
  })
}
