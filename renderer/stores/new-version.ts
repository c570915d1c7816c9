/** Whether there is a newer version: what Isomer found by itself, and what came of a look that somebody asked for. */
import { create } from 'zustand'
import type { ProblemReport } from '../../shared/problem.ts'
import { answerOf } from './notices.ts'

export type Look =
  | { readonly state: 'looking' }
  | { readonly state: 'newest' }
  | { readonly state: 'newer'; readonly version: string }
  | { readonly state: 'unknown'; readonly problem: ProblemReport }

interface NewVersionState {
  /** To be pointed out; null when there is nothing, or it was seen. */
  readonly found: string | null
  /** Null until somebody asks. */
  readonly look: Look | null
  readonly hear: (version: string) => void
  readonly lookNow: () => Promise<void>
  readonly openPage: () => Promise<void>
  readonly passOver: () => Promise<void>
}

export const useNewVersion = create<NewVersionState>()((set) => ({
  found: null,
  look: null,
  hear: (found) => set({ found }),
  lookNow: async () => {
    set({ look: { state: 'looking' } })
    const reply = await window.isomer.updates.look()
    if (!reply.ok) return set({ look: { state: 'unknown', problem: reply.problem } })
    set({ look: reply.value === null ? { state: 'newest' } : { state: 'newer', version: reply.value } })
  },
  openPage: async () => {
    set({ found: null })
    await answerOf(window.isomer.updates.openPage())
  },
  passOver: async () => {
    set({ found: null })
    await answerOf(window.isomer.updates.passOver())
  },
}))
