import { expect, it } from 'vitest'
import { lossByQuitting, lossByStopping } from './stop-words.ts'

it('warns of a disc that is being written, and not of one that waits for its turn', () => {
  expect(lossByStopping({ kind: 'burn', state: 'running' })).toMatch(/can’t be used/)
  expect(lossByStopping({ kind: 'burn', state: 'queued' })).toBeNull()
  expect(lossByStopping({ kind: 'rip', state: 'running' })).toBeNull()
})

it('says of each kind of job once what quitting does to it', () => {
  const text = lossByQuitting([
    { kind: 'burn', state: 'running' },
    { kind: 'burn', state: 'running' },
    { kind: 'rip', state: 'paused' },
    { kind: 'create', state: 'running' },
  ])
  expect(text.split('\n\n')).toEqual([
    expect.stringMatching(/^A disc that is being written/),
    expect.stringMatching(/^What was read from a disc is kept/),
    expect.stringMatching(/^What is half-written is removed/),
  ])
})
