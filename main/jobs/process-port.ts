/** The two ends of a line between the shell and a process of ours. The shell makes utility processes, tests fork. */

/** The shell's end: a process that runs. */
export interface ProcessPort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, however the process ended. */
  onExit(listener: () => void): void
  /** Ends the process at once. */
  kill(): void
}

export type StartProcess = () => ProcessPort

/** The process's own end. */
export interface ParentLine {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

interface UtilityParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** The line to whoever started this process: Electron's `parentPort` in a utility process, else Node's own channel. */
export function parentLine(): ParentLine {
  const utility = (process as unknown as { parentPort?: UtilityParentPort }).parentPort
  if (utility)
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data)),
    }
  // A utility process ends with the shell; a forked one has to see to it.
  process.on('disconnect', () => process.exit(1))
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  }
}
