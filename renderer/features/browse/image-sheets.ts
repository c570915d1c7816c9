/** Which sheet is open over an image. */
import { create } from 'zustand'
import type { ExtractTarget } from '../../../shared/browse.ts'

export type ImageSheet = 'check'

interface ImageSheetsState {
  readonly sheet: ImageSheet | null
  /** Names are in the way of an extraction: what to do with them is asked once. */
  readonly taken: ExtractTarget | null
  readonly show: (sheet: ImageSheet | null) => void
  readonly ask: (taken: ExtractTarget | null) => void
}

export const useImageSheets = create<ImageSheetsState>()((set) => ({
  sheet: null,
  taken: null,
  show: (sheet) => set({ sheet }),
  ask: (taken) => set({ taken }),
}))
