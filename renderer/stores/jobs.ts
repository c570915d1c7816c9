/** The jobs as main tells them, and which one is opened. */
import { create } from 'zustand'
import type { JobState, JobView } from '../../shared/job.ts'
import { answerOf } from './notices.ts'

interface JobsState {
  readonly jobs: ReadonlyMap<string, JobView>
  /** The finished job whose details are open. */
  readonly openedId: string | null
  /** Finished while another place was shown, and not looked at yet. */
  readonly newsId: string | null
  readonly apply: (job: JobView) => void
  readonly forget: (jobId: string) => void
  readonly open: (jobId: string | null) => void
  readonly dismissNews: () => void
  readonly load: () => Promise<void>
  readonly move: (jobId: string, places: -1 | 1) => Promise<void>
  /** Gives the id of the new job; null when somebody thought better of it. */
  readonly again: (jobId: string) => Promise<string | null>
}

const RUNNING: ReadonlySet<JobState> = new Set(['running', 'paused', 'cancelling'])
const ENDED: ReadonlySet<JobState> = new Set(['done', 'failed', 'cancelled', 'interrupted'])

export const isRunning = (job: JobView): boolean => RUNNING.has(job.state)
export const isEnded = (job: JobView): boolean => ENDED.has(job.state)

export const useJobs = create<JobsState>()((set) => ({
  jobs: new Map(),
  openedId: null,
  newsId: null,
  apply: (job) =>
    set((state) => {
      const before = state.jobs.get(job.id)
      const hasJustEnded = isEnded(job) && before !== undefined && !isEnded(before)
      return {
        jobs: new Map(state.jobs).set(job.id, job),
        ...(hasJustEnded ? { openedId: job.id, newsId: job.state === 'cancelled' ? state.newsId : job.id } : {}),
      }
    }),
  forget: (jobId) =>
    set((state) => {
      const jobs = new Map(state.jobs)
      jobs.delete(jobId)
      return { jobs, newsId: state.newsId === jobId ? null : state.newsId }
    }),
  open: (openedId) => set({ openedId }),
  dismissNews: () => set({ newsId: null }),
  load: async () => {
    const list = await answerOf(window.isomer.jobs.list())
    if (list) set((state) => ({ jobs: new Map([...list.map((job) => [job.id, job] as const), ...state.jobs]) }))
  },
  move: async (jobId, places) => {
    const list = await answerOf(window.isomer.jobs.move({ jobId, places }))
    if (list) set({ jobs: new Map(list.map((job) => [job.id, job] as const)) })
  },
  again: async (jobId) => {
    return (await answerOf(window.isomer.jobs.again({ jobId })))?.jobId ?? null
  },
}))

interface JobsInOrder {
  readonly running: JobView[]
  readonly waiting: JobView[]
  /** Not over when Isomer ended. */
  readonly interrupted: JobView[]
  readonly ended: JobView[]
}

/** Running first, then waiting in their order, then interrupted and ended ones, these with the latest first. */
export function inOrder(jobs: Iterable<JobView>): JobsInOrder {
  const all = [...jobs]
  return {
    running: all.filter(isRunning),
    waiting: all.filter((job) => job.state === 'queued'),
    interrupted: all.filter((job) => job.state === 'interrupted'),
    ended: all.filter((job) => isEnded(job) && job.state !== 'interrupted').sort((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0)),
  }
}
