/**
 * Recognises the copy protection of video discs by what lies on them, so that people learn why a copy does not play.
 * Nothing is decrypted, and nothing is kept from being copied as it stands. The disc's own word for it (READ DISC
 * STRUCTURE) is not to be had by reading sectors.
 */
import type { Protection } from '../../shared/drives.ts'
import { Problem } from '../../shared/problem.ts'
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { ImageEntry, ImageView } from './image-view.ts'

const SECTOR_BYTES = 2048
/** Places looked at in each file: titles often begin with a few sectors that are clear. */
const SAMPLES = 16
/** Files looked at; discs have up to 99 titles in nine files each. */
const MOST_FILES = 100
/** A pack of a DVD's video (ISO 13818-1, 2.5.3.3) begins every sector. */
const PACK_START = Buffer.from([0, 0, 1, 0xba])
/** Stream of the first packet in it, its byte of flags, and PES_scrambling_control among them (2.4.3.6). */
const STREAM_OFFSET = 17
const FLAGS_OFFSET = 20
const SCRAMBLED_BITS = 0x30
/** System header, padding and private stream 2, which have other things in that byte. */
const STREAMS_WITHOUT_FLAGS = [0xbb, 0xbe, 0xbf]
/** Media key blocks of the Advanced Access Content System, on Blu-ray discs and HD DVDs. */
const AACS_FILES = ['/AACS/MKB_RO.inf', '/AACS/MKB_RW.inf', '/AACS/Unit_Key_RO.inf', '/AACS/MKBROM.AACS']
/** AACS encrypts the streams of Blu-ray discs in units of 32 packets, but for the first 16 bytes of each. */
const UNIT_BYTES = 6144
const PACKET_BYTES = 192
/** Copy permission indicator before each packet, and the byte that begins the packet itself (ISO 13818-1, 2.4.3.2). */
const COPY_PERMISSION_BITS = 0xc0
const SYNC_OFFSET = 4
const SYNC = 0x47
/** Fewer places that can't be read prove nothing: discs get scratched. */
const LEAST_REFUSED = 8

/** Whether any of these bytes of the image could not be read from its disc. */
export type IsUnread = (startBytes: number, endBytes: number) => boolean

/** Null when none was recognised. */
export function recogniseProtection(view: ImageView, isUnread: IsUnread = () => false): Protection | null {
  if (AACS_FILES.some((path) => view.lookup(path) !== null)) return 'aacs'
  if (filesIn(view, '/BDMV/STREAM', '.M2TS').some((file) => isEncrypted(view.contentSource(file)))) return 'aacs'
  const videos = filesIn(view, '/VIDEO_TS', '.VOB')
  if (videos.some((file) => isScrambled(view.contentSource(file)))) return 'css'
  return isRefused(view, videos, isUnread) ? 'css-refused' : null
}

/** Adds what was recognised to the findings of an image. */
export function noteProtection(view: ImageView, log: FindingLog): void {
  const keys = 'players can’t play it without the keys of the disc, which no image holds.'
  const protection = recognisedIn(view)
  if (protection === 'css') log.add('css-scrambled', 'note', `The video in it is scrambled (CSS): ${keys}`)
  if (protection === 'aacs') log.add('aacs-protected', 'note', `It is of a disc protected by AACS: ${keys}`)
}

/** What is too damaged for it is told by those who read it. */
function recognisedIn(view: ImageView): Protection | null {
  try {
    return recogniseProtection(view)
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'image') return null
    throw error
  }
}

function filesIn(view: ImageView, folderPath: string, ending: string): ImageEntry[] {
  const folder = view.lookup(folderPath)
  if (folder?.type !== 'directory') return []
  const files: ImageEntry[] = []
  for (const entry of view.children(folder)) {
    if (entry.type === 'file' && entry.name.toUpperCase().endsWith(ending)) files.push(entry)
    if (files.length === MOST_FILES) break
  }
  return files
}

/** Beginnings of pieces from all over a file. */
function* samplesOf(sizeBytes: number, pieceBytes: number): Generator<number, void, undefined> {
  const pieces = Math.floor(sizeBytes / pieceBytes)
  const count = Math.min(SAMPLES, pieces)
  for (let i = 0; i < count; i++) yield Math.floor((pieces * i) / count) * pieceBytes
}

function isScrambled(content: ByteSource): boolean {
  const sector = Buffer.alloc(SECTOR_BYTES)
  for (const at of samplesOf(content.sizeBytes, SECTOR_BYTES)) {
    if (content.read(at, sector) < SECTOR_BYTES || !sector.subarray(0, PACK_START.length).equals(PACK_START)) continue
    if (STREAMS_WITHOUT_FLAGS.includes(sector[STREAM_OFFSET] as number)) continue
    if (((sector[FLAGS_OFFSET] as number) & SCRAMBLED_BITS) !== 0) return true
  }
  return false
}

/** Every packet begins alike; of an encrypted unit only the first one still does. */
function isEncrypted(content: ByteSource): boolean {
  const unit = Buffer.alloc(UNIT_BYTES)
  for (const at of samplesOf(content.sizeBytes, UNIT_BYTES)) {
    if (content.read(at, unit) < UNIT_BYTES) continue
    const isMarked = ((unit[0] as number) & COPY_PERMISSION_BITS) !== 0 && unit[SYNC_OFFSET] === SYNC
    const beginnings = Array.from({ length: UNIT_BYTES / PACKET_BYTES }, (_, i) => unit[i * PACKET_BYTES + SYNC_OFFSET] === SYNC)
    // By chance one byte in 256 is the same.
    if (isMarked && beginnings.filter((isSame) => isSame).length < beginnings.length / 2) return true
  }
  return false
}

/** A drive gives scrambled titles to nobody who did not prove to be a player, but menus and everything else to all. */
function isRefused(view: ImageView, videos: readonly ImageEntry[], isUnread: IsUnread): boolean {
  let refused = 0
  for (const file of videos.filter(({ name }) => /^VTS_\d\d_[1-9]\.VOB/i.test(name))) {
    for (const at of samplesOf(file.sizeBytes, SECTOR_BYTES)) {
      const place = placeOf(view, file, at)
      if (place === null || !isUnread(place, place + SECTOR_BYTES)) return false
      refused++
    }
  }
  return refused >= LEAST_REFUSED
}

/** Where a byte of a file lies in the image. */
function placeOf(view: ImageView, { extents }: ImageEntry, offsetBytes: number): number | null {
  let rest = offsetBytes
  for (const extent of extents) {
    if (rest < extent.lengthBytes) return view.offsetBytes(extent) + rest
    rest -= extent.lengthBytes
  }
  return null
}
