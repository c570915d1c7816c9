/** DiscJuggler images, told by the version in their last eight bytes and where these lead. */
import { readUpTo } from '../../bytes/byte-source.ts'
import type { Candidate } from '../container-format.ts'

export const VERSION_2 = 0x80000004
export const VERSION_3 = 0x80000005
export const VERSION_3_5 = 0x80000006
const FOOTER_BYTES = 8

/** 0 for anything else. */
export const versionOf = (tail: Buffer): number => (tail.length < FOOTER_BYTES ? 0 : tail.readUInt32LE(tail.length - FOOTER_BYTES))

export function recogniseCdi({ tail, source }: Candidate): boolean {
  const version = versionOf(tail)
  if (version !== VERSION_2 && version !== VERSION_3 && version !== VERSION_3_5) return false
  const place = tail.readUInt32LE(tail.length - 4)
  const sessions = readUpTo(source, version === VERSION_3_5 ? source.sizeBytes - place : place, 2)
  return sessions.length === 2 && sessions.readUInt16LE() > 0 && sessions.readUInt16LE() < 100
}
