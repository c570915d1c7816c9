import { Problem } from '../../../shared/problem.ts'
import { type OpenImage, openImage } from '../../image/open-image.ts'

/** A rip as an image, or null when nothing can be recognised in it: discs need not hold files, and sectors may be missing. */
export function openIfImage(path: string): OpenImage | null {
  try {
    return openImage(path)
  } catch (error) {
    if (error instanceof Problem && error.report.kind === 'image') return null
    throw error
  }
}
