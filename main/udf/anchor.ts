/** Finds the anchor of a UDF volume: at 256, at the end, or 256 before it (ECMA-167 3/8.4.2.1; UDF 2.2.3). */
import type { ByteSource } from '../bytes/byte-source.ts'
import type { FindingLog } from '../bytes/finding-log.ts'
import type { MetadataCache } from '../bytes/metadata-cache.ts'
import { judgeTag, tagIdentifier, tagIds } from './descriptor-tag.ts'
import { AnchorVolumeDescriptorPointer } from './volume-descriptors.ts'
import { RECOGNITION_OFFSET_BYTES, RECOGNITION_STEP_BYTES, recognitionIds, VolumeStructureDescriptor } from './volume-recognition.ts'

/** A run of the volume's blocks. */
export interface VolumeExtent {
  readonly lengthBytes: number
  readonly locationBlock: number
}

export interface Anchor {
  readonly blockBytes: number
  readonly mainSequence: VolumeExtent
  readonly reserveSequence: VolumeExtent
}

export const ANCHOR_BLOCK = 256
/** On media written once and not yet closed (UDF 6.10). */
const UNCLOSED_ANCHOR_BLOCK = 512
/** Most common first. */
const BLOCK_SIZES = [2048, 512, 4096, 1024, 8192, 16_384, 32_768]
/** What recorders add behind the last block: run-out of two, a gap of 150, both. */
const TRAILING_BLOCKS = [0, 1, 2, 150, 152]
const RECOGNITION_STEPS = 64
const KNOWN_RECOGNITION_IDS: readonly string[] = [...Object.values(recognitionIds), 'CD001', 'CDW02', 'BOOT2']

/** The anchor that is found first; null when there is none, with a finding if the volume claims to be UDF. */
export function findAnchor(source: ByteSource, cache: MetadataCache, findings: FindingLog): Anchor | null {
  if (!isRecognised(cache)) {
    // Some consoles' images lack the recognition sequence; only the commonest place is worth a look in every image.
    const anchor = anchorAt(cache, 2048, ANCHOR_BLOCK)
    if (anchor !== null)
      findings.add('udf-recognition-missing', 'note', 'The volume does not announce that it has UDF.', {
        offsetBytes: RECOGNITION_OFFSET_BYTES,
        clause: 'ECMA-167 2/8.3',
      })
    return anchor
  }
  for (const blockBytes of BLOCK_SIZES) {
    for (const block of candidates(Math.floor(source.sizeBytes / blockBytes) - 1)) {
      const anchor = anchorAt(cache, blockBytes, block)
      if (anchor === null) continue
      if (block !== ANCHOR_BLOCK) {
        const message = 'The first anchor of the UDF volume is missing or damaged; another one was used.'
        findings.add('udf-anchor-elsewhere', 'note', message, { offsetBytes: block * blockBytes, clause: 'ECMA-167 3/8.4.2.1' })
      }
      return anchor
    }
  }
  const message = 'The volume says that it has UDF, but no anchor that leads to it was found.'
  findings.add('udf-anchor-missing', 'damaged', message, { offsetBytes: ANCHOR_BLOCK * 2048, clause: 'ECMA-167 3/8.4.2.1' })
  return null
}

function candidates(lastBlock: number): Set<number> {
  const blocks = [ANCHOR_BLOCK]
  for (const trailing of TRAILING_BLOCKS) blocks.push(lastBlock - trailing, lastBlock - trailing - ANCHOR_BLOCK)
  blocks.push(UNCLOSED_ANCHOR_BLOCK)
  return new Set(blocks.filter((block) => block >= 0 && block <= lastBlock))
}

function anchorAt(cache: MetadataCache, blockBytes: number, block: number): Anchor | null {
  const bytes = cache.view(block * blockBytes, AnchorVolumeDescriptorPointer.sizeBytes)
  if (bytes.length < AnchorVolumeDescriptorPointer.sizeBytes) return null
  if (judgeTag(bytes, 0, block) !== 'sound' || tagIdentifier(bytes) !== tagIds.anchor) return null
  const { mainSequence, reserveSequence } = AnchorVolumeDescriptorPointer.parse(bytes)
  return { blockBytes, mainSequence, reserveSequence }
}

/** Whether the volume recognition sequence has NSR02 or NSR03; zeros between descriptors are those of longer blocks. */
function isRecognised(cache: MetadataCache): boolean {
  for (let step = 0; step < RECOGNITION_STEPS; step++) {
    const bytes = cache.view(RECOGNITION_OFFSET_BYTES + step * RECOGNITION_STEP_BYTES, RECOGNITION_STEP_BYTES)
    if (bytes.length < RECOGNITION_STEP_BYTES) return false
    const id = VolumeStructureDescriptor.fields.standardIdentifier.get(bytes, 0)
    if (id === recognitionIds.secondEdition || id === recognitionIds.thirdEdition) return true
    if (!KNOWN_RECOGNITION_IDS.includes(id) && id !== '\0\0\0\0\0') return false
  }
  return false
}
