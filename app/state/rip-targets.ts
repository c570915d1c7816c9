/** Where discs may be ripped to: places that somebody chose in the save dialog, each good for one job. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { mapPathOf, partialPathOf } from '../../main/drives/rip/rip-output.ts'
import { targetExists } from '../../main/output/output-problems.ts'
import type { RipTarget } from '../../shared/drive-rows.ts'
import { Problem, type ProblemReport } from '../../shared/problem.ts'
import { displayPath } from './display-path.ts'

export interface ChosenPlace {
  readonly outPath: string
  /** Null for the usual place, beside the image. */
  readonly mapPath: string | null
  /** Whether the dialog asked about replacing a file of this name. */
  readonly overwrite: boolean
}

export class RipTargets {
  readonly #places = new Map<string, ChosenPlace>()

  add(place: ChosenPlace): RipTarget {
    const token = randomUUID()
    this.#places.set(token, place)
    return this.#described(token, place)
  }

  /** The same place with a map that was chosen besides. */
  withMap(token: string, mapPath: string): RipTarget {
    const place = { ...this.#placeOf(token), mapPath }
    this.#places.set(token, place)
    return this.#described(token, place)
  }

  /** The folder of a place, for the next dialog. */
  folderOf(token: string): string {
    return dirname(this.#placeOf(token).outPath)
  }

  /** Gives the place and forgets it; throws a `usage` Problem when it was never chosen or is used up. */
  take(token: string): ChosenPlace & { readonly isUnfinished: boolean } {
    const place = this.#placeOf(token)
    this.#places.delete(token)
    return { ...place, isUnfinished: isUnfinished(place) }
  }

  #placeOf(token: string): ChosenPlace {
    const place = this.#places.get(token)
    if (place !== undefined) return place
    throw new Problem({
      kind: 'usage',
      code: 'unknown-target',
      message: 'There is no chosen place for this image any more.',
      advice: 'Choose again where to put it.',
    })
  }

  #described(token: string, place: ChosenPlace): RipTarget {
    const { outPath, mapPath } = place
    return {
      token,
      name: basename(outPath),
      displayPath: displayPath(outPath),
      isUnfinished: isUnfinished(place),
      mapName: mapPath === null ? null : basename(mapPath),
      problem: problemOf(place),
    }
  }
}

/** A map and what was read so far: under the name of the unfinished, or, from ddrescue and of a rip with gaps, under its own. */
function isUnfinished({ outPath, mapPath }: ChosenPlace): boolean {
  return existsSync(mapPathOf({ outPath, mapPath })) && (existsSync(partialPathOf(outPath)) || existsSync(outPath))
}

function problemOf(place: ChosenPlace): ProblemReport | null {
  const { outPath, mapPath, overwrite } = place
  if (mapPath !== null && !isUnfinished(place))
    return {
      kind: 'usage',
      code: 'nothing-to-resume',
      message: `The map says what was read, but there is no image ${basename(outPath)} that it speaks of.`,
      advice: 'Choose the image that belongs to the map as the place.',
    }
  return existsSync(outPath) && !overwrite && !isUnfinished(place) ? targetExists(outPath).report : null
}
