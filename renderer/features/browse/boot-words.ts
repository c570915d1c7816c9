import type { ImageDescription } from '../../../shared/browse.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'

/** Of what starts computers, each platform once: `BIOS`, `UEFI`. */
export function platformsOf(boot: ImageDescription['boot']): string[] {
  return [...new Set(boot.filter(({ isBootable }) => isBootable).map(({ platform }) => fromEngine(platform)))]
}

/** `boots BIOS + UEFI · hybrid`; null when nothing in it starts a computer. */
export function bootBadge({ boot, isHybrid }: Pick<ImageDescription, 'boot' | 'isHybrid'>): string | null {
  const platforms = platformsOf(boot)
  const words = [
    platforms.length === 0 ? null : say('browse.boots', { platforms: platforms.join(' + ') }),
    isHybrid ? say('browse.hybrid') : null,
  ].filter((word) => word !== null)
  return words.length === 0 ? null : words.join(' · ')
}
