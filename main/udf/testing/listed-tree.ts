/** A whole UDF tree as plain values, to be compared. */
import { createHash } from 'node:crypto'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { UdfEntry } from '../udf-entry.ts'
import type { UdfView } from '../udf-view.ts'

/** Path to SHA-256 of a file, target of a link, type of anything else. */
export function listedTree(view: UdfView, from: UdfEntry = view.root): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of view.children(from)) {
    found.set(entry.path, entry.type === 'file' ? sha256(view.contentSource(entry)) : (entry.target ?? entry.type))
    if (entry.type === 'directory') for (const [path, value] of listedTree(view, entry)) found.set(path, value)
  }
  return found
}

function sha256(content: ByteSource): string {
  return createHash('sha256').update(contentBytes(content)).digest('hex')
}

/** The whole content; shorter than its source says when the image ends before. */
export function contentBytes(content: ByteSource): Buffer {
  const bytes = Buffer.alloc(content.sizeBytes)
  return bytes.subarray(0, content.read(0, bytes))
}
