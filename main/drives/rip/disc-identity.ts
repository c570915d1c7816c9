/** Whether the disc in the drive is the one that an unfinished image was read from. */
import { readSync } from 'node:fs'
import { Problem } from '../../../shared/problem.ts'
import { alignedBuffer } from '../../bytes/aligned-buffer.ts'
import { readReadable, type SectorSource } from '../../bytes/sector-source.ts'
import type { RescueMap } from './rescue-map.ts'

/** Sectors compared: the volume descriptors', whose dates and labels differ between discs, and some from all over. */
const SAMPLES = 16
const FIRST_DESCRIPTOR_SECTOR = 16

/** Throws a `usage` Problem when sectors that were read are different on the disc, or the map is of a larger disc. */
export async function requireSameDisc(source: SectorSource, imageFd: number, map: RescueMap): Promise<void> {
  if (map.sizeBytes > source.sizeBytes) throw otherDisc(source.name)
  const { sectorBytes } = source
  const sectorCount = Math.floor(map.sizeBytes / sectorBytes)
  const buffer = alignedBuffer(sectorBytes)
  const spread = Array.from({ length: SAMPLES }, (_, i) => Math.floor((sectorCount * i) / SAMPLES))
  for (const sector of new Set([FIRST_DESCRIPTOR_SECTOR, ...spread])) {
    const at = sector * sectorBytes
    if (sector >= sectorCount || map.statusAt(at) !== 'finished' || map.statusAt(at + sectorBytes - 1) !== 'finished') continue
    if (!(await isSameSector(source, imageFd, at, buffer))) throw otherDisc(source.name)
  }
}

/** A sector that can't be read this time proves nothing. */
async function isSameSector(source: SectorSource, imageFd: number, offsetBytes: number, theirs: Buffer): Promise<boolean> {
  if ((await readReadable(source, offsetBytes, theirs)) < theirs.length) return true
  const ours = Buffer.alloc(theirs.length)
  return readSync(imageFd, ours, 0, ours.length, offsetBytes) === ours.length && ours.equals(theirs)
}

function otherDisc(name: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'other-disc',
    message: `The disc in ${name} is not the one that the unfinished image was read from.`,
    kept: 'Image and map were left as they are.',
    advice: 'Put the right disc in, or begin again under another name.',
  })
}
