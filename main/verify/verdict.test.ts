import { describe, expect, it } from 'vitest'
import type { Evidence, EvidenceOrigin, Verdict } from '../../shared/verify.ts'
import { decide } from './verdict.ts'

const evidence = (origin: EvidenceOrigin, says: Verdict): Evidence => ({ origin, says, summary: `${origin} ${says}`, chain: [] })
const verdictOf = (...found: [EvidenceOrigin, Verdict][]) => decide(found.map(([origin, says]) => evidence(origin, says))).verdict

describe('the verdict', () => {
  it('is unknown without evidence, or with none that says anything', () => {
    expect(verdictOf()).toBe('unknown')
    expect(verdictOf(['outside', 'unknown'], ['inside', 'unknown'])).toBe('unknown')
  })

  it.each(['inside', 'copy'] as const)('is never genuine for what is known from %s', (origin) => {
    expect(verdictOf([origin, 'genuine'])).not.toBe('genuine')
  })

  it('is the worst that is said from outside', () => {
    expect(verdictOf(['outside', 'genuine'], ['outside', 'damaged'])).toBe('damaged')
    expect(verdictOf(['outside', 'intact'], ['outside', 'damaged'], ['outside', 'forged'])).toBe('forged')
  })

  it('is the best that is said from outside when nothing there speaks against it', () => {
    expect(verdictOf(['outside', 'intact'], ['outside', 'genuine'], ['outside', 'unknown'])).toBe('genuine')
  })

  it('is not worse for oddities inside of what its makers published so', () => {
    expect(verdictOf(['outside', 'genuine'], ['inside', 'damaged'])).toBe('genuine')
    expect(verdictOf(['outside', 'unknown'], ['inside', 'damaged'])).toBe('damaged')
  })

  it('is damaged when a copy differs, genuine as the image may be', () => {
    expect(verdictOf(['outside', 'genuine'], ['copy', 'damaged'])).toBe('damaged')
  })

  it('tells what decided first', () => {
    const { deciding, evidence: sorted } = decide([
      evidence('inside', 'unknown'),
      evidence('outside', 'intact'),
      evidence('inside', 'intact'),
    ])
    expect(deciding?.summary).toBe('outside intact')
    expect(sorted.map(({ summary }) => summary)).toEqual(['outside intact', 'inside intact', 'inside unknown'])
  })
})
