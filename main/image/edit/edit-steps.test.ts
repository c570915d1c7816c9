/** Steps of an edit on a tree in memory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EditStep } from '../../../shared/image-edit.ts'
import { stagedPathOf } from '../create/host-path.ts'
import { SourceNode } from '../create/source-tree.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { applyEditSteps, findNode } from './edit-steps.ts'

let host: string
let root: SourceNode
beforeEach(() => {
  host = mkdtempSync(join(tmpdir(), 'isomer-steps-'))
  mkdirSync(join(host, 'folder/inner'), { recursive: true })
  writeFileSync(join(host, 'file.txt'), 'new')
  writeFileSync(join(host, 'folder/inner/deep.txt'), 'deep')
  writeFileSync(join(host, 'folder/readme.txt'), 'readme')
  root = node('', 'directory')
  put('docs', 'directory')
  put('docs/readme.txt', 'file')
  put('docs/notes', 'directory')
  put('docs/notes/1.txt', 'file')
  put('hidden', 'directory').extra = { absentFrom: ['joliet'] }
})
afterEach(() => rmSync(host, { recursive: true, force: true }))

function node(name: string, type: SourceNode['type']): SourceNode {
  const made = new SourceNode(name, type)
  made.mode = type === 'directory' ? 0o040700 : 0o100400
  made.uid = 7
  return made
}

function put(path: string, type: SourceNode['type']): SourceNode {
  const parts = path.split('/')
  const made = node(parts.pop() as string, type)
  const parent = findNode(root, parts.join('/')) as SourceNode
  made.parent = parent
  parent.children?.set(made.name, made)
  if (type === 'file') made.extra = { keptNames: { iso9660: made.name.toUpperCase() } }
  return made
}

const apply = (...steps: EditStep[]) => applyEditSteps(root, steps, [], quietControl())
const add = (from: string, path: string): EditStep => ({ step: 'add', hostPath: join(host, from), path })

function paths(from = root): string[] {
  return [...(from.children?.values() ?? [])].flatMap((child) => [stagedPathOf(child), ...paths(child)]).sort()
}

const start = ['/docs', '/docs/notes', '/docs/notes/1.txt', '/docs/readme.txt', '/hidden']

describe('a new folder', () => {
  it('is made where nothing is, with the folders that lead to it', async () => {
    const { added } = await apply({ step: 'new-folder', path: '/docs/a/b' })
    expect(paths()).toEqual([...start, '/docs/a', '/docs/a/b'].sort())
    expect(added).toBe(2)
    await expect(apply({ step: 'new-folder', path: '/docs/readme.txt' })).rejects.toMatchObject({ report: { code: 'name-taken' } })
  })
})

describe('adding', () => {
  it('a file at a path, with the folders that lead to it', async () => {
    const { added } = await apply(add('file.txt', '/a/b/c.txt'))
    expect(paths()).toEqual([...start, '/a', '/a/b', '/a/b/c.txt'].sort())
    expect(added).toBe(3)
    expect(findNode(root, '/a/b/c.txt')?.hostPath).toBe(join(host, 'file.txt'))
  })

  it('a file into a folder that is there, or is named as one', async () => {
    await apply(add('file.txt', '/docs'), add('file.txt', '/new/'))
    expect(paths()).toEqual([...start, '/docs/file.txt', '/new', '/new/file.txt'].sort())
  })

  it('a file in the place of another, with its names, mode and owner', async () => {
    const { replaced } = await apply(add('file.txt', '/docs/readme.txt'))
    expect(replaced).toBe(1)
    expect(findNode(root, '/docs/readme.txt')).toMatchObject({
      sizeBytes: 3,
      mode: 0o100400,
      uid: 7,
      extra: { keptNames: { iso9660: 'README.TXT' } },
    })
  })

  it('a folder merged with one that is there', async () => {
    const { added, replaced } = await apply(add('folder', '/docs'))
    expect(paths()).toEqual([...start, '/docs/inner', '/docs/inner/deep.txt'].sort())
    expect([added, replaced]).toEqual([3, 1])
  })

  it("a folder's contents into the top folder", async () => {
    await apply(add('folder', '/'))
    expect(paths()).toEqual([...start, '/inner', '/inner/deep.txt', '/readme.txt'].sort())
  })

  it('nothing of what is excluded', async () => {
    await applyEditSteps(root, [add('folder', '/docs')], ['*.txt'], quietControl())
    expect(paths()).toEqual([...start, '/docs/inner'].sort())
  })

  it('into a folder that a tree does not show: neither does it show what is new', async () => {
    await apply(add('folder', '/hidden/folder'))
    expect(findNode(root, '/hidden/folder/inner/deep.txt')?.extra?.absentFrom).toEqual(['joliet'])
  })

  it.each([
    ['a folder in place of a file', 'folder', '/docs/readme.txt', 'replace-other-kind'],
    ['below a file', 'file.txt', '/docs/readme.txt/x', 'not-a-folder'],
    ['what is not there', 'none', '/x', 'source-missing'],
  ])('not %s', async (_what, from, path, code) => {
    await expect(apply(add(from, path))).rejects.toMatchObject({ report: { code } })
    expect(paths()).toEqual(start)
  })
})

describe('removing', () => {
  it('a folder with all that is in it', async () => {
    const { removed } = await apply({ step: 'remove', path: '/docs' })
    expect(paths()).toEqual(['/hidden'])
    expect(removed).toBe(4)
  })

  it.each([
    ['what is not there', '/none', 'staged-path-missing'],
    ['the top folder', '/', 'root-is-fixed'],
  ])('not %s', async (_what, path, code) => {
    await expect(apply({ step: 'remove', path })).rejects.toMatchObject({ report: { kind: 'usage', code } })
  })
})

describe('renaming', () => {
  it('gives new names in all trees', async () => {
    await apply({ step: 'rename', path: '/docs/readme.txt', to: '/docs/other.txt' })
    expect(paths()).toContain('/docs/other.txt')
    expect(findNode(root, '/docs/other.txt')?.extra?.keptNames).toBeUndefined()
  })

  it('moves into a folder that is there, names and all', async () => {
    await apply({ step: 'rename', path: '/docs/readme.txt', to: '/hidden' })
    expect(findNode(root, '/hidden/readme.txt')?.extra?.keptNames).toEqual({ iso9660: 'README.TXT' })
  })

  it('moves under another name, into folders that are made', async () => {
    await apply({ step: 'rename', path: '/docs/notes', to: '/a/b/memos' })
    expect(paths()).toEqual(['/a', '/a/b', '/a/b/memos', '/a/b/memos/1.txt', '/docs', '/docs/readme.txt', '/hidden'])
  })

  it.each([
    ['over something else', '/docs/readme.txt', '/docs/notes/1.txt', 'name-taken'],
    ['into itself', '/docs', '/docs/notes/docs', 'move-into-itself'],
    ['the top folder', '/', '/docs/x', 'root-is-fixed'],
  ])('not %s', async (_what, path, to, code) => {
    await expect(apply({ step: 'rename', path, to })).rejects.toMatchObject({ report: { kind: 'usage', code } })
  })
})

it('carries steps out one after the other', async () => {
  await apply(
    { step: 'remove', path: '/docs/readme.txt' },
    { step: 'rename', path: '/docs/notes/1.txt', to: '/docs/readme.txt' },
    add('file.txt', '/docs/notes/1.txt'),
  )
  expect(paths()).toEqual(start)
  expect(findNode(root, '/docs/notes/1.txt')?.sizeBytes).toBe(3)
})
