/** Extractions that somebody chose a folder for, until they are started: each is good for one job. */
import { randomUUID } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { ChosenPaths } from '../../main/image/browse/chosen-paths.ts'
import { safeHostName } from '../../main/output/safe-name.ts'
import type { FileSystemKind } from '../../shared/image-project.ts'
import type { JobSpec } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'

type ExtractSpec = Extract<JobSpec, { kind: 'extract' }>

export interface PlannedExtraction extends ChosenPaths {
  readonly imagePath: string
  readonly view: FileSystemKind | 'auto'
  readonly session: number | null
  readonly track: number | null
  /** Where what was chosen goes. */
  readonly folder: string
}

/** What to do with names that are there already; `nothing` where there are none: what comes into the way later stops the job. */
export type TakenNames = 'nothing' | 'replace' | 'new-folder'

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** A folder named after the image that isn't there yet: `Photos`, else `Photos (2)`. */
export function freshFolder(parent: string, imagePath: string): string {
  const name = basename(imagePath, extname(imagePath)) || 'Image'
  for (let number = 1; ; number++) {
    const folder = join(parent, number === 1 ? name : `${name} (${number})`)
    if (!isThere(folder)) return folder
  }
}

export class PlannedExtractions {
  readonly #planned = new Map<string, PlannedExtraction>()

  /** Takes it and gives its token, with the names that are there already. */
  add(planned: PlannedExtraction): { readonly token: string; readonly taken: string[] } {
    const token = randomUUID()
    this.#planned.set(token, planned)
    const taken = planned.topNames.filter((name) => isThere(join(planned.folder, safeHostName(name).name)))
    return { token, taken }
  }

  /** Gives the job and forgets it; throws a `usage` Problem when it was never chosen or is used up. */
  take(token: string, taken: TakenNames): ExtractSpec {
    const planned = this.#planned.get(token)
    if (!planned) {
      throw new Problem({
        kind: 'usage',
        code: 'unknown-target',
        message: 'There is no chosen place for these files any more.',
        advice: 'Choose again where to put them.',
      })
    }
    this.#planned.delete(token)
    const { imagePath, view, paths, strip, folder } = planned
    const [session, track] = [planned.session ?? undefined, planned.track ?? undefined]
    const outFolder = taken === 'new-folder' ? freshFolder(folder, imagePath) : folder
    return { kind: 'extract', imagePath, view, paths, strip, session, track, outFolder, overwrite: taken === 'replace' }
  }
}
