/** Capacities of blank discs, as the field counts them: sectors of 2048 bytes. */

export interface Medium {
  readonly name: string
  readonly capacityBytes: number
}

const sectors = (count: number): number => count * 2048

/** Smallest first. DVD and BD figures are the standards' user-data sectors. */
export const media: readonly Medium[] = [
  { name: 'CD 650', capacityBytes: sectors(333_000) },
  { name: 'CD 700', capacityBytes: sectors(359_844) },
  { name: 'DVD', capacityBytes: sectors(2_295_104) },
  { name: 'DVD DL', capacityBytes: sectors(4_171_712) },
  { name: 'BD 25', capacityBytes: sectors(12_219_392) },
  { name: 'BD 50', capacityBytes: sectors(24_438_784) },
  { name: 'BD 100', capacityBytes: sectors(48_878_592) },
  { name: 'BD 128', capacityBytes: sectors(62_500_864) },
]

/** The smallest disc that holds an image of this size; null when none does. */
export function smallestMediumFor(sizeBytes: number): Medium | null {
  return media.find((medium) => sizeBytes <= medium.capacityBytes) ?? null
}
