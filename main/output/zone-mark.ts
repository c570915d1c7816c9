/**
 * Windows' mark of a file that came from somewhere else (Zone.Identifier): what is taken out of a marked image must be
 * marked as well, or the system would not warn of programs in it.
 */
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'

const STREAM = ':Zone.Identifier'
/** A mark has a few lines; whatever is longer is no mark. */
const MAX_MARK_BYTES = 64 * 1024

/** The mark of a file; null when it has none, and on systems without such marks. */
export function zoneMarkOf(path: string, platform: NodeJS.Platform = process.platform): Buffer | null {
  if (platform !== 'win32') return null
  try {
    const fd = openSync(path + STREAM, 'r')
    try {
      const mark = Buffer.alloc(MAX_MARK_BYTES)
      return mark.subarray(0, readSync(fd, mark))
    } finally {
      closeSync(fd)
    }
  } catch {
    return null // there is none, or the volume has no such streams
  }
}

/** Marks a file; false when its volume has no such streams. */
export function putZoneMark(path: string, mark: Uint8Array): boolean {
  try {
    writeFileSync(path + STREAM, mark)
    return true
  } catch {
    return false
  }
}
