import { expect, test } from 'vitest'
import { readBackWords } from './read-back-words.ts'

const bad = { isSame: false, differingSectors: 0, unreadableSectors: 0, firstBadSector: 1234 }

test('says what of a disc or stick is bad', () => {
  expect(readBackWords({ ...bad, differingSectors: 2 }, 'disc')).toBe(
    'The disc is bad: 2 sectors differ, the first is sector 1,234. Don’t rely on it.',
  )
  expect(readBackWords({ ...bad, unreadableSectors: 1 }, 'stick')).toBe(
    'The stick is bad: 1 sector can’t be read, the first is sector 1,234. Don’t rely on it.',
  )
  expect(readBackWords({ ...bad, differingSectors: 1, unreadableSectors: 3 }, 'disc')).toBe(
    'The disc is bad: 1 sector differs, 3 sectors can’t be read, the first is sector 1,234. Don’t rely on it.',
  )
})
