import { describe, expect, it } from 'vitest'
import type { JobProgress } from '../../shared/job.ts'
import { ProgressMeter } from './progress-meter.ts'

const at = (doneBytes: number, phase: JobProgress['phase'] = 'write', totalBytes: number | null = 10_000): JobProgress => ({
  phase,
  doneBytes,
  totalBytes,
  doneItems: 0,
  current: null,
})

describe('progress meter', () => {
  it('says nothing before it knows', () => {
    const meter = new ProgressMeter()
    meter.update(at(0), 0)
    meter.update(at(900), 100)
    expect(meter.bytesPerSecond).toBeNull()
    expect(meter.remainingMs(at(900))).toBeNull()
  })

  it('gives an even speed as it is, and the time that is left', () => {
    const meter = new ProgressMeter()
    for (let second = 0; second <= 5; second++) meter.update(at(second * 1000), second * 1000)
    expect(meter.bytesPerSecond).toBe(1000)
    expect(meter.remainingMs(at(5000))).toBe(5000)
    expect(meter.remainingMs(at(5000, 'write', null))).toBeNull()
  })

  it('lets one slow second through only in part', () => {
    const meter = new ProgressMeter()
    for (let second = 0; second <= 5; second++) meter.update(at(second * 1000), second * 1000)
    meter.update(at(5000), 6000)
    expect(meter.bytesPerSecond).toBeGreaterThan(600)
    expect(meter.bytesPerSecond).toBeLessThan(1000)
  })

  it('begins again with each phase', () => {
    const meter = new ProgressMeter()
    meter.update(at(0, 'read'), 0)
    meter.update(at(5000, 'read'), 1000)
    meter.update(at(0, 'write'), 1100)
    expect(meter.bytesPerSecond).toBeNull()
  })
})
