/** Images that no system mounts as they are: the data of a disc image, or of a packed one, as an ISO image for as long as it is mounted. */
import { closeSync, mkdtempSync, openSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { TRANSFER_BYTES } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { writeFully } from '../bytes/sequential-writer.ts'
import type { ConvertSource } from '../image/convert/convert-source.ts'
import { standaloneImage } from '../image/convert/iso-writer.ts'
import { noSpaceFor, outputProblem } from '../output/output-problems.ts'
import { safeHostName } from '../output/safe-name.ts'
import { volumeFacts } from '../output/volume-facts.ts'
import type { MountControl } from './mount-control.ts'

const FOLDER = /^isomer-view-[A-Za-z0-9]{6}$/
/** By its real name, as the system tells it of a mount. */
const viewHome = (): string => realpathSync(tmpdir())

/**
 * Writes it into a private folder of its own for temporary files, and gives its path. Throws `io` Problems and what the
 * control throws; then nothing is left.
 */
export async function writeView(source: ConvertSource, imagePath: string, control: MountControl): Promise<string> {
  const content = standaloneImage(source.dataPlace)
  const home = viewHome()
  const free = volumeFacts(home)?.freeBytes ?? Number.POSITIVE_INFINITY
  if (content.sizeBytes > free) throw noSpaceFor(home, content.sizeBytes, free)
  const folder = mkdtempSync(join(home, 'isomer-view-'))
  const path = join(folder, safeHostName(`${basename(imagePath).replace(/(?:\.iso)?\.[^.]*$/i, '')}.iso`).name)
  try {
    await write(content, path, basename(imagePath), control)
    source.assertUnchanged()
    return path
  } catch (error) {
    removeView(path)
    throw error instanceof Problem ? error : outputProblem(path, error)
  }
}

/** Removes what `writeView` made; never anything else. */
export function removeView(path: string): void {
  const folder = dirname(path)
  if (dirname(folder) === viewHome() && FOLDER.test(basename(folder))) rmSync(folder, { recursive: true, force: true })
}

async function write(content: ByteSource, path: string, current: string, control: MountControl): Promise<void> {
  const fd = openSync(path, 'wx', 0o600)
  control.temporary(path)
  try {
    const piece = Buffer.allocUnsafe(TRANSFER_BYTES)
    for (let at = 0; at < content.sizeBytes; ) {
      const got = content.read(at, piece)
      if (got === 0) return
      writeFully(fd, piece.subarray(0, got), at)
      at += got
      control.progress({ phase: 'write', doneBytes: at, totalBytes: content.sizeBytes, doneItems: 0, current })
      await control.checkpoint()
    }
  } finally {
    closeSync(fd)
    control.temporary(null)
  }
}
