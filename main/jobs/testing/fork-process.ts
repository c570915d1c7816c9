import { fork } from 'node:child_process'
import type { ProcessPort } from '../process-port.ts'

/** A process of ours as plain Node forks it; `pid` lets a test end it from outside. */
export function forkProcess(file: string, args: readonly string[] = []): ProcessPort & { readonly pid: number } {
  const child = fork(file, args, { stdio: 'inherit', serialization: 'advanced', execArgv: [] })
  return {
    pid: child.pid ?? -1,
    // What a dead process doesn't hear is told by its exit.
    post: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
