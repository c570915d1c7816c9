/** Which place of the window is shown. */
import { create } from 'zustand'

export type Place = 'home' | 'images' | 'create' | 'mounts' | 'verify' | 'drives' | 'jobs' | 'settings'

interface PlacesState {
  readonly place: Place
  readonly isPaletteOpen: boolean
  readonly go: (place: Place) => void
  readonly openPalette: (isOpen: boolean) => void
}

export const usePlaces = create<PlacesState>()((set) => ({
  place: 'home',
  isPaletteOpen: false,
  go: (place) => set({ place, isPaletteOpen: false }),
  openPalette: (isPaletteOpen) => set({ isPaletteOpen }),
}))
