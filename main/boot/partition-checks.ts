/** What is odd about the partitions of one table. */
import type { FindingLog } from '../bytes/finding-log.ts'

export interface PartitionExtent {
  /** From 1. */
  readonly number: number
  readonly startBytes: number
  readonly sizeBytes: number
}

interface Overlap {
  readonly first: PartitionExtent
  readonly second: PartitionExtent
}

/** Notes partitions that end after the image does. `table` is the table's name in a sentence, `code` in findings. */
export function notePastEnd(
  partitions: readonly PartitionExtent[],
  imageBytes: number,
  table: string,
  code: string,
  findings: FindingLog,
): void {
  for (const { number, startBytes, sizeBytes } of partitions) {
    if (startBytes + sizeBytes <= imageBytes) continue
    const message = `Partition ${number} of the ${table} ends ${startBytes + sizeBytes - imageBytes} bytes after the image file.`
    findings.add(`${code}-partition-past-end`, 'note', message, { offsetBytes: startBytes })
  }
}

/** Notes partitions that lie over one another. One that begins at 0 is the whole image: others lie within it on purpose. */
export function noteOverlaps(partitions: readonly PartitionExtent[], table: string, code: string, findings: FindingLog): void {
  for (const { first, second } of overlaps(partitions.filter(({ startBytes }) => startBytes > 0))) {
    const message = `Partitions ${first.number} and ${second.number} of the ${table} lie over one another.`
    findings.add(`${code}-partitions-overlap`, 'suspicious', message, { offsetBytes: second.startBytes })
  }
}

/** Each partition that begins before the one reaching furthest among those before it has ended. */
function overlaps(partitions: readonly PartitionExtent[]): Overlap[] {
  const found: Overlap[] = []
  let furthest: PartitionExtent | null = null
  for (const next of [...partitions].sort((a, b) => a.startBytes - b.startBytes)) {
    if (furthest !== null && next.startBytes < furthest.startBytes + furthest.sizeBytes) found.push({ first: furthest, second: next })
    if (furthest === null || next.startBytes + next.sizeBytes > furthest.startBytes + furthest.sizeBytes) furthest = next
  }
  return found
}
