/** Which files of an image lie in the sectors that are missing from it. */
import type { DamagedFile, MissingRange } from '../../../shared/drives.ts'
import type { JobControl } from '../../../shared/job.ts'
import { MAX_LISTED_MISSING } from '../../../shared/limits.ts'
import type { ImageEntry, ImageView } from '../../image/image-view.ts'
import type { OpenImage } from '../../image/open-image.ts'
import { pathOfStep, walkView } from '../../image/walk-view.ts'
import type { ByteRange } from './rescue-map.ts'

/** Paths named for one stretch; one of a folder of small files can hit thousands. */
const MAX_HITS_PER_RANGE = 20
const STEPS_BETWEEN_CHECKPOINTS = 512

export interface MissingReport {
  readonly missing: readonly MissingRange[]
  readonly damagedFileCount: number
  readonly damagedFiles: readonly DamagedFile[]
}

/** `missing` in rising order, without overlaps; of an image that can't be opened (null) nothing is known. */
export async function reportMissing(
  image: OpenImage | null,
  missing: readonly ByteRange[],
  sectorBytes: number,
  control: Pick<JobControl, 'checkpoint'>,
): Promise<MissingReport> {
  const hits = new Hits(missing)
  if (image !== null && missing.length > 0) await noteHits(image, hits, control)
  return {
    missing: missing.slice(0, MAX_LISTED_MISSING).map(({ startBytes, endBytes }, i) => {
      const firstSector = Math.floor(startBytes / sectorBytes)
      return { firstSector, sectorCount: Math.ceil(endBytes / sectorBytes) - firstSector, hits: hits.pathsIn(i) }
    }),
    damagedFileCount: hits.fileCount,
    damagedFiles: hits.files,
  }
}

async function noteHits(image: OpenImage, hits: Hits, control: Pick<JobControl, 'checkpoint'>): Promise<void> {
  const view = image.view('auto')
  noteEntry(view, view.root, '', hits)
  let steps = 0
  for (const step of walkView(view, view.root, '/', image.findingLog)) {
    noteEntry(view, step.entry, pathOfStep(step), hits)
    if (++steps % STEPS_BETWEEN_CHECKPOINTS === 0) await control.checkpoint()
  }
}

function noteEntry(view: ImageView, entry: ImageEntry, path: string, hits: Hits): void {
  let missingBytes = 0
  for (const extent of entry.extents) {
    const startBytes = view.offsetBytes(extent)
    const range = { startBytes, endBytes: startBytes + extent.lengthBytes }
    missingBytes += hits.note(range, entry.type === 'directory' ? `${path}/` : path)
  }
  if (missingBytes > 0 && entry.type === 'file') hits.addFile({ path, missingBytes })
}

/** The missing ranges with what was found to lie in them. */
class Hits {
  readonly #missing: readonly ByteRange[]
  readonly #paths: string[][]
  readonly files: DamagedFile[] = []
  fileCount = 0

  constructor(missing: readonly ByteRange[]) {
    this.#missing = missing
    this.#paths = missing.slice(0, MAX_LISTED_MISSING).map(() => [])
  }

  pathsIn(range: number): readonly string[] {
    return this.#paths[range] ?? []
  }

  addFile(file: DamagedFile): void {
    if (++this.fileCount <= MAX_LISTED_MISSING) this.files.push(file)
  }

  /** Notes a path at every missing range that its bytes touch; gives how many of them are missing. */
  note({ startBytes, endBytes }: ByteRange, path: string): number {
    let missingBytes = 0
    for (let i = this.#firstEndingAfter(startBytes); i < this.#missing.length; i++) {
      const range = this.#missing[i] as ByteRange
      if (range.startBytes >= endBytes) break
      missingBytes += Math.min(range.endBytes, endBytes) - Math.max(range.startBytes, startBytes)
      const paths = this.#paths[i]
      if (paths !== undefined && paths.length < MAX_HITS_PER_RANGE && !paths.includes(path)) paths.push(path)
    }
    return missingBytes
  }

  #firstEndingAfter(byte: number): number {
    let low = 0
    let high = this.#missing.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#missing[middle] as ByteRange).endBytes > byte) high = middle
      else low = middle + 1
    }
    return low
  }
}
