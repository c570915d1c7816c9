/** Puts a damaged image into a file; holes stay holes. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { DamagedImage } from './damage.ts'

export function writeDamagedImage(path: string, image: DamagedImage): void {
  const { sizeBytes, parts } = image instanceof Uint8Array ? { sizeBytes: image.length, parts: [{ offsetBytes: 0, bytes: image }] } : image
  const fd = openSync(path, 'w')
  try {
    for (const { offsetBytes, bytes } of parts) writeSync(fd, bytes, 0, bytes.length, offsetBytes)
    ftruncateSync(fd, sizeBytes)
  } finally {
    closeSync(fd)
  }
}
