import type { ImageDescription } from '../../../shared/browse.ts'

/** `boots BIOS + UEFI · hybrid`; null when nothing in it starts a computer. */
export function bootBadge({ boot, isHybrid }: Pick<ImageDescription, 'boot' | 'isHybrid'>): string | null {
  const platforms = [...new Set(boot.filter(({ isBootable }) => isBootable).map(({ platform }) => platform))]
  const words = [platforms.length === 0 ? null : `boots ${platforms.join(' + ')}`, isHybrid ? 'hybrid' : null].filter(
    (word) => word !== null,
  )
  return words.length === 0 ? null : words.join(' · ')
}
