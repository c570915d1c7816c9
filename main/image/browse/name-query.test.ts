import { describe, expect, it } from 'vitest'
import type { ImageEntry } from '../image-view.ts'
import { EntryTable } from './entry-table.ts'
import { NameQuery } from './name-query.ts'

const paths = [
  '/',
  '/boot',
  '/boot/grub',
  '/boot/grub/grub.cfg',
  '/boot/vmlinuz-6.1',
  '/Zürich',
  '/Zürich/Straße 12.jpg',
  '/photos',
  '/photos/grub.jpg',
  '/photos/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '/x\ud800y',
]

function tableOf(all: readonly string[]): EntryTable {
  const table = new EntryTable()
  for (const path of all) {
    const parent = path === '/' ? -1 : all.indexOf(path.slice(0, path.lastIndexOf('/')) || '/')
    const facts = { name: path.slice(path.lastIndexOf('/') + 1), type: 'file', sizeBytes: 0, modifiedMs: null, mode: null, target: null }
    table.add({ ...facts, unreadable: null } as unknown as ImageEntry, parent, null)
  }
  return table
}

function found(text: string): string[] {
  const table = tableOf(paths)
  const query = new NameQuery(text)
  const matches: string[] = []
  for (let number = query.next(table, 1, table.count); number >= 0; number = query.next(table, number + 1, table.count))
    matches.push(paths[number] as string)
  return matches
}

describe('what is typed finds', () => {
  const cases: readonly [typed: string, what: string, expected: readonly string[]][] = [
    ['grub', 'a part of a name', ['/boot/grub', '/boot/grub/grub.cfg', '/photos/grub.jpg']],
    ['GRUB.', 'whatever its case', ['/boot/grub/grub.cfg', '/photos/grub.jpg']],
    ['zurich', 'and its accents', ['/Zürich']],
    ['Zu\u0308rich', 'however they are spelt', ['/Zürich']],
    ['jpg grub', 'all words in any order', ['/photos/grub.jpg']],
    ['*.jpg', 'a pattern for the whole name', ['/Zürich/Straße 12.jpg', '/photos/grub.jpg']],
    ['gr?b', 'one character', ['/boot/grub']],
    ['grub*', 'the beginning', ['/boot/grub', '/boot/grub/grub.cfg', '/photos/grub.jpg']],
    ['boot/grub', 'a folder and the beginning of a name', ['/boot/grub']],
    ['grub/', 'what is in a folder', ['/boot/grub/grub.cfg']],
    ['/boot/grub/grub.cfg', 'a whole path', ['/boot/grub/grub.cfg']],
    ['boot/grub/*', 'all of a folder', ['/boot/grub/grub.cfg']],
    ['nothing here', 'nothing', []],
    ['grub\0cfg', 'nothing across names', []],
  ]
  for (const [typed, what, expected] of cases) it(`${what}: ${JSON.stringify(typed)}`, () => expect(found(typed)).toEqual(expected))

  it('everything by a star, and nothing is asked for by spaces', () => {
    expect(found('*')).toHaveLength(paths.length - 1)
    expect(new NameQuery('   ').isEmpty).toBe(true)
  })

  it('soon, whatever the pattern', () => {
    expect(found(`${'*a'.repeat(30)}*b`)).toEqual([])
  })
})

describe('the table', () => {
  it('keeps names that are damaged', () => {
    const table = tableOf(paths)
    expect(paths.map((_, number) => table.name(number))).toEqual(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  })

  it('grows to any number', () => {
    const many = ['/', ...Array.from({ length: 10_000 }, (_, i) => `/entry ${i}`)]
    const table = tableOf(many)
    expect(table.name(9_999)).toBe('entry 9998')
    const query = new NameQuery('entry 9999')
    expect(query.next(table, 1, table.count)).toBe(10_000)
    expect(query.next(table, 1, 10_000)).toBe(-1)
  })
})
