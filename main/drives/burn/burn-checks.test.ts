import { describe, expect, it } from 'vitest'
import type { DriveFacts, MediumFacts } from '../../../shared/drives.ts'
import { type BurnWish, decideBurn, decideErase } from './burn-checks.ts'

const blankCd: MediumFacts = {
  kind: 'CD-R',
  state: 'blank',
  isRewritable: false,
  isOverwritable: false,
  sessions: [],
  capacityBytes: 700_000_000,
  readableBytes: 0,
  freeBytes: 700_000_000,
  label: null,
  writeSpeeds: [],
}
const drive = (medium: Partial<MediumFacts> | null, unknownBecause: string | null = null): DriveFacts => ({
  address: '/dev/sr0',
  vendor: 'ACME',
  model: 'BURNER',
  revision: '1',
  medium: medium === null ? null : { ...blankCd, ...medium },
  unknownBecause,
})
const wish = (changes: Partial<BurnWish> = {}): BurnWish => ({ sizeBytes: 600_000_000, simulate: false, erase: false, ...changes })
const full = { state: 'closed', freeBytes: 0, readableBytes: 500_000_000, label: 'PHOTOS' } as const
const rewritable = { kind: 'CD-RW', isRewritable: true } as const
const inPlace = {
  kind: 'DVD+RW',
  isRewritable: true,
  isOverwritable: true,
  capacityBytes: 4_700_000_000,
  freeBytes: 4_700_000_000,
} as const

describe('burning', () => {
  it.each([
    ['a blank disc', drive({}), wish(), false],
    ['a blank disc, as practice', drive({}), wish({ simulate: true }), false],
    ['a rewritable disc with data that may go', drive({ ...rewritable, ...full }), wish({ erase: true }), true],
    ['a disc written in place with data that may go', drive({ ...inPlace, state: 'appendable' }), wish({ erase: true }), true],
    [
      'an erased disc, whose room counts as a whole',
      drive({ ...rewritable, ...full }),
      wish({ erase: true, sizeBytes: 699_000_000 }),
      true,
    ],
    ['a disc that is left open', drive({}), wish({ leaveOpen: true }), false],
    ['a disc that files are added to', drive({ state: 'appendable', freeBytes: 6e8 }), wish({ append: true }), false],
    ['a virtual disc that is empty', drive({ ...inPlace, kind: 'virtual disc' }), wish(), false],
  ])('can be done on %s', (_what, facts, wanted, mustErase) => {
    expect(decideBurn(facts, wanted).mustErase).toBe(mustErase)
  })

  it.each([
    ['nothing', drive(null), wish(), 'no-medium'],
    ['a pressed disc', drive({ kind: 'DVD-ROM', ...full }), wish({ erase: true }), 'read-only-disc'],
    ['a full CD-R', drive(full), wish({ erase: true }), 'disc-closed'],
    ['a CD-R that has a session', drive({ state: 'appendable', freeBytes: 600_000_000 }), wish(), 'disc-closed'],
    ['a full CD-RW, without being told to erase', drive({ ...rewritable, ...full }), wish(), 'disc-has-data'],
    ['a DVD+RW with data, without being told to erase', drive({ ...inPlace, state: 'appendable' }), wish(), 'disc-has-data'],
    ['a disc that is too small', drive({}), wish({ sizeBytes: 700_000_001 }), 'disc-too-small'],
    [
      'a disc that is too small even when erased',
      drive({ ...rewritable, ...full }),
      wish({ erase: true, sizeBytes: 7e8 + 1 }),
      'disc-too-small',
    ],
    [
      'a disc with too little room behind its session',
      drive({ state: 'appendable', freeBytes: 5e8 }),
      wish({ append: true }),
      'disc-too-small',
    ],
    ['a closed disc, to add files to it', drive({ ...rewritable, ...full }), wish({ append: true, erase: true }), 'disc-closed'],
    ['a DVD+RW, to add files to it', drive({ ...inPlace, state: 'appendable' }), wish({ append: true }), 'no-sessions'],
    ['a DVD-R DL, to be left open', drive({ kind: 'DVD-R DL' }), wish({ leaveOpen: true }), 'no-sessions'],
    ['a DVD+R, as practice', drive({ kind: 'DVD+R' }), wish({ simulate: true }), 'no-simulation'],
    ['a full CD-RW, as practice', drive({ ...rewritable, ...full }), wish({ simulate: true, erase: true }), 'simulation-needs-blank'],
    [
      'a disc of which too little is known',
      drive({ capacityBytes: null, freeBytes: 0 }, 'xorriso is not installed.'),
      wish(),
      'disc-unknown',
    ],
  ])('is refused on %s', (_what, facts, wanted, code) => {
    expect(() => decideBurn(facts, wanted)).toThrow(expect.objectContaining({ report: expect.objectContaining({ code }) }))
  })

  it('says what is on the disc', () => {
    expect(() => decideBurn(drive({ ...rewritable, ...full }), wish())).toThrow(
      'There is data on the disc: a CD-RW that has 500 MB on it (PHOTOS) and takes no more in ACME BURNER (/dev/sr0).',
    )
  })
})

describe('erasing', () => {
  it('can be done on rewritable discs only', () => {
    expect(decideErase(drive({ ...rewritable, ...full })).kind).toBe('CD-RW')
    expect(() => decideErase(drive({}))).toThrow('A CD-R can’t be erased.')
    expect(() => decideErase(drive(null))).toThrow('There is no disc')
  })
})
