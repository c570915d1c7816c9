/** What tells one image from others, without anything that changes from run to run of a reproducible one. */
import { createHash } from 'node:crypto'
import type { ImageLayout } from './layout.ts'

/** Hexadecimal digits that follow from label, date, and the names, sizes and dates of all files. */
export function volumeSeed({ plan, sizeBlocks }: ImageLayout, recordedMs: number): string {
  const { fixedTimeS } = plan.policy
  const hash = createHash('sha256').update(JSON.stringify([plan.label.text, recordedMs, sizeBlocks, plan.fileCount, plan.directoryCount]))
  for (const { source } of plan.contents) hash.update(`${source.name}/${source.sizeBytes}/${fixedTimeS ?? source.modifiedS}\n`)
  return hash.digest('hex')
}
