import { Worker } from 'node:worker_threads'

/**
 * A thread that runs a function from its source text, so that it needs no file of its own: the function may use nothing
 * from outside. What this process was started with is not handed on: it may name files that can't be read any more.
 */
export function workerOf(program: () => void, workerData: unknown): Worker {
  return new Worker(`(${program.toString()})()`, { eval: true, execArgv: [], workerData })
}
