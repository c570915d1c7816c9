/** File systems of Macs beside those that Isomer reads: a hybrid disc shows a Mac another tree than everybody else. */
import { type PartitionTables, partitionExtents } from '../boot/partition-tables.ts'
import { type ByteSource, readUpTo } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'

export type OtherFileSystem = 'HFS' | 'HFS+' | 'APFS'

/** Of HFS and HFS+: the volume header is the third sector of 512 bytes (Inside Macintosh: Files 2-59; TN1150). */
const HEADER_AT = 1024
const SIGNATURE_BYTES = 2
/** Of HFS: names the kind of a volume that it merely wraps (TN1150). */
const EMBEDDED_SIGNATURE_AT = HEADER_AT + 0x7c
const APFS_MAGIC_AT = 32
const APFS_MAGIC = 'NXSB'

/** Looks where the image and its partitions begin. Each kind is given, and noted, once. */
export function otherFileSystems(source: ByteSource, tables: PartitionTables, findings: FindingLog): OtherFileSystem[] {
  const found = new Map<OtherFileSystem, number>()
  for (const startBytes of new Set([0, ...partitionExtents(tables).map((partition) => partition.startBytes)])) {
    const kind = kindAt(source, startBytes)
    if (kind !== null && !found.has(kind)) found.set(kind, startBytes)
  }
  for (const [kind, offsetBytes] of found) {
    const message = `The image has a volume of ${kind} too, which Isomer does not read; Macs may show that one.`
    findings.add('other-file-system', 'note', message, { offsetBytes })
  }
  return [...found.keys()]
}

function kindAt(source: ByteSource, startBytes: number): OtherFileSystem | null {
  const text = (at: number, lengthBytes: number) => readUpTo(source, startBytes + at, lengthBytes).toString('latin1')
  const isHfsPlus = (at: number) => ['H+', 'HX'].includes(text(at, SIGNATURE_BYTES))
  if (text(APFS_MAGIC_AT, APFS_MAGIC.length) === APFS_MAGIC) return 'APFS'
  if (isHfsPlus(HEADER_AT)) return 'HFS+'
  if (text(HEADER_AT, SIGNATURE_BYTES) !== 'BD') return null
  return isHfsPlus(EMBEDDED_SIGNATURE_AT) ? 'HFS+' : 'HFS'
}
