/** What the sectors of a disc's data tracks say of themselves: wrong sums, with the files that lie there. */
import { formatCount, formatNumber } from '../../shared/format.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import { sentences } from '../../shared/sentences.ts'
import type { Track } from '../containers/container.ts'
import { checkSectors, hasCodes, type SectorCheck } from '../containers/sector-check.ts'
import type { SectorFault } from '../containers/sector-codes.ts'
import { DATA_BYTES } from '../containers/sector-layout.ts'
import type { OpenImage } from '../image/open-image.ts'
import { filesWithin } from './named-files.ts'

const faultSentences: Readonly<Record<SectorFault, (sectors: string, track: number, first: string) => string>> = {
  sync: (sectors, track, first) => `${sectors} of track ${track} do not begin like sectors, the first at ${first}.`,
  mode: (sectors, track, first) => `${sectors} of track ${track} are of a mode that does not exist, the first at ${first}.`,
  edc: (sectors, track, first) => `${sectors} of track ${track} have data that do not match their checksum (EDC), the first at ${first}.`,
  ecc: (sectors, track, first) =>
    `${sectors} of track ${track} have wrong error correction (ECC), though their data match their checksum, the first at ${first}.`,
}
/** Files named in one finding. */
const NAMED_FILES = 3

/** Checks every data track that has such sums. */
export async function trackFindings(image: OpenImage, control: JobControl): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const track of image.contained?.file.container?.tracks ?? []) {
    if (!hasCodes(track)) continue
    const check = await checkSectors(track, control)
    for (const fault of ['sync', 'mode', 'edc', 'ecc'] as const)
      if (check.counts[fault] > 0) findings.push(await findingOf(image, track, check, fault, control))
    const whole = check.runs.length === 0
    if (whole)
      control.log('info', `Track ${track.number}: ${formatCount(check.checked, 'sector is', 'sectors are')} as their checksums say.`)
  }
  return findings
}

async function findingOf(image: OpenImage, track: Track, check: SectorCheck, fault: SectorFault, control: JobControl): Promise<Finding> {
  const runs = check.runs.filter((run) => run.fault === fault)
  const first = runs[0]?.sector ?? 0
  const sectors = formatCount(check.counts[fault], 'sector', 'sectors')
  const message = faultSentences[fault](sectors, track.number, formatNumber(track.startLba + first))
  const files = await filesAt(image, track, runs, control)
  return {
    code: `sector-${fault}`,
    severity: fault === 'ecc' ? 'suspicious' : 'damaged',
    message: sentences(message, files),
    offsetBytes: first * DATA_BYTES,
    clause: 'ECMA-130 14',
  }
}

/** A sentence that names files; null for a track that is not shown, or where there are none. */
async function filesAt(image: OpenImage, track: Track, runs: SectorCheck['runs'], control: JobControl): Promise<string | null> {
  const { contained } = image
  if (contained === null || contained.track?.number !== track.number) return null
  const ranges = runs.map(({ sector, count }) => ({
    offsetBytes: (contained.startLba + sector) * DATA_BYTES,
    lengthBytes: count * DATA_BYTES,
  }))
  const { paths, more } = await filesWithin(image, ranges, control)
  const named = paths.slice(0, NAMED_FILES).map((path) => `‘${path}’`)
  const others = paths.length - named.length + more
  if (named.length === 0) return null
  if (others === 0) return `They lie in ${named.join(', ')}.`
  if (others === 1) return `They lie in ${named.join(', ')} and 1 other.`
  return `They lie in ${named.join(', ')} and ${formatNumber(others)} others.`
}
