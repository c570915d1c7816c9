import { expect, it } from 'vitest'
import { lossByStopping, lossesByQuitting } from './stop-words.ts'

it('warns of a disc that is being written, and not of one that waits for its turn', () => {
  expect(lossByStopping({ kind: 'burn', state: 'running' })).toBe('shell.loss.burn')
  expect(lossByStopping({ kind: 'burn', state: 'queued' })).toBeNull()
  expect(lossByStopping({ kind: 'rip', state: 'running' })).toBeNull()
})

it('says of each kind of job once what quitting does to it', () => {
  const losses = lossesByQuitting([
    { kind: 'burn', state: 'running' },
    { kind: 'burn', state: 'running' },
    { kind: 'rip', state: 'paused' },
    { kind: 'create', state: 'running' },
  ])
  expect(losses).toEqual(['shell.loss.burn', 'shell.loss.rip', 'shell.loss.others'])
})
