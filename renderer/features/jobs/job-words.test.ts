import { expect, test } from 'vitest'
import type { JobProgress, JobView } from '../../../shared/job.ts'
import type { Verdict, VerifyResult } from '../../../shared/verify.ts'
import { activityWords, amountWords, jobFraction, milestoneWords, outcomeTone, outcomeWords, remainingWords } from './job-words.ts'

const progress = (doneBytes: number, totalBytes: number | null): JobProgress => ({
  phase: 'write',
  doneBytes,
  totalBytes,
  doneItems: 0,
  current: null,
})
const job = (changes: Partial<JobView>): JobView => ({
  id: '1',
  kind: 'create',
  title: 'Photos.iso',
  state: 'running',
  canPause: true,
  question: null,
  progress: null,
  bytesPerSecond: null,
  remainingMs: null,
  startedAtMs: 0,
  endedAtMs: null,
  result: null,
  problem: null,
  repeat: null,
  ...changes,
})

test('progress is unknown until the whole is', () => {
  expect(jobFraction(job({}))).toBeNull()
  expect(jobFraction(job({ progress: progress(10, null) }))).toBeNull()
  expect(jobFraction(job({ progress: progress(1, 4) }))).toBe(0.25)
  expect(amountWords(job({ progress: progress(1_200_000_000, 4_300_000_000) }))).toBe('1.2 GB of 4.3 GB')
})

test('says what is being done and how long it takes', () => {
  expect(activityWords(job({ progress: progress(1, 2) }))).toBe('Writing the image')
  expect(activityWords(job({ state: 'cancelling', progress: progress(1, 2) }))).toBe('Stopping…')
  expect(activityWords(job({ state: 'queued' }))).toBe('Waiting for its turn')
  expect(remainingWords(125_000)).toBe('about 2 min 5 s left')
  expect(remainingWords(400)).toBe('almost done')
})

test('a check is green only where a signature proves the image, and red where it says no', () => {
  const told = (verdict: Verdict, refusals: readonly string[] = []) => {
    const ended = job({ kind: 'verify', state: 'done', result: { kind: 'verify', verdict, refusals } as VerifyResult })
    return [outcomeWords(ended), outcomeTone(ended)]
  }
  expect(told('genuine')).toEqual(['Genuine', 'good'])
  expect(told('intact')).toEqual(['Intact', 'plain'])
  expect(told('unknown')).toEqual(['Unknown', 'plain'])
  expect(told('damaged', ['no'])).toEqual(['Damaged', 'bad'])
  expect(told('forged')).toEqual(['Forged', 'bad'])
  expect(told('intact', ['no such signature'])).toEqual(['Not confirmed', 'bad'])
})

test('milestones are told once each', () => {
  const at = (done: number) => job({ progress: progress(done, 100) })
  expect(milestoneWords(undefined, at(0))).toBe('Photos.iso: started')
  expect(milestoneWords(at(24), at(26))).toBe('Photos.iso: 25 %')
  expect(milestoneWords(at(26), at(49))).toBeNull()
  expect(milestoneWords(at(90), job({ state: 'done' }))).toBe('Photos.iso: Ready')
})
