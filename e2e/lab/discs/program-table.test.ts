import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { programTable } from './program-table.ts'

it('is the one in docs/burning.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/burning.md'), 'utf8')
  expect(page.split('\n')).toEqual(expect.arrayContaining(programTable().split('\n')))
})
