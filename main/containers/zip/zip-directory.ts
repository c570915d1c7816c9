/** The directory of a ZIP archive (APPNOTE.TXT 4.3): what is in it and where. */
import { MAX_ZIP_DIRECTORY_BYTES, MAX_ZIP_ENTRIES } from '../../../shared/limits.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import { readUpTo } from '../../bytes/byte-source.ts'
import { readU16Le, readU32Le } from '../../bytes/field-types.ts'
import { packedDamage } from '../packed-problem.ts'

export const ZIP_MAGIC = 'PK\x03\x04'
const END_MARK = 0x0605_4b50
const END_BYTES = 22
const MOST_COMMENT_BYTES = 0xffff
const END_64_LOCATOR_MARK = 0x0706_4b50
const END_64_LOCATOR_BYTES = 20
const END_64_MARK = 0x0606_4b50
const END_64_BYTES = 56
const ENTRY_MARK = 0x0201_4b50
const ENTRY_BYTES = 46
const LOCAL_MARK = 0x0403_4b50
const LOCAL_BYTES = 30
const EXTRA_64 = 1
const ABSENT_32 = 0xffff_ffff
const HIGH = 0x1_0000_0000

export interface ZipEntry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc32: number
  readonly packedBytes: number
  readonly contentBytes: number
  readonly localAt: number
}

const readU64Le = (bytes: Buffer, at: number): number => readU32Le(bytes, at) + readU32Le(bytes, at + 4) * HIGH

/** Every entry that is a file, without what macOS adds for itself. Throws an `image` Problem when the directory is damaged. */
export function zipEntries(stored: ByteSource): ZipEntry[] {
  const { at, lengthBytes, count } = findDirectory(stored)
  if (lengthBytes > MAX_ZIP_DIRECTORY_BYTES || count > MAX_ZIP_ENTRIES) throw packedDamage('its list of files is longer than can be')
  const bytes = readUpTo(stored, at, lengthBytes)
  const entries: ZipEntry[] = []
  for (let from = 0, i = 0; i < count; i++) {
    if (bytes.length - from < ENTRY_BYTES || readU32Le(bytes, from) !== ENTRY_MARK) throw packedDamage('its list of files is wrong')
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => readU16Le(bytes, from + field)) as [number, number, number]
    const end = from + ENTRY_BYTES + nameBytes + extraBytes + commentBytes
    if (end > bytes.length) throw packedDamage('its list of files is wrong')
    entries.push(entryAt(bytes.subarray(from, end), nameBytes, extraBytes))
    from = end
  }
  return entries.filter(({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(^|\/)\.DS_Store$/.test(name))
}

function entryAt(bytes: Buffer, nameBytes: number, extraBytes: number): ZipEntry {
  const name = bytes.subarray(ENTRY_BYTES, ENTRY_BYTES + nameBytes)
  const extra = wideNumbers(bytes.subarray(ENTRY_BYTES + nameBytes, ENTRY_BYTES + nameBytes + extraBytes))
  const wide = (value: number): number => (value === ABSENT_32 ? extra() : value)
  // In the order in which the wide ones stand in the extra field (4.5.3).
  const contentBytes = wide(readU32Le(bytes, 24))
  const packedBytes = wide(readU32Le(bytes, 20))
  const localAt = wide(readU32Le(bytes, 42))
  const flags = readU16Le(bytes, 8)
  return {
    name: name.toString('utf8'),
    isEncrypted: (flags & 1) !== 0,
    method: readU16Le(bytes, 10),
    crc32: readU32Le(bytes, 16),
    packedBytes,
    contentBytes,
    localAt,
  }
}

/** Gives one wide number after the other. */
function wideNumbers(extra: Buffer): () => number {
  for (let at = 0; at + 4 <= extra.length; ) {
    const lengthBytes = readU16Le(extra, at + 2)
    if (readU16Le(extra, at) === EXTRA_64) {
      const field = extra.subarray(at + 4, at + 4 + lengthBytes)
      let used = 0
      return () => {
        if (used + 8 > field.length) throw packedDamage('its list of files is wrong')
        used += 8
        return readU64Le(field, used - 8)
      }
    }
    at += 4 + lengthBytes
  }
  return () => ABSENT_32
}

interface DirectoryPlace {
  readonly at: number
  readonly lengthBytes: number
  readonly count: number
}

function findDirectory(stored: ByteSource): DirectoryPlace {
  const tailAt = Math.max(0, stored.sizeBytes - END_BYTES - MOST_COMMENT_BYTES)
  const tail = readUpTo(stored, tailAt, END_BYTES + MOST_COMMENT_BYTES)
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (readU32Le(tail, at) !== END_MARK || at + END_BYTES + readU16Le(tail, at + 20) > tail.length) continue
    const narrow = { at: readU32Le(tail, at + 16), lengthBytes: readU32Le(tail, at + 12), count: readU16Le(tail, at + 10) }
    return wideDirectory(stored, tailAt + at) ?? narrow
  }
  throw packedDamage('its list of files is missing, as when a download broke off')
}

/** 4.3.14 and 4.3.15. */
function wideDirectory(stored: ByteSource, endAt: number): DirectoryPlace | null {
  const locator = readUpTo(stored, endAt - END_64_LOCATOR_BYTES, END_64_LOCATOR_BYTES)
  if (locator.length < END_64_LOCATOR_BYTES || readU32Le(locator, 0) !== END_64_LOCATOR_MARK) return null
  const end = readUpTo(stored, readU64Le(locator, 8), END_64_BYTES)
  if (end.length < END_64_BYTES || readU32Le(end, 0) !== END_64_MARK) throw packedDamage('its list of files is missing')
  return { at: readU64Le(end, 48), lengthBytes: readU64Le(end, 40), count: readU64Le(end, 32) }
}

/** Where an entry's bytes begin. */
export function contentAt(stored: ByteSource, { localAt, packedBytes }: ZipEntry): number {
  const local = readUpTo(stored, localAt, LOCAL_BYTES)
  if (local.length < LOCAL_BYTES || readU32Le(local, 0) !== LOCAL_MARK) throw packedDamage('its list of files leads to nothing')
  const at = localAt + LOCAL_BYTES + readU16Le(local, 26) + readU16Le(local, 28)
  if (at + packedBytes > stored.sizeBytes) throw packedDamage('it is cut off')
  return at
}
