import { expect, it } from 'vitest'
import { isLastOne, withFileSystem } from './file-system-choice.ts'

it('gives Joliet and Rock Ridge the ISO 9660 that they stand on, and takes it from under them', () => {
  expect(withFileSystem(['udf'], 'joliet', true)).toEqual(['iso9660', 'joliet', 'udf'])
  expect(withFileSystem(['iso9660', 'joliet', 'rockridge', 'udf'], 'iso9660', false)).toEqual(['udf'])
  expect(withFileSystem(['iso9660', 'joliet'], 'joliet', false)).toEqual(['iso9660'])
  expect(withFileSystem(['iso9660'], 'udf', true)).toEqual(['iso9660', 'udf'])
})

it('knows the one without which nothing is left', () => {
  expect(isLastOne(['iso9660', 'joliet', 'rockridge'], 'iso9660')).toBe(true)
  expect(isLastOne(['iso9660', 'udf'], 'iso9660')).toBe(false)
  expect(isLastOne(['udf'], 'udf')).toBe(true)
  expect(isLastOne(['iso9660', 'udf'], 'udf')).toBe(false)
})
