/** How an image fits on the blank discs there are. */
import { type Medium, media, smallestMediumFor } from '../../../shared/media.ts'
import { formatSize } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'

export interface Capacity {
  /** The smallest disc that holds the image; null when none does. */
  readonly medium: Medium | null
  /** Parts of the whole ring, from 0 to 1. */
  readonly filesFraction: number
  /** Directories, tables and the space that rounds files up to whole sectors. */
  readonly structureFraction: number
  readonly structureBytes: number
  readonly freeBytes: number
}

export function capacityOf(imageSizeBytes: number, contentBytes: number): Capacity {
  const medium = smallestMediumFor(imageSizeBytes)
  const whole = medium?.capacityBytes ?? imageSizeBytes
  // identical files are stored once, so the content may be larger than the image
  const fileBytes = Math.min(contentBytes, imageSizeBytes)
  const structureBytes = imageSizeBytes - fileBytes
  return {
    medium,
    filesFraction: fileBytes / whole,
    structureFraction: structureBytes / whole,
    structureBytes,
    freeBytes: whole - imageSizeBytes,
  }
}

/** `Fits on a CD 700, with 12 MB to spare`, or by how much the largest disc is too small. */
export function fitSentence(imageSizeBytes: number): string {
  const medium = smallestMediumFor(imageSizeBytes)
  const largest = media.at(-1) as Medium
  if (!medium) return say('create.capacity.too-large', { size: formatSize(imageSizeBytes - largest.capacityBytes), disc: largest.name })
  return say('create.capacity.fits', { disc: medium.name, size: formatSize(medium.capacityBytes - imageSizeBytes) })
}
