/** Facts of this installation, asked for once. */
import { create } from 'zustand'
import type { AppFacts } from '../../shared/ipc.ts'
import { answerOf } from './notices.ts'

interface FactsState {
  readonly facts: AppFacts | null
  readonly load: () => Promise<void>
}

export const useFacts = create<FactsState>()((set) => ({
  facts: null,
  load: async () => set({ facts: (await answerOf(window.isomer.app.facts())) ?? null }),
}))
