import { expect, it } from 'vitest'
import { type SpeedPoint, withPoint } from './job-traces.ts'

it('a trace keeps the whole course of a long job in few points', () => {
  let points: readonly SpeedPoint[] = []
  for (let atMs = 0; atMs <= 3_600_000; atMs += 100) points = withPoint(points, { atMs, bytesPerSecond: atMs })
  expect(points.length).toBeLessThanOrEqual(401)
  expect(points.length).toBeGreaterThan(100)
  expect(points[0]?.atMs).toBe(0)
  expect(points.at(-1)?.atMs).toBeGreaterThan(3_580_000)
})

it('what comes too soon after the last one is left out', () => {
  const points = withPoint([], { atMs: 1000, bytesPerSecond: 5 })
  expect(withPoint(points, { atMs: 1050, bytesPerSecond: 9 })).toBe(points)
})
