/** What is seen of jobs outside the window: progress in the taskbar or dock, and a notification when one ends. */
import { BrowserWindow, Notification } from 'electron'
import type { JobQueue } from '../../main/jobs/job-queue.ts'
import type { JobView } from '../../shared/job.ts'
import { problemText } from '../../shared/problem.ts'
import { tell } from '../ipc/tell.ts'
import { overallProgress } from './overall-progress.ts'
import { fromEngine, say } from './speech.ts'
import { showWindow } from './window.ts'

function notification({ title: name, state, problem }: JobView): { title: string; body: string } | null {
  const title = fromEngine(name)
  if (state === 'done') return { title: say('shell.notice.done', { title }), body: say('shell.notice.done.detail') }
  if (state === 'failed' && problem) return { title: say('shell.notice.failed', { title }), body: fromEngine(problemText(problem)) }
  return null
}

function notify(job: JobView): void {
  const text = notification(job)
  if (!text || !Notification.isSupported() || BrowserWindow.getFocusedWindow()) return
  const shown = new Notification(text)
  shown.on('click', () => {
    showWindow()
    tell('app', 'command', 'jobs')
  })
  shown.show()
}

export function setupAttention(jobs: JobQueue): void {
  const told = new Set<string>()
  jobs.listen({
    changed: (job) => {
      for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(overallProgress(jobs.list()))
      if (job.endedAtMs === null || told.has(job.id)) return
      told.add(job.id)
      notify(job)
    },
    removed: (jobId) => void told.delete(jobId),
  })
}
