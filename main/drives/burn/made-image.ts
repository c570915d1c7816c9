/** A folder's image as a file, for drives that take no stream. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImageProject } from '../../../shared/image-project.ts'
import type { JobControl } from '../../../shared/job.ts'
import { createImage } from '../../image/create/create-image.ts'

export interface MadeImage {
  readonly path: string
  readonly sha256: string | null
  remove(): void
}

/** Makes the image in a folder that only this user can look into. Nothing is left of it when it can't be made. */
export async function makeImage(project: ImageProject, control: JobControl): Promise<MadeImage> {
  const folder = mkdtempSync(join(tmpdir(), 'isomer-burn-'))
  const remove = () => {
    rmSync(folder, { recursive: true, force: true })
    control.temporary(null)
  }
  const outPath = join(folder, 'image.iso')
  // Writing is what the laser does: this is what comes before.
  const preparing: JobControl = {
    checkpoint: () => control.checkpoint(),
    progress: (progress) => control.progress({ ...progress, phase: 'prepare' }),
    log: (level, text) => control.log(level, text),
    temporary: (path) => control.temporary(path),
  }
  try {
    const { path, sha256 } = await createImage({ project, outPath, overwrite: false }, preparing)
    control.temporary(path)
    return { path, sha256, remove }
  } catch (error) {
    remove()
    throw error
  }
}
