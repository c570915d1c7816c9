import { describe, expect, it } from 'vitest'
import type { FromJobProcess } from './job-messages.ts'
import { ProcessJobControl } from './process-job-control.ts'

const SLICE_MS = 30
/** Work that has gone on for so long that its checkpoint lets messages in. */
async function busy(): Promise<void> {
  const endMs = performance.now() + SLICE_MS
  while (performance.now() < endMs) await new Promise(setImmediate)
}
const question = { kind: 'next-disc', copy: 2, copies: 3, refusal: null } as const

describe('work in a process of its own', () => {
  it('stands still at a checkpoint while it is paused', async () => {
    const control = new ProcessJobControl(() => {})
    control.pause()
    await busy()
    let wentOn = false
    const checkpoint = Promise.resolve(control.checkpoint()).then(() => {
      wentOn = true
    })
    await busy()
    expect(wentOn).toBe(false)
    control.resume()
    await checkpoint
  })

  it('stops at a cancel though it is paused', async () => {
    const control = new ProcessJobControl(() => {})
    control.pause()
    await busy()
    const checkpoint = control.checkpoint()
    control.cancel()
    await expect(checkpoint).rejects.toMatchObject({ report: { kind: 'cancelled' } })
  })

  it('asks once, and hears no answer to what it does not ask', () => {
    const posted: FromJobProcess[] = []
    const control = new ProcessJobControl((message) => posted.push(message))
    control.answer('finish')
    expect(control.ask(question)).toBeNull()
    expect(control.ask({ ...question })).toBeNull()
    control.answer('finish')
    expect(control.ask(question)).toBe('finish')
    expect(control.ask(null)).toBeNull()
    expect(posted).toEqual([
      { type: 'question', question },
      { type: 'question', question: null },
    ])
  })
})
