/**
 * Sessions of a multi-session image without the disc's table of contents: each begins behind the end of the one before
 * with descriptors of its own, which are told from an image that merely lies in the image by their addresses.
 */
import { MAX_SESSIONS, SESSION_GAP_BLOCKS, TRANSFER_BYTES } from '../../shared/limits.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import { readUpTo } from '../bytes/byte-source.ts'
import { DirectoryRecord } from './directory-record.ts'
import { isOwnRecord } from './record-walk.ts'
import {
  DescriptorHeader,
  descriptorTypes,
  FIRST_DESCRIPTOR_LBA,
  PrimaryVolumeDescriptor,
  SECTOR_BYTES,
  STANDARD_IDENTIFIER,
} from './volume-descriptor.ts'

/** Sizes and places in sectors of 2048 bytes. */
export interface Session {
  /** From 1. */
  readonly number: number
  readonly startLba: number
  readonly sizeBlocks: number
  readonly descriptorsLba: number
  readonly rootLba: number
}

/** On media that can be overwritten, xorriso leaves room here for descriptors that lead to the newest session. */
const FIRST_START_ON_OVERWRITABLE = 32
/** A sector more than what a volume takes at least: nothing shorter can be a session. */
const LEAST_SESSION_BLOCKS = FIRST_DESCRIPTOR_LBA + 3
/** Sessions on DVD and Blu-ray begin with an error correction block; xorriso does the same in files. */
export const SESSION_ALIGNMENT_BLOCKS = 32
/** Path tables and UDF can lie between a session's descriptors and its root: 8 MiB are more than any have. */
const MAX_BLOCKS_BEFORE_ROOT = 4096

type FoundSession = Omit<Session, 'number'>

/**
 * Oldest first; none for an image without ISO 9660. `gapBlocks`: how far behind the end of a session the next one is
 * looked for.
 */
export function findSessions(source: ByteSource, gapBlocks = SESSION_GAP_BLOCKS): Session[] {
  const sessions: Session[] = []
  const atBeginning = sessionAt(source, 0)
  const onOverwritable = sessionAt(source, FIRST_START_ON_OVERWRITABLE)
  if (onOverwritable === null && atBeginning !== null) {
    const ledTo = sessionOfRoot(source, atBeginning.rootLba)
    if (ledTo !== null) return appendedSessions(source, ledTo)
  }
  const first = onOverwritable ?? atBeginning
  for (let found = first; found !== null && sessions.length < MAX_SESSIONS; ) {
    sessions.push({ ...found, number: sessions.length + 1 })
    found = nextSession(source, found.startLba + Math.max(found.sizeBlocks, LEAST_SESSION_BLOCKS), gapBlocks)
  }
  const isKnown = atBeginning === null || sessions.some(({ rootLba }) => rootLba === atBeginning.rootLba)
  if (!isKnown && hasOwnRoot(source, atBeginning.rootLba)) sessions.push({ ...atBeginning, number: sessions.length + 1 })
  return sessions
}

/** The one session that begins at a sector, as the image's only one; none where none does. */
export function sessionFrom(source: ByteSource, startLba: number): Session[] {
  const found = sessionAt(source, startLba)
  return found === null ? [] : [{ ...found, number: 1 }]
}

/** Root that the descriptors at the beginning of an image lead to; null when there are none. */
export const rootLbaAtBeginning = (source: ByteSource): number | null => sessionAt(source, 0)?.rootLba ?? null

function hasOwnRoot(source: ByteSource, rootLba: number): boolean {
  return isOwnRecord(readUpTo(source, rootLba * SECTOR_BYTES, SECTOR_BYTES), rootLba)
}

/**
 * The session whose descriptors the beginning's are a copy of: it begins not far before their root. Null when the
 * beginning has descriptors of its own.
 */
function sessionOfRoot(source: ByteSource, rootLba: number): FoundSession | null {
  const lastStart = rootLba - FIRST_DESCRIPTOR_LBA - 2
  const firstStart = Math.max(SESSION_ALIGNMENT_BLOCKS, lastStart - MAX_BLOCKS_BEFORE_ROOT)
  for (let start = alignedDown(lastStart); start >= firstStart; start -= SESSION_ALIGNMENT_BLOCKS) {
    const found = sessionAt(source, start)
    if (found?.rootLba === rootLba) return found
  }
  return null
}

