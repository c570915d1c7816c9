/** Which sheet is open over an image. */
import { create } from 'zustand'
import type { ExtractTarget } from '../../../shared/browse.ts'

interface ImageSheetsState {
  /** Names are in the way of an extraction: what to do with them is asked once. */
  readonly taken: ExtractTarget | null
  readonly ask: (taken: ExtractTarget | null) => void
}

export const useImageSheets = create<ImageSheetsState>()((set) => ({
  taken: null,
  ask: (taken) => set({ taken }),
}))
