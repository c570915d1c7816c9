import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ProcessPort } from '../../main/jobs/process-port.ts'
import { SpareProcess } from './spare-process.ts'

interface Started extends ProcessPort {
  readonly number: number
  end(): void
  isKilled: boolean
}

let started: Started[]
let spare: SpareProcess
beforeEach(() => {
  vi.useFakeTimers()
  started = []
  spare = new SpareProcess(() => {
    let end = () => {}
    const port: Started = {
      number: started.length,
      isKilled: false,
      post: () => {},
      onMessage: () => {},
      onExit: (listener) => {
        end = listener
      },
      kill: () => {
        port.isKilled = true
      },
      end: () => end(),
    }
    started.push(port)
    return port
  })
})
afterEach(() => vi.useRealTimers())

const take = () => (spare.take() as Started).number

it('gives the process that is ready, and gets another one ready in a while', () => {
  spare.prepare()
  expect(started).toHaveLength(1)
  expect(take()).toBe(0)
  expect(started).toHaveLength(1)
  vi.runAllTimers()
  expect(started).toHaveLength(2)
  expect([take(), take()]).toEqual([1, 2])
})

it('never gives one that has ended', () => {
  spare.prepare()
  started[0]?.end()
  expect(take()).toBe(1)
})

it('ends the one that nobody took, and starts no more', () => {
  spare.prepare()
  take()
  vi.runAllTimers()
  spare.stop()
  spare.prepare()
  expect(started.map(({ isKilled }) => isKilled)).toEqual([false, true])
})
