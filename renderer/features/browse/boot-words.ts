import type { ImageDescription } from '../../../shared/browse.ts'

/** `boots BIOS + UEFI`; null when nothing in it starts a computer. */
export function bootBadge({ boot }: Pick<ImageDescription, 'boot'>): string | null {
  const platforms = [...new Set(boot.filter(({ isBootable }) => isBootable).map(({ platform }) => platform))]
  return platforms.length === 0 ? null : `boots ${platforms.join(' + ')}`
}
