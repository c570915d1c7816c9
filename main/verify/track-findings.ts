/** What the sectors of a disc's data tracks say of themselves: wrong sums, with the files that lie there. */
import { formatCount, formatNumber } from '../../shared/format.ts'
import type { Finding } from '../../shared/image-model.ts'
import type { JobControl } from '../../shared/job.ts'
import type { Track } from '../containers/container.ts'
import { checkSectors, hasCodes, type SectorCheck } from '../containers/sector-check.ts'
import type { SectorFault } from '../containers/sector-codes.ts'
import { DATA_BYTES } from '../containers/sector-layout.ts'
import type { OpenImage } from '../image/open-image.ts'
import { filesWithin } from './named-files.ts'

const FAULT_WORDS: Readonly<Record<SectorFault, string>> = {
  sync: 'do not begin like sectors',
  mode: 'are of a mode that does not exist',
  edc: 'have data that do not match their checksum (EDC)',
  ecc: 'have wrong error correction (ECC), though their data match their checksum',
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
  const where = `the first at ${formatNumber(track.startLba + first)}`
  const files = await filesAt(image, track, runs, control)
  return {
    code: `sector-${fault}`,
    severity: fault === 'ecc' ? 'suspicious' : 'damaged',
    message: `${sectors} of track ${track.number} ${FAULT_WORDS[fault]}, ${where}.${files}`,
    offsetBytes: first * DATA_BYTES,
    clause: 'ECMA-130 14',
  }
}

/** A sentence that names files; empty for a track that is not shown, or where there are none. */
async function filesAt(image: OpenImage, track: Track, runs: SectorCheck['runs'], control: JobControl): Promise<string> {
  const { contained } = image
  if (contained === null || contained.track?.number !== track.number) return ''
  const ranges = runs.map(({ sector, count }) => ({
    offsetBytes: (contained.startLba + sector) * DATA_BYTES,
    lengthBytes: count * DATA_BYTES,
  }))
  const { paths, more } = await filesWithin(image, ranges, control)
  const named = paths.slice(0, NAMED_FILES).map((path) => `‘${path}’`)
  const others = paths.length - named.length + more
  if (named.length === 0) return ''
  return ` They lie in ${named.join(', ')}${others > 0 ? ` and ${formatCount(others, 'other', 'others')}` : ''}.`
}
