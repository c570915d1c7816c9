import { join } from 'node:path'
import { app, utilityProcess } from 'electron'
import type { ProcessPort } from '../../main/jobs/process-port.ts'

type ProcessFile = 'job-process.js' | 'workbench-process.js' | 'browse-process.js'

/** Starts a process of ours: its own heap, no larger than that if given, and event loop, and its crash is not ours. */
export function startUtilityProcess(file: ProcessFile, serviceName: string, mostHeapMiB?: number): ProcessPort {
  const execArgv = mostHeapMiB === undefined ? [] : [`--max-old-space-size=${mostHeapMiB}`]
  const child = utilityProcess.fork(join(app.getAppPath(), 'dist/main', file), [], { serviceName, stdio: 'inherit', execArgv })
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  }
}
