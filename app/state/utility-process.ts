import { join } from 'node:path'
import { app, utilityProcess } from 'electron'
import type { ProcessPort } from '../../main/jobs/process-port.ts'

type ProcessFile = 'job-process.js' | 'workbench-process.js'

/** Starts a process of ours: its own heap and event loop, and its crash is not ours. */
export function startUtilityProcess(file: ProcessFile, serviceName: string): ProcessPort {
  const child = utilityProcess.fork(join(app.getAppPath(), 'dist/main', file), [], { serviceName, stdio: 'inherit' })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
