/** Files of equal content, found before anything is placed: they are stored once. Only files of one size are read. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { formatCount, formatSize } from '../../../shared/format.ts'
import type { JobControl } from '../../../shared/job.ts'
import { TRANSFER_BYTES } from '../../../shared/limits.ts'
import { displayHostPath, hostPathOf } from './host-path.ts'
import type { FileContent } from './planned-tree.ts'

/** Enough to tell most files of one size apart. */
const HEAD_BYTES = 4096

/** Has equal contents share one place. A file that can't be read keeps its own: whoever writes it will say so. */
export async function shareEqualContents(contents: readonly FileContent[], control: JobControl): Promise<void> {
  await new Sharing(control).run(contents)
}

class Sharing {
  private readonly control: JobControl
  private readonly buffer = Buffer.allocUnsafe(TRANSFER_BYTES)
  private doneBytes = 0
  private doneItems = 0

  constructor(control: JobControl) {
    this.control = control
  }

  async run(contents: readonly FileContent[]): Promise<void> {
    let sharedFiles = 0
    let sharedBytes = 0
    const candidates = contents.filter(isSharable)
    for (const ofOneSize of alike(candidates, ({ source }) => source.sizeBytes)) {
      for (const ofOneHead of alike(ofOneSize, await this.digests(ofOneSize, HEAD_BYTES))) {
        for (const [first, ...others] of alike(ofOneHead, await this.digests(ofOneHead, Number.POSITIVE_INFINITY))) {
          for (const other of others) other.rareFacts.storedWith = first as FileContent
          sharedFiles += others.length
          sharedBytes += others.length * (first?.source.sizeBytes ?? 0)
        }
      }
    }
    if (sharedFiles > 0)
      this.control.log(
        'info',
        `${formatCount(sharedFiles, 'file', 'files')} of ${formatSize(sharedBytes)} stored with others of the same content.`,
      )
  }

  /** Digests of the files' beginnings; each file that can't be read differs from all others. */
  private async digests(contents: readonly FileContent[], maxBytes: number): Promise<(content: FileContent) => string> {
    const known = new Map<FileContent, string>()
    for (const content of contents) known.set(content, (await this.digest(content, maxBytes)) ?? `unread ${known.size}`)
    return (content) => known.get(content) as string
  }

  private async digest({ source }: FileContent, maxBytes: number): Promise<string | null> {
    const path = hostPathOf(source)
    if (path === null) return null
    const hash = createHash('sha256')
    let fd: number
    try {
      fd = openSync(path, 'r')
    } catch {
      return null // said by whoever writes it
    }
    try {
      for (let left = Math.min(maxBytes, source.sizeBytes); left > 0; ) {
        const got = readSync(fd, this.buffer, 0, Math.min(left, this.buffer.length), null)
        if (got === 0) return null
        hash.update(this.buffer.subarray(0, got))
        left -= got
        this.doneBytes += got
        await this.pause(displayHostPath(source))
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === 'read') return null // as above
      throw error
    } finally {
      closeSync(fd)
    }
    this.doneItems++
    return hash.digest('base64')
  }

  private pause(current: string): Promise<void> | undefined {
    const pause = this.control.checkpoint()
    if (pause === undefined) return undefined
    this.control.progress({ phase: 'read', doneBytes: this.doneBytes, totalBytes: null, doneItems: this.doneItems, current })
    return pause
  }
}

/** Boot files are changed on the way, and what lies in an image that is edited stays where it is. */
function isSharable(content: FileContent): boolean {
  return content.isWritten && content.rare.bootNeeds === null && content.source.extra?.content === undefined
}

/** Groups of at least two that have the same key. */
function* alike<K>(contents: readonly FileContent[], keyOf: (content: FileContent) => K): Generator<FileContent[]> {
  if (contents.length < 2) return
  const groups = new Map<K, FileContent[]>()
  for (const content of contents) {
    const key = keyOf(content)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [content])
    else group.push(content)
  }
  for (const group of groups.values()) if (group.length > 1) yield group
}
