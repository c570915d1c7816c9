import { CD_FRAMES_PER_SECOND } from './container.ts'

/** Minutes, seconds and frames of so many sectors, as players show them. */
export function trackTime(sectors: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const seconds = Math.floor(sectors / CD_FRAMES_PER_SECOND)
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(sectors % CD_FRAMES_PER_SECOND)}`
}