/** Sessions up to that one, and before them the image as it was without, whose descriptors were kept in the same way. */
function appendedSessions(source: ByteSource, newest: FoundSession): Session[] {
  const found: FoundSession[] = [newest]
  for (
    let start = newest.startLba - SESSION_ALIGNMENT_BLOCKS;
    start > 0 && found.length < MAX_SESSIONS;
    start -= SESSION_ALIGNMENT_BLOCKS
  ) {
    const older = sessionAt(source, start) ?? keptBeginningAt(source, start)
    if (older === null) continue
    found.push(older)
    // Before the first session that was appended there is nothing but the image itself.
    if (older.startLba === 0) break
  }
  return found.reverse().map((session, i) => ({ ...session, number: i + 1 }))
}

/** Descriptors of the image's beginning as they were before a session replaced them. */
function keptBeginningAt(source: ByteSource, startLba: number): FoundSession | null {
  const descriptorsLba = startLba + FIRST_DESCRIPTOR_LBA
  const kept = sessionIn(readUpTo(source, descriptorsLba * SECTOR_BYTES, SECTOR_BYTES), 0, descriptorsLba)
  if (kept === null || kept.rootLba >= startLba || kept.rootLba <= FIRST_DESCRIPTOR_LBA) return null
  return hasOwnRoot(source, kept.rootLba) ? kept : null
}

const alignedDown = (lba: number): number => Math.floor(lba / SESSION_ALIGNMENT_BLOCKS) * SESSION_ALIGNMENT_BLOCKS

/** The session with the lowest start from `endLba` on. */
function nextSession(source: ByteSource, endLba: number, gapBlocks: number): FoundSession | null {
  const imageBlocks = Math.floor(source.sizeBytes / SECTOR_BYTES)
  const lastStart = Math.min(endLba + gapBlocks, imageBlocks - LEAST_SESSION_BLOCKS)
  const stepBlocks = TRANSFER_BYTES / SECTOR_BYTES
  for (let start = endLba; start <= lastStart; start += stepBlocks) {
    const descriptors = readUpTo(source, (start + FIRST_DESCRIPTOR_LBA) * SECTOR_BYTES, TRANSFER_BYTES)
    for (let i = 0; i < stepBlocks && start + i <= lastStart; i++) {
      const found = isPrimary(descriptors, i * SECTOR_BYTES) ? sessionAt(source, start + i) : null
      if (found !== null) return found
    }
  }
  return null
}

/** The session that begins at a sector; null when none does. */
function sessionAt(source: ByteSource, startLba: number): FoundSession | null {
  const descriptorsLba = startLba + FIRST_DESCRIPTOR_LBA
  const session = sessionIn(readUpTo(source, descriptorsLba * SECTOR_BYTES, SECTOR_BYTES), startLba, descriptorsLba)
  if (session === null || startLba === 0) return session
  if (session.blockBytes !== SECTOR_BYTES || session.rootLba <= descriptorsLba || session.sizeBlocks < LEAST_SESSION_BLOCKS) return null
  return hasOwnRoot(source, session.rootLba) ? session : null
}

/** What a primary descriptor says; null for anything else. */
function sessionIn(descriptor: Buffer, startLba: number, descriptorsLba: number): (FoundSession & { blockBytes: number }) | null {
  if (!isPrimary(descriptor, 0)) return null
  const { logicalBlockSizeBytes, volumeSpaceSizeBlocks, rootDirectoryRecord } = PrimaryVolumeDescriptor.parse(descriptor)
  return {
    startLba,
    descriptorsLba,
    rootLba: DirectoryRecord.fields.extentLba.get(rootDirectoryRecord, 0),
    sizeBlocks: Math.ceil((volumeSpaceSizeBlocks * logicalBlockSizeBytes) / SECTOR_BYTES),
    blockBytes: logicalBlockSizeBytes,
  }
}

function isPrimary(bytes: Buffer, at: number): boolean {
  return (
    at + SECTOR_BYTES <= bytes.length &&
    DescriptorHeader.fields.type.get(bytes, at) === descriptorTypes.primary &&
    DescriptorHeader.fields.standardIdentifier.get(bytes, at) === STANDARD_IDENTIFIER
  )
}
