import { expect, it } from 'vitest'
import { countCells, mapWords, shareWords } from './cell-states.ts'

it('counts the parts of a disc by what became of them', () => {
  expect(countCells('++++!?*/-')).toEqual({ unread: 1, good: 4, slow: 1, later: 2, bad: 1 })
})

it('a share says neither nothing nor all where it is not', () => {
  expect([shareWords(1, 1000), shareWords(999, 1000), shareWords(1000, 1000), shareWords(0, 1000), shareWords(333, 1000)]).toEqual([
    'under 1 %',
    '99 %',
    '100 %',
    '0 %',
    '33 %',
  ])
})

it('says in words what the picture shows', () => {
  expect(mapWords('++--')).toBe('Sector map. Good: 50 %, Bad: 50 %')
})
