/** The header of CHD version 5 (MAME, chd.h), and what is asked of it before anything is believed. */
import { CHD_HUNK_BYTES, MAX_CHD_HUNKS, MAX_PACKED_IMAGE_BYTES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { raw, readU32Be, u32be } from '../../bytes/field-types.ts'
import { structure } from '../../bytes/structure.ts'
import { packedDamage, packedRefusal } from '../packed-problem.ts'

export const ChdHeader = structure('CHD header v5', 'chd.h', {
  tag: raw(8),
  headerBytes: u32be,
  version: u32be,
  codecs: raw(16),
  logicalHigh: u32be,
  logicalLow: u32be,
  mapHigh: u32be,
  mapLow: u32be,
  metadataHigh: u32be,
  metadataLow: u32be,
  hunkBytes: u32be,
  unitBytes: u32be,
  rawSha1: raw(20),
  sha1: raw(20),
  parentSha1: raw(20),
})

export const CHD_MAGIC = 'MComprHD'
const VERSION = 5
const HIGH = 0x1_0000_0000

export interface ChdFacts {
  /** Four-letter names, without the empty ones at the end; none for a file that isn't compressed. */
  readonly codecs: readonly string[]
  readonly sizeBytes: number
  readonly mapAt: number
  readonly metadataAt: number
  readonly hunkBytes: number
  readonly unitBytes: number
  readonly hunks: number
  /** Of all content. */
  readonly rawSha1: Buffer
  /** Of that and the metadata. */
  readonly sha1: Buffer
}

/** Throws an `image` Problem for another version, for a file that builds on another one, and for what can't be meant. */
export function readChdFacts(stored: ByteSource): ChdFacts {
  const bytes = readUpTo(stored, 0, ChdHeader.sizeBytes)
  const version = bytes.length < 16 ? 0 : readU32Be(bytes, 12)
  if (bytes.length >= 16 && version !== VERSION) {
    const message = `The CHD is of version ${version}; Isomer reads version ${VERSION}.`
    throw packedRefusal('packed-version', message, 'Bring it up to date with “chdman copy”, and open that.')
  }
  if (bytes.length < ChdHeader.sizeBytes) throw packedDamage('its header is cut off')
  const header = ChdHeader.parse(bytes)
  if (header.parentSha1.some((byte) => byte !== 0)) {
    const message = 'The CHD holds only what differs from another one, its parent, and can’t be read alone.'
    throw packedRefusal('packed-parent', message, 'Make one of both with “chdman copy -ip PARENT”, and open that.')
  }
  const { hunkBytes, unitBytes } = header
  const sizeBytes = header.logicalHigh * HIGH + header.logicalLow
  if (hunkBytes < CHD_HUNK_BYTES.least || hunkBytes > CHD_HUNK_BYTES.most)
    throw packedDamage(`its header names hunks of ${hunkBytes} bytes`)
  if (unitBytes === 0 || unitBytes > hunkBytes || hunkBytes % unitBytes !== 0)
    throw packedDamage(`its header names units of ${unitBytes} bytes`)
  const hunks = Math.ceil(sizeBytes / hunkBytes)
  if (sizeBytes === 0 || sizeBytes > MAX_PACKED_IMAGE_BYTES || hunks > MAX_CHD_HUNKS) {
    throw packedDamage(`its header claims ${sizeBytes} bytes of content`)
  }
  return {
    codecs: codecNames(header.codecs),
    sizeBytes,
    mapAt: header.mapHigh * HIGH + header.mapLow,
    metadataAt: header.metadataHigh * HIGH + header.metadataLow,
    hunkBytes,
    unitBytes,
    hunks,
    rawSha1: Buffer.from(header.rawSha1),
    sha1: Buffer.from(header.sha1),
  }
}

function codecNames(bytes: Uint8Array): string[] {
  const names = [0, 4, 8, 12].map((at) => Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'))
  return names.slice(0, names.findLastIndex((name) => name !== '\0\0\0\0') + 1)
}
