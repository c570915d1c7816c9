import { describe, expect, it } from 'vitest'
import { isoNameRules } from './iso-names.ts'
import { jolietNameRules } from './joliet-names.ts'
import { assignSiblingNames } from './sibling-names.ts'

const files = (...names: string[]) => names.map((name) => ({ name, isDirectory: false }))
const folders = (...names: string[]) => names.map((name) => ({ name, isDirectory: true }))

describe('ISO 9660 level 1', () => {
  const rules = isoNameRules(1)
  it.each([
    ['readme.txt', 'README.TXT'],
    ['README', 'README.'],
    ['a long name.jpeg', 'A_LONG_N.JPE'],
    ['Ünïcödé.mp3', 'UNICODE.MP3'],
    ['straße.txt', 'STRASSE.TXT'],
    ['日本語.txt', '___.TXT'],
    ['.hidden', '_HIDDEN.'],
    ['name.tar.gz', 'NAME_TAR.GZ'],
    ['trailing.', 'TRAILING.'],
    ['🎉', '_.'],
  ])('%s becomes %s', (name, expected) => {
    expect(assignSiblingNames(files(name), rules)).toEqual([expected])
  })

  it('numbers names that would be the same, before the extension', () => {
    expect(assignSiblingNames(files('longname1.txt', 'longname2.txt', 'longname3.txt'), rules)).toEqual([
      'LONGNAME.TXT',
      'LONGNAM1.TXT',
      'LONGNAM2.TXT',
    ])
  })

  it('leaves a name that needs no change to its owner', () => {
    expect(assignSiblingNames(files('longname1.txt', 'LONGNAME.TXT'), rules)).toEqual(['LONGNAM1.TXT', 'LONGNAME.TXT'])
  })

  it('keeps a file FOO apart from a folder foo', () => {
    expect(assignSiblingNames([...files('FOO'), ...folders('foo')], rules)).toEqual(['FOO.', 'FOO1'])
  })

  it('gives 20,000 alike names 20,000 names of eight letters', () => {
    const names = assignSiblingNames(files(...Array.from({ length: 20_000 }, (_, i) => `photograph ${i}.jpg`)), rules)
    expect(new Set(names).size).toBe(20_000)
    for (const name of names) expect(name).toMatch(/^[A-Z0-9_]{1,8}\.JPG$/)
  })
})

describe('names that compete for numbers after different cuts', () => {
  it('50,000 of them are named in no time worth telling', () => {
    const names = assignSiblingNames(
      files(...Array.from({ length: 50_000 }, (_, i) => `IMG_${String(i).padStart(5, '0')}.jpg`)),
      isoNameRules(1),
    )
    expect(new Set(names).size).toBe(50_000)
  }, 20_000)
})

describe('ISO 9660 level 3', () => {
  const rules = isoNameRules(3)
  it('shortens to 30 and keeps the extension', () => {
    const [name = ''] = assignSiblingNames(files(`${'x'.repeat(60)}.html`), rules)
    expect(name).toBe(`${'X'.repeat(26)}.HTML`)
  })
  it('cuts an extension that leaves no room', () => {
    const [name = ''] = assignSiblingNames(files(`a.${'x'.repeat(60)}`), rules)
    expect(name.replace('.', '').length).toBeLessThanOrEqual(30)
    expect(name).toMatch(/^A\.X+$/)
  })
  it('cuts folders to 31', () => {
    expect(assignSiblingNames(folders('d'.repeat(40)), rules)).toEqual(['D'.repeat(31)])
  })
})

describe('Joliet', () => {
  it.each([
    ['日本語のファイル.txt', '日本語のファイル.txt'],
    ['party 🎉.txt', 'party _.txt'],
    ['a*b:c;d?e\\f.txt', 'a_b_c_d_e_f.txt'],
    [`${'x'.repeat(70)}.txt`, `${'x'.repeat(60)}.txt`],
    ['y'.repeat(70), 'y'.repeat(64)],
    [`a.${'z'.repeat(70)}`, `a.${'z'.repeat(62)}`],
  ])('%s becomes %s', (name, expected) => {
    expect(assignSiblingNames(files(name), jolietNameRules(64))).toEqual([expected])
  })
  it('keeps names that differ only in case', () => {
    expect(assignSiblingNames(files('Case.txt', 'case.txt'), jolietNameRules(64))).toEqual(['Case.txt', 'case.txt'])
  })
  it('numbers names cut to the same, before the extension', () => {
    const cut = 'c'.repeat(64)
    expect(assignSiblingNames(files(`${cut}1.txt`, `${cut}2.txt`), jolietNameRules(64))).toEqual([
      `${'c'.repeat(60)}.txt`,
      `${'c'.repeat(58)}~1.txt`,
    ])
  })
})
