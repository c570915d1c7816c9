/** What is being verified: the files that were brought along, what else was asked for, and the job that reads the image. */
import { create } from 'zustand'
import { type DigestKind, type ExpectedDigest, readExpectedDigest } from '../../shared/digest.ts'
import type { AdmittedSource } from '../../shared/ipc.ts'
import { Problem, type ProblemReport } from '../../shared/problem.ts'
import type { TrustedKey } from '../../shared/verify.ts'
import type { VerifyCase } from '../../shared/verify-case.ts'
import { answerOf } from './notices.ts'

/** What somebody asks for beside the verdict. */
export interface VerifyWishes {
  /** As it was typed or pasted. */
  readonly expected: string
  readonly digests: ReadonlySet<DigestKind>
  readonly checksContents: boolean
  readonly against: AdmittedSource | null
}

interface VerifyingState {
  readonly found: VerifyCase | null
  /** While files are being looked at. */
  readonly isLooking: boolean
  readonly jobId: string | null
  readonly wishes: VerifyWishes
  /** Null until main has said. */
  readonly keys: readonly TrustedKey[] | null
  /** Brings files along and starts as soon as it is clear which image is meant. */
  readonly bring: (tokens: readonly string[]) => Promise<void>
  readonly start: () => Promise<void>
  readonly trust: (fingerprint: string) => Promise<void>
  readonly wish: (changes: Partial<VerifyWishes>) => void
  readonly startOver: () => void
  readonly loadKeys: () => Promise<void>
  readonly forgetKey: (fingerprint: string) => Promise<void>
}

const noWishes: VerifyWishes = { expected: '', digests: new Set(), checksContents: false, against: null }

/** The value that was typed, or what is wrong with it. */
export function expectedOf(text: string): { readonly expected: ExpectedDigest | null; readonly problem: ProblemReport | null } {
  try {
    return { expected: readExpectedDigest(text), problem: null }
  } catch (error) {
    if (error instanceof Problem) return { expected: null, problem: error.report }
    throw error
  }
}

export const useVerifying = create<VerifyingState>()((set, get) => {
  const show = async (found: VerifyCase | undefined) => {
    set({ isLooking: false })
    if (!found) return
    const isOther = found.image?.token !== get().found?.image?.token
    set({ found, jobId: null, ...(isOther ? { wishes: noWishes } : {}) })
    if (found.image !== null) await get().start()
  }
  return {
    found: null,
    isLooking: false,
    jobId: null,
    wishes: noWishes,
    keys: null,
    bring: async (tokens) => {
      set({ isLooking: true })
      await show(await answerOf(window.isomer.verify.bring({ tokens: [...tokens], caseId: get().found?.caseId ?? null })))
    },
    start: async () => {
      const { found, wishes } = get()
      const { expected, problem } = expectedOf(wishes.expected)
      if (!found?.image || problem !== null) return
      const started = await answerOf(
        window.isomer.verify.start({
          caseId: found.caseId,
          expected: expected === null ? [] : [{ kinds: [...expected.kinds], hex: expected.hex }],
          digests: wishes.digests.size === 0 ? [] : ['sha256', ...[...wishes.digests].filter((kind) => kind !== 'sha256')],
          checksContents: wishes.checksContents,
          against: wishes.against?.token ?? null,
        }),
      )
      if (started) set({ jobId: started.jobId })
    },
    trust: async (fingerprint) => {
      const caseId = get().found?.caseId
      if (caseId === undefined) return
      await show(await answerOf(window.isomer.verify.trust({ caseId, fingerprint })))
      await get().loadKeys()
    },
    wish: (changes) => set(({ wishes }) => ({ wishes: { ...wishes, ...changes } })),
    startOver: () => set({ found: null, jobId: null, wishes: noWishes }),
    loadKeys: async () => {
      const keys = await answerOf(window.isomer.verify.keys())
      if (keys) set({ keys })
    },
    forgetKey: async (fingerprint) => {
      const keys = await answerOf(window.isomer.verify.forgetKey({ fingerprint }))
      if (keys) set({ keys })
    },
  }
})
