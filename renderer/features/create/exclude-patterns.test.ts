import { expect, test } from 'vitest'
import { patternsOf, patternsProblem } from './exclude-patterns.ts'

test('one pattern a line, without blanks and repetitions', () => {
  expect(patternsOf(' *.tmp\n\nnode_modules\n*.tmp\n')).toEqual(['*.tmp', 'node_modules'])
})

test('refuses a line of slashes alone', () => {
  expect(patternsProblem('*.tmp\n/')).toBe('“/” is no pattern. Give a name or a pattern such as *.tmp.')
  expect(patternsProblem('build/*.o')).toBeNull()
})
