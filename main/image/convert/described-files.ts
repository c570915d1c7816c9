/** Files that a description names: called like it, in its folder. */
import { basename, dirname, extname, join } from 'node:path'
import { MemoryByteSource } from '../../bytes/byte-source.ts'
import type { PlannedFile } from './image-writer.ts'

/** `photos.cue` and ` 01.wav` give `photos 01.wav` in the same folder. */
export function besideName(outPath: string, ending: string): string {
  return join(dirname(outPath), `${basename(outPath, extname(outPath))}${ending}`)
}

/** A text of its own, which has nothing of the old image. */
export function textFile(path: string, text: string): PlannedFile {
  const bytes = Buffer.from(text)
  return {
    path,
    sizeBytes: bytes.length,
    content: null,
    write: async (_, out) => out.append(bytes),
    reopen: () => new MemoryByteSource(bytes),
  }
}
