/** Whether a tree carries Rock Ridge, which version, and how many bytes its system use areas begin with (SUSP 5.3, 5.5). */

import { readU32Le } from '../bytes/field-types.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import type { MetadataCache } from '../bytes/metadata-cache.ts'
import { findRecord, recordEnd, systemUseStart } from './record-walk.ts'
import { RockRidgeReader } from './rock-ridge-reader.ts'
import { CeEntry, ErEntry, rockRidgeIdentifiers, SpEntry, SystemUseHeader } from './system-use.ts'
import { SECTOR_BYTES } from './volume-descriptor.ts'
import type { Volume } from './volume-descriptor-set.ts'

export interface RockRidgeFacts {
  readonly skippedBytes: number
  /** `1.12`, `1.10` (and 1.09), or null when the image doesn't say. */
  readonly version: string | null
}

/** CD-XA puts 14 bytes of its own before the entries. */
const XA_BYTES = 14
/** Records of the root looked at when the root itself doesn't announce Rock Ridge. */
const RECORDS_TRIED = 8

/** Null when the tree has no Rock Ridge. */
export function detectRockRidge(cache: MetadataCache, volume: Volume, findings: FindingLog): RockRidgeFacts | null {
  const offsetBytes = volume.rootLba * volume.blockBytes
  const bytes = cache.view(offsetBytes, SECTOR_BYTES)
  const recordBytes = bytes[0] ?? 0
  if (recordBytes < 34 || recordBytes > bytes.length) return null
  const start = systemUseStart(bytes, 0)
  for (const at of [start, start + XA_BYTES]) {
    if (!isSharingIndicator(bytes, at, recordBytes)) continue
    const skipped = SpEntry.fields.skippedBytes.get(bytes, at)
    const version = extensionVersion(cache, volume, bytes, at + SpEntry.sizeBytes, recordBytes)
    if (skipped < recordBytes) return found(cache, volume, bytes, skipped, version)
    findings.add('sharing-indicator-malformed', 'note', 'The mark that announces Rock Ridge gives an impossible length.', { offsetBytes })
    return found(cache, volume, bytes, 0, version)
  }
  const unannounced = found(cache, volume, bytes, 0, null)
  if (unannounced !== null) {
    const message = 'Rock Ridge is in use without the mark that announces it.'
    findings.add('sharing-indicator-missing', 'note', message, { offsetBytes, clause: 'SUSP 5.3' })
  }
  return unannounced
}

function isSharingIndicator(bytes: Buffer, at: number, end: number): boolean {
  return (
    at + SpEntry.sizeBytes <= end &&
    SpEntry.fields.signature.get(bytes, at) === 'SP' &&
    SpEntry.fields.checkByte1.get(bytes, at) === 0xbe &&
    SpEntry.fields.checkByte2.get(bytes, at) === 0xef
  )
}

/** The sharing protocol alone is no Rock Ridge: some record must have one of its entries. */
function found(cache: MetadataCache, volume: Volume, root: Buffer, skippedBytes: number, version: string | null): RockRidgeFacts | null {
  if (version !== null) return { skippedBytes, version }
  // What is wrong with these records is found again, and noted, when the directory is read.
  const quiet = new FindingLog()
  const reader = new RockRidgeReader(cache, volume.blockBytes, quiet)
  reader.read(root, systemUseStart(root, 0), root[0] as number, 0)
  if (reader.found) return { skippedBytes, version }
  let at = findRecord(root, 0, 0, quiet)
  for (let tried = 0; at >= 0 && tried < RECORDS_TRIED; tried++) {
    reader.read(root, systemUseStart(root, at) + skippedBytes, recordEnd(root, at), 0)
    if (reader.found) return { skippedBytes, version }
    at = findRecord(root, recordEnd(root, at), 0, quiet)
  }
  return null
}

/** Version by the identifier of the ER entry, which may stand in the first continuation area. */
function extensionVersion(cache: MetadataCache, volume: Volume, bytes: Buffer, start: number, end: number): string | null {
  let area = bytes.subarray(start, end)
  for (let hop = 0; hop < 2; hop++) {
    let next: Buffer | null = null
    for (let at = 0; at + SystemUseHeader.sizeBytes <= area.length; ) {
      const lengthBytes = SystemUseHeader.fields.lengthBytes.get(area, at)
      if (lengthBytes < SystemUseHeader.sizeBytes || at + lengthBytes > area.length) break
      const signature = SystemUseHeader.fields.signature.get(area, at)
      if (signature === 'ER' && lengthBytes >= ErEntry.sizeBytes) return versionOf(area, at, lengthBytes)
      if (signature === 'CE' && lengthBytes >= CeEntry.sizeBytes) next = continuation(cache, volume, area, at)
      at += lengthBytes
    }
    if (next === null) return null
    area = next
  }
  return null
}

function continuation(cache: MetadataCache, volume: Volume, area: Buffer, at: number): Buffer {
  const field = (name: 'areaLba' | 'areaOffsetBytes' | 'areaLengthBytes') => readU32Le(area, at + CeEntry.fields[name].offset)
  return cache.view(field('areaLba') * volume.blockBytes + field('areaOffsetBytes'), Math.min(field('areaLengthBytes'), SECTOR_BYTES))
}

function versionOf(area: Buffer, at: number, lengthBytes: number): string | null {
  const start = at + ErEntry.sizeBytes
  const end = Math.min(start + ErEntry.fields.identifierLengthBytes.get(area, at), at + lengthBytes)
  const identifier = area.toString('latin1', start, end)
  if (identifier === rockRidgeIdentifiers.rrip1991a) return '1.10'
  return identifier.startsWith('IEEE_') ? '1.12' : null
}
