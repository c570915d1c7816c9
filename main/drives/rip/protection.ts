/**
 * Recognises the copy protection of video discs by what lies on them, so that people learn why a copy does not play.
 * Nothing is decrypted, and nothing is kept from being copied as it stands.
 */
import type { Protection } from '../../../shared/drives.ts'
import type { ByteSource } from '../../bytes/byte-source.ts'
import type { ImageEntry, ImageView } from '../../image/image-view.ts'

const SECTOR_BYTES = 2048
/** Sectors looked at in each file: titles often begin with a few that are clear. */
const SAMPLES = 16
/** A pack of a DVD's video (ISO 13818-1, 2.5.3.3) begins every sector. */
const PACK_START = Buffer.from([0, 0, 1, 0xba])
/** Stream of the first packet in it, its byte of flags, and PES_scrambling_control among them (2.4.3.6). */
const STREAM_OFFSET = 17
const FLAGS_OFFSET = 20
const SCRAMBLED_BITS = 0x30
/** System header, padding and private stream 2, which have other things in that byte. */
const STREAMS_WITHOUT_FLAGS = [0xbb, 0xbe, 0xbf]
/** Media key block of the Advanced Access Content System. */
const AACS_FILES = ['/AACS/MKB_RO.inf', '/AACS/MKB_RW.inf', '/AACS/Unit_Key_RO.inf']

/** Null when none was recognised. */
export function recogniseProtection(view: ImageView): Protection | null {
  if (AACS_FILES.some((path) => view.lookup(path) !== null)) return 'aacs'
  return videoFiles(view).some((file) => isScrambled(view.contentSource(file))) ? 'css' : null
}

function videoFiles(view: ImageView): ImageEntry[] {
  const folder = view.lookup('/VIDEO_TS')
  if (folder?.type !== 'directory') return []
  return [...view.children(folder)].filter(({ type, name }) => type === 'file' && name.toUpperCase().endsWith('.VOB'))
}

function isScrambled(content: ByteSource): boolean {
  const sectors = Math.floor(content.sizeBytes / SECTOR_BYTES)
  const sector = Buffer.alloc(SECTOR_BYTES)
  for (let i = 0; i < SAMPLES; i++) {
    const at = Math.floor((sectors * i) / SAMPLES) * SECTOR_BYTES
    if (content.read(at, sector) < SECTOR_BYTES || !sector.subarray(0, PACK_START.length).equals(PACK_START)) continue
    if (STREAMS_WITHOUT_FLAGS.includes(sector[STREAM_OFFSET] as number)) continue
    if (((sector[FLAGS_OFFSET] as number) & SCRAMBLED_BITS) !== 0) return true
  }
  return false
}
