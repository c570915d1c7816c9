import { expect, it } from 'vitest'
import type { MediumFacts } from '../../../../shared/drives.ts'
import { fitting, type WishesDraft, wishesOf } from './wishes-draft.ts'

const open: MediumFacts = {
  kind: 'DVD-R',
  state: 'appendable',
  isRewritable: false,
  isOverwritable: false,
  sessions: [],
  capacityBytes: 4e9,
  readableBytes: 0,
  freeBytes: 3e9,
  label: null,
  writeSpeeds: [],
}
const all: WishesDraft = {
  speedTimes: null,
  simulate: false,
  erase: true,
  verify: true,
  eject: false,
  copies: '3',
  force: false,
  leaveOpen: true,
  append: true,
}

it('keeps what is on the disc, and makes one, where files are added', () => {
  expect(wishesOf(fitting(all, open, true))).toMatchObject({ leaveOpen: true, append: true, erase: false, copies: 1 })
})

it.each([
  ['an image', open, false, { leaveOpen: true, append: false, erase: true, copies: 3 }],
  ['a blank disc', { ...open, state: 'blank' }, true, { leaveOpen: true, append: false }],
  ['a disc written in place', { ...open, kind: 'DVD+RW', isOverwritable: true }, true, { leaveOpen: false, append: false }],
  ['no disc', null, true, { leaveOpen: false, append: false }],
] as const)('leaves out what can’t be wished of %s', (_what, medium, isStaged, wishes) => {
  expect(wishesOf(fitting(all, medium, isStaged))).toMatchObject(wishes)
})
