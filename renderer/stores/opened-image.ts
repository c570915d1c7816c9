/** The image that was opened on Home, and what it is at a glance. */
import { create } from 'zustand'
import type { AdmittedSource, ImageGlance } from '../../shared/ipc.ts'
import type { ProblemReport } from '../../shared/problem.ts'

interface OpenedImageState {
  readonly source: AdmittedSource | null
  /** Null while it is being read. */
  readonly glance: ImageGlance | null
  readonly problem: ProblemReport | null
  readonly open: (source: AdmittedSource) => Promise<void>
  readonly close: () => void
}

export const useOpenedImage = create<OpenedImageState>()((set, get) => ({
  source: null,
  glance: null,
  problem: null,
  open: async (source) => {
    set({ source, glance: null, problem: null })
    const reply = await window.isomer.images.glance({ token: source.token })
    if (get().source !== source) return
    set(reply.ok ? { glance: reply.value } : { problem: reply.problem })
  },
  close: () => set({ source: null, glance: null, problem: null }),
}))
