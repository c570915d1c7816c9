/** Project files: what is kept of a project, and what is made of files that were not made by us. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultCreateOptions, type ImageProject, presets } from '../../shared/image-project.ts'
import { MAX_PROJECT_FILE_BYTES, MAX_PROJECT_STEPS } from '../../shared/limits.ts'
import { missingSources, parseProject, projectText, readProject, writeProject } from './project-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-project-'))
  mkdirSync(join(folder, 'work/Photos'), { recursive: true })
  mkdirSync(join(folder, 'boot'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, 'work/Holiday.isomer')
const project = (): ImageProject => ({
  version: 1,
  steps: [
    { step: 'add', hostPath: join(folder, 'work/Photos'), into: '/', contentsOnly: true },
    { step: 'add', hostPath: join(folder, 'work'), into: '/', contentsOnly: false },
    { step: 'new-folder', path: '/2019' },
    { step: 'rename', path: '/2019', name: 'こんにちは' },
    { step: 'move', path: '/a.txt', into: '/こんにちは' },
    { step: 'remove', path: '/b.txt' },
  ],
  options: {
    ...defaultCreateOptions,
    ...presets['blu-ray'].options,
    label: 'Holiday',
    bootFiles: [{ platform: 'uefi', hostPath: join(folder, 'boot/efi.img'), emulation: 'auto', loadSectors: null }],
    mbrCodePath: join(folder, 'boot/mbr.bin'),
    exclude: ['*.tmp'],
    dedupe: true,
  },
})

/** As a file that somebody else made. */
const made = (changes: object) => JSON.stringify({ isomer: 'project', version: 1, steps: [], options: {}, ...changes })
const problem = (code: string, words: RegExp) =>
  expect.objectContaining({ report: expect.objectContaining({ kind: 'usage', code, message: expect.stringMatching(words) }) })

describe('a project file', () => {
  it('gives back what was kept', () => {
    writeProject(project(), file(), false)
    expect(readProject(file())).toEqual(project())
  })

  it('names sources from its own folder, so that both can be moved together', () => {
    const text = projectText(project(), file())
    expect(text).not.toContain(folder)
    const { steps, options } = JSON.parse(text)
    expect(steps[0].hostPath).toBe('Photos')
    expect(steps[1].hostPath).toBe('.')
    expect(options.mbrCodePath).toBe('../boot/mbr.bin')
    const elsewhere = join(folder, 'elsewhere/work/Holiday.isomer')
    expect(parseProject(text, elsewhere).steps[0]).toMatchObject({ hostPath: join(folder, 'elsewhere/work/Photos') })
  })

  it('keeps what differs from the options that Isomer comes with', () => {
    const { options } = JSON.parse(projectText({ ...project(), options: { ...defaultCreateOptions, label: 'X' } }, file()))
    expect(options).toEqual({ label: 'X', fileSystems: ['iso9660', 'joliet', 'rockridge'], isoLevel: 3, udfRevision: '1.02' })
  })

  it('is never written over another file without a word, nor half', () => {
    writeFileSync(file(), 'mine')
    expect(() => writeProject(project(), file(), false)).toThrow(
      expect.objectContaining({ report: expect.objectContaining({ code: 'target-exists' }) }),
    )
    expect(readFileSync(file(), 'utf8')).toBe('mine')
    writeProject(project(), file(), true)
    expect(readdirSync(join(folder, 'work')).sort()).toEqual(['Holiday.isomer', 'Photos'])
    expect(() => writeProject(project(), join(folder, 'nowhere/a.isomer'), false)).toThrow(
      expect.objectContaining({ report: expect.objectContaining({ kind: 'io' }) }),
    )
  })

  it('tells which sources are not there', () => {
    expect(missingSources(project())).toEqual([join(folder, 'boot/efi.img'), join(folder, 'boot/mbr.bin')])
  })
})

describe('a file that is no project', () => {
  const step = (changes: object) => made({ steps: [{ step: 'add', hostPath: 'a', into: '/', contentsOnly: true, ...changes }] })
  it.each<[string, () => string, RegExp]>([
    ['nothing', () => '', /damaged, or something else/],
    ['half of one', () => made({}).slice(0, -3), /damaged, or something else/],
    ['null', () => 'null', /something else/],
    ['a list', () => '[]', /something else/],
    ['settings', () => '{"version":1,"window":null}', /something else/],
    ['of a later version', () => made({ version: 2 }), /later Isomer/],
    ['a member that is not known', () => made({ run: 'rm -rf' }), /Something in it/],
    ['an option that is not known', () => made({ options: { encrypt: true } }), /Something in it/],
    ['an option of a wrong type', () => made({ options: { label: 7 } }), /Something in it/],
    ['no file system', () => made({ options: { fileSystems: [] } }), /Something in it/],
    ['a step that is not known', () => made({ steps: [{ step: 'run', path: '/' }] }), /Something in it/],
    ['a staged path from nowhere', () => step({ into: 'a' }), /Something in it/],
    ['a source without a name', () => step({ hostPath: '' }), /Something in it/],
    ['a share of Windows', () => step({ hostPath: '\\\\evil\\share' }), /on another computer/],
    ['a share with slashes', () => step({ hostPath: '//evil/share' }), /on another computer/],
    ['a boot file on a share', () => made({ options: { mbrCodePath: '\\\\evil\\mbr.bin' } }), /on another computer/],
    [
      'too many steps',
      () => made({ steps: Array.from({ length: MAX_PROJECT_STEPS + 1 }, () => ({ step: 'remove', path: '/' })) }),
      /Something in it/,
    ],
    ['a prototype', () => '{"isomer":"project","version":1,"steps":[],"options":{"__proto__":{"sha256":false}}}', /Something in it/],
  ])('is refused in plain words: %s', (_what, text, words) => {
    expect(() => parseProject(text(), file())).toThrow(problem('bad-project', words))
  })

  it('is not even read when it is far too large, or a folder', () => {
    writeFileSync(file(), '')
    truncateSync(file(), MAX_PROJECT_FILE_BYTES + 1)
    expect(() => readProject(file())).toThrow(problem('bad-project', /far larger/))
    expect(() => readProject(folder)).toThrow(problem('bad-project', /no file/))
    expect(() => readProject(join(folder, 'none'))).toThrow(expect.objectContaining({ report: expect.objectContaining({ kind: 'io' }) }))
  })
})
