/** Problems that belong to no place of their own, shown over the window until somebody closes them. */
import { create } from 'zustand'
import type { Reply } from '../../shared/ipc.ts'
import type { ProblemReport } from '../../shared/problem.ts'

export interface Notice {
  readonly id: number
  readonly problem: ProblemReport
}

interface NoticesState {
  readonly notices: readonly Notice[]
  readonly show: (problem: ProblemReport) => void
  readonly close: (id: number) => void
}

let nextId = 1

export const useNotices = create<NoticesState>()((set) => ({
  notices: [],
  show: (problem) =>
    set(({ notices }) => ({
      // the same problem again replaces the older one
      notices: [...notices.filter((notice) => notice.problem.message !== problem.message), { id: nextId++, problem }].slice(-3),
    })),
  close: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
}))

/** The answer, or undefined after its problem was shown as a notice (being cancelled is no problem). */
export async function answerOf<T>(reply: Promise<Reply<T>>): Promise<T | undefined> {
  const settled = await reply
  if (settled.ok) return settled.value
  if (settled.problem.kind !== 'cancelled') useNotices.getState().show(settled.problem)
  return undefined
}

/** Shows problems that main had before there was a window. */
export async function showProblems(reply: Promise<Reply<ProblemReport[]>>): Promise<void> {
  for (const problem of (await answerOf(reply)) ?? []) useNotices.getState().show(problem)
}
