/** Whether the folder that a volume begins with can be one: if not, another tree of the image may still be whole. */
import { DIRECTORY_PART_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { findRecord, isSelfRecord, recordEnd } from './record-walk.ts'
import { SECTOR_BYTES } from './volume-descriptor.ts'

/** True, with a finding, when nothing can be read from there. */
export function noteUnusableRoot(source: ByteSource, offsetBytes: number, rootLengthBytes: number, findings: FindingLog): boolean {
  const place = { offsetBytes, clause: 'ECMA-119 9.4.18' }
  if (offsetBytes >= source.sizeBytes) {
    const message = 'The top folder of a tree lies beyond the end of the image, so the tree is lost; the image is probably cut off.'
    findings.add('root-outside-image', 'damaged', message, place)
    return true
  }
  const lengthBytes = Math.min(rootLengthBytes, DIRECTORY_PART_BYTES)
  if (holdsRecords(readUpTo(source, offsetBytes, Math.max(lengthBytes, SECTOR_BYTES)))) return false
  findings.add('root-damaged', 'damaged', 'Where the top folder of a tree should be there is something else, so the tree is lost.', place)
  return true
}

/** A record of the folder itself, or some sector with records of which none is damaged. */
function holdsRecords(bytes: Buffer): boolean {
  if (isSelfRecord(bytes)) return true
  for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
    const sector = bytes.subarray(at, at + SECTOR_BYTES)
    const faults = new FindingLog()
    if (countRecords(sector, faults) > 0 && faults.list().every(({ severity }) => severity === 'note')) return true
  }
  return false
}

function countRecords(sector: Buffer, faults: FindingLog): number {
  let count = 0
  for (let at = findRecord(sector, 0, 0, faults); at >= 0; at = findRecord(sector, recordEnd(sector, at), 0, faults)) count++
  return count
}
