/** Names of what a disc with audio becomes: a CUE sheet and the BIN file beside it. */
import { basename, dirname, extname, join } from 'node:path'

/** Endings that people give to images; others belong to the name. */
const IMAGE_ENDINGS = ['.cue', '.bin', '.iso', '.img']

export interface TrackFiles {
  readonly cuePath: string
  readonly binPath: string
}

/** Whatever ending was asked for, there are always these two. */
export function trackFilesFor(outPath: string): TrackFiles {
  const ending = extname(outPath)
  const name = IMAGE_ENDINGS.includes(ending.toLowerCase()) ? basename(outPath, ending) : basename(outPath)
  return { cuePath: join(dirname(outPath), `${name}.cue`), binPath: join(dirname(outPath), `${name}.bin`) }
}
