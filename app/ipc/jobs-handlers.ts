import { shell } from 'electron'
import { Problem } from '../../shared/problem.ts'
import type { Services } from '../state/services.ts'
import type { GroupHandlers } from './asker.ts'

export function jobsHandlers({ jobs }: Services): GroupHandlers<'jobs'> {
  return {
    list: () => jobs.list(),
    log: ({ jobId }) => [...jobs.log(jobId)],
    cancel: ({ jobId }) => {
      jobs.cancel(jobId)
      return null
    },
    remove: ({ jobId }) => {
      jobs.remove(jobId)
      return null
    },
    reveal: ({ jobId }) => {
      const { result } = jobs.view(jobId)
      if (!result) throw new Problem({ kind: 'usage', code: 'no-result', message: 'This job has made nothing that could be shown.' })
      shell.showItemInFolder(result.path)
      return null
    },
  }
}
