/** A process that runs one job: it says `ready`, is told to start, reports, and says how it ended. */
import { problemReport } from '../../shared/problem.ts'
import type { FromJobProcess, ToJobProcess } from './job-messages.ts'
import { ProcessJobControl } from './process-job-control.ts'
import { parentLine } from './process-port.ts'
import { runJob } from './run-job.ts'

const line = parentLine()
const post = (message: FromJobProcess) => line.post(message)
const control = new ProcessJobControl(post)

function fail(thrown: unknown): void {
  control.end()
  post({ type: 'failed', problem: problemReport(thrown) })
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

line.onMessage((raw) => {
  const message = raw as ToJobProcess
  switch (message.type) {
    case 'cancel':
      return control.cancel()
    case 'pause':
      return control.pause()
    case 'resume':
      return control.resume()
    case 'answer':
      return control.answer(message.answer)
    case 'start':
      runJob(message.spec, control).then((result) => {
        control.end()
        post({ type: 'done', result })
      }, fail)
  }
})
post({ type: 'ready' })
