/**
 * What Isomer notes of the mounts it made: one small file each, so that window and command line never write over each
 * other's notes. They lie in the user's folder for this session of the system, and go with it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { type MountedImageState, mountMethods } from '../../shared/mounts.ts'

const noteSchema = v.object({
  mountPoint: v.string(),
  imagePath: v.string(),
  /** The image that was asked for, when `imagePath` is only a view of it made for the mount. */
  viewOf: v.optional(v.nullable(v.string()), null),
  method: v.picklist(mountMethods),
  sinceMs: v.number(),
  /** What the image's file was then. */
  file: v.object({ sizeBytes: v.number(), modifiedMs: v.number(), inode: v.number() }),
})
export type MountNote = v.InferOutput<typeof noteSchema>

export class MountLedger {
  private readonly folder: string

  constructor(home: string) {
    this.folder = join(home, '.notes')
  }

  /** Notes a mount; a disk that refuses costs only the note. */
  add(note: Omit<MountNote, 'file'>): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(this.fileOf(note.mountPoint), JSON.stringify({ ...note, file: fileFacts(note.viewOf ?? note.imagePath) }), {
        mode: 0o600,
      })
    } catch (error) {
      console.error(`the mount was not noted: ${String(error)}`)
    }
  }

  remove(mountPoint: string): void {
    rmSync(this.fileOf(mountPoint), { force: true })
  }

  /** All notes by mount point; damaged ones are left out. */
  all(): Map<string, MountNote> {
    const notes = new Map<string, MountNote>()
    for (const name of this.names()) {
      const note = this.read(join(this.folder, name))
      if (note !== null) notes.set(note.mountPoint, note)
    }
    return notes
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder)
    } catch {
      return [] // nothing was mounted yet
    }
  }

  private read(path: string): MountNote | null {
    try {
      const parsed = v.safeParse(noteSchema, JSON.parse(readFileSync(path, 'utf8')))
      return parsed.success ? parsed.output : null
    } catch {
      return null
    }
  }

  private fileOf(mountPoint: string): string {
    return join(this.folder, `${createHash('sha256').update(mountPoint).digest('hex').slice(0, 32)}.json`)
  }
}

/** What has become of the image since. */
export function imageState({ imagePath, viewOf, file }: MountNote): MountedImageState {
  try {
    const now = fileFacts(viewOf ?? imagePath)
    const isSame = now.sizeBytes === file.sizeBytes && now.modifiedMs === file.modifiedMs && now.inode === file.inode
    return isSame ? 'same' : 'changed'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unknown'
  }
}

function fileFacts(path: string): MountNote['file'] {
  const { size, mtimeMs, ino } = statSync(path)
  return { sizeBytes: size, modifiedMs: mtimeMs, inode: ino }
}
