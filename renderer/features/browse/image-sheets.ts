/** Which sheet is open over an image. */
import { create } from 'zustand'
import type { ExtractTarget } from '../../../shared/browse.ts'

interface ImageSheetsState {
  /** Names are in the way of an extraction: what to do with them is asked once. */
  readonly taken: ExtractTarget | null
  /** Whether it is asked what to compare with. */
  readonly isComparing: boolean
  /** Whether it is asked what to convert to. */
  readonly isConverting: boolean
  readonly ask: (taken: ExtractTarget | null) => void
  readonly compare: (isComparing: boolean) => void
  readonly convert: (isConverting: boolean) => void
}

export const useImageSheets = create<ImageSheetsState>()((set) => ({
  taken: null,
  isComparing: false,
  isConverting: false,
  ask: (taken) => set({ taken }),
  compare: (isComparing) => set({ isComparing }),
  convert: (isConverting) => set({ isConverting }),
}))
