import { expect, test } from 'vitest'
import { fileKindOf, kindWords, modeWords } from './entry-words.ts'

test('kinds are told by the end of the name', () => {
  expect(kindWords({ type: 'file', name: 'a.tar.GZ' })).toBe('GZ file')
  expect(kindWords({ type: 'file', name: '.profile' })).toBe('File')
  expect(kindWords({ type: 'file', name: 'what a name. it is a sentence' })).toBe('File')
  expect(kindWords({ type: 'directory', name: 'photos.jpg' })).toBe('Folder')
  expect([fileKindOf('IMG.JPG'), fileKindOf('README'), fileKindOf('x.constructor')]).toEqual(['picture', 'other', 'other'])
})

test('modes are written as ls does', () => {
  expect(['0755', '0644', '4755', '4644', '2755', '1777', '1776', '0000'].map((mode) => modeWords(Number.parseInt(mode, 8)))).toEqual([
    'rwxr-xr-x',
    'rw-r--r--',
    'rwsr-xr-x',
    'rwSr--r--',
    'rwxr-sr-x',
    'rwxrwxrwt',
    'rwxrwxrwT',
    '---------',
  ])
})
