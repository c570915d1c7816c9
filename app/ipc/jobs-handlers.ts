import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { app, dialog, shell } from 'electron'
import { ioProblem } from '../../main/bytes/io-problem.ts'
import type { AdmittedSource } from '../../shared/ipc.ts'
import type { JobView } from '../../shared/job.ts'
import { Problem } from '../../shared/problem.ts'
import { fromEngine, say } from '../setup/speech.ts'
import { lossByStopping } from '../setup/stop-words.ts'
import type { Services } from '../state/services.ts'
import { askForAgain } from './ask-again.ts'
import type { GroupHandlers } from './asker.ts'
import { type Confirmation, confirmed } from './confirmed.ts'
import { logText } from './log-text.ts'

export function jobsHandlers({ jobs, settings, sources }: Services): GroupHandlers<'jobs'> {
  return {
    list: () => jobs.list(),
    log: ({ jobId }) => [...jobs.log(jobId)],
    cancel: async ({ jobId }, { window }) => {
      const job = jobs.view(jobId)
      const loss = lossByStopping(job)
      if (loss !== null && !(await confirmed(window, stopQuestion(job.title, say(loss))))) return false
      jobs.cancel(jobId)
      return true
    },
    pause: ({ jobId, isPaused }) => {
      jobs.pause(jobId, isPaused)
      return null
    },
    finish: ({ jobId }) => {
      jobs.answer(jobId, 'finish')
      return null
    },
    saveLog: async ({ jobId }, { window }) => {
      const job = jobs.view(jobId)
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: say('shell.dialog.save-log'),
        buttonLabel: say('shell.dialog.save'),
        defaultPath: join(settings.get('targetFolder') ?? app.getPath('documents'), `${job.title.replace(/[/\\:]/g, ' ')}.log`),
        filters: [{ name: say('shell.files.logs'), extensions: ['log', 'txt'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || !filePath) return false
      try {
        await writeFile(filePath, logText(job, jobs.log(jobId), ISOMER_VERSION))
      } catch (error) {
        throw ioProblem(error, `Could not save the log in ${dirname(filePath)}.`)
      }
      return true
    },
    remove: ({ jobId }) => {
      jobs.remove(jobId)
      return null
    },
    move: ({ jobId, places }) => {
      jobs.move(jobId, places)
      return jobs.list()
    },
    again: async ({ jobId }, { window }) => {
      const spec = await askForAgain(jobs.againSpec(jobId), window)
      return spec && { jobId: jobs.again(jobId, spec) }
    },
    reveal: ({ jobId }) => {
      shell.showItemInFolder(madePath(jobs.view(jobId)))
      return null
    },
    result: async ({ jobId }) => {
      const [source] = await sources.admit([madePath(jobs.view(jobId))])
      return source as AdmittedSource
    },
  }
}

const stopQuestion = (title: string, loss: string): Confirmation => ({
  message: say('shell.stop', { title: fromEngine(title) }),
  detail: loss,
  yes: say('shell.stop.yes'),
  no: say('shell.stop.no'),
})

function madePath({ result }: JobView): string {
  if (result) return result.path
  throw new Problem({ kind: 'usage', code: 'no-result', message: 'This job has made nothing that could be shown.' })
}
