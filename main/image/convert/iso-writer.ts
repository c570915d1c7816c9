/** The user data of a track as an image of its own. */
import { MAX_VOLUME_DESCRIPTORS } from '../../../shared/limits.ts'
import { type ByteSource, MemoryByteSource, readUpTo } from '../../bytes/byte-source.ts'
import type { FileSystemPlace } from '../../containers/disc-source.ts'
import { type Piece, PiecesSource } from '../../containers/pieces-source.ts'
import { DATA_BYTES } from '../../containers/sector-layout.ts'
import { DescriptorHeader, descriptorTypes, FIRST_DESCRIPTOR_LBA, PrimaryVolumeDescriptor } from '../../iso9660/volume-descriptor.ts'
import type { ImageWriter, OutputStream } from './image-writer.ts'
import { lossesBesideData } from './losses.ts'

export const isoWriter: ImageWriter = {
  format: 'iso',
  title: 'ISO image',
  extension: '.iso',
  losses: lossesBesideData,
  plan: (source, outPath) => {
    const content = standaloneImage(source.dataPlace)
    return [{ path: outPath, sizeBytes: content.sizeBytes, content, write: copyPieces, reopen: (written) => written }]
  },
}

/** As they come. */
export async function copyPieces(pieces: AsyncIterable<Uint8Array>, out: OutputStream): Promise<void> {
  for await (const piece of pieces) out.append(piece)
}

/**
 * A file system that counts from the beginning of its disc keeps its place, with its descriptors once more where every
 * program looks for them, and the size of all: so multi-session discs that can be overwritten do it as well.
 */
export function standaloneImage({ source, startLba }: FileSystemPlace): ByteSource {
  if (startLba === 0) return source
  const firstBytes = FIRST_DESCRIPTOR_LBA * DATA_BYTES
  const descriptors = widenedDescriptors(source, startLba)
  const behind = firstBytes + descriptors.length
  const pieces: Piece[] = [
    { source, offsetBytes: 0, lengthBytes: firstBytes },
    { source: new MemoryByteSource(descriptors), offsetBytes: 0, lengthBytes: descriptors.length },
    { source, offsetBytes: behind, lengthBytes: source.sizeBytes - behind },
  ]
  return new PiecesSource(pieces)
}

/** Volumes of the size of the whole image: what lies behind the end of a volume is no part of it for some programs. */
function widenedDescriptors(source: ByteSource, startLba: number): Buffer {
  const at = (startLba + FIRST_DESCRIPTOR_LBA) * DATA_BYTES
  const descriptors = readUpTo(source, at, descriptorCount(source, startLba) * DATA_BYTES)
  const blocks = Math.floor(source.sizeBytes / DATA_BYTES)
  for (let from = 0; from < descriptors.length; from += DATA_BYTES) {
    const type = DescriptorHeader.fields.type.get(descriptors, from)
    if (type !== descriptorTypes.primary && type !== descriptorTypes.supplementary) continue
    PrimaryVolumeDescriptor.fields.volumeSpaceSizeBlocks.set(descriptors, from, blocks)
  }
  return descriptors
}

/** Up to and with the terminator. */
function descriptorCount(source: ByteSource, startLba: number): number {
  for (let i = 0; i < MAX_VOLUME_DESCRIPTORS; i++) {
    const header = readUpTo(source, (startLba + FIRST_DESCRIPTOR_LBA + i) * DATA_BYTES, DescriptorHeader.sizeBytes)
    if (header.length < DescriptorHeader.sizeBytes || DescriptorHeader.fields.type.get(header, 0) === descriptorTypes.terminator)
      return i + 1
  }
  return MAX_VOLUME_DESCRIPTORS
}
