import { expect, it } from 'vitest'
import type { BurnProgress } from '../../../../shared/drives.ts'
import type { JobPhase, JobProgress } from '../../../../shared/job.ts'
import { burnFraction, stepOf } from './burn-progress.ts'

const at = (phase: JobPhase, doneBytes: number, totalBytes: number | null = 100): JobProgress => ({
  phase,
  doneBytes,
  totalBytes,
  doneItems: 1,
  current: null,
})
const detail = (changes: Partial<BurnProgress> = {}): BurnProgress => ({
  kind: 'burn',
  bufferPercent: null,
  fifoPercent: null,
  copy: 1,
  copies: 1,
  verifies: true,
  ...changes,
})

it('only ever goes on, from preparing to the last comparison', () => {
  const course = [
    at('scan', 50),
    at('erase', 90),
    at('write', 0),
    at('write', 50),
    at('write', 100),
    at('close', 0, null),
    at('verify', 50),
    at('verify', 100),
  ]
  expect(course.map((progress) => burnFraction(progress, detail()))).toEqual([0, 0, 0, 0.25, 0.5, 0.5, 0.75, 1])
})

it('is full when the disc is closed where nothing is compared, and counts all discs', () => {
  expect(burnFraction(at('close', 0, null), detail({ verifies: false }))).toBe(1)
  expect(burnFraction(at('write', 50), detail({ verifies: false, copy: 2, copies: 4 }))).toBe(0.375)
})

it('what comes before writing is preparation', () => {
  expect((['scan', 'plan', 'erase', 'prepare', 'write', 'close', 'verify'] as const).map(stepOf)).toEqual([
    'prepare',
    'prepare',
    'prepare',
    'prepare',
    'write',
    'close',
    'verify',
  ])
})
