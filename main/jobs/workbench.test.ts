import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StagingStep } from '../../shared/image-project.ts'
import { Workbench } from './workbench.ts'

describe('workbench', () => {
  let folder: string
  let workbench: Workbench

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'isomer-workbench-')))
    workbench = new Workbench(() => {})
    for (const name of ['a', 'b']) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, name, `${name}.txt`), name)
    }
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const add = (name: string): StagingStep => ({ step: 'add', hostPath: join(folder, name), into: '/', contentsOnly: false })
  const names = async (offset = 0, limit?: number) => (await workbench.answer('rows', { path: '/', offset, limit })).map((row) => row.name)
  const apply = (...steps: StagingStep[]) => workbench.answer('apply', steps)

  it('takes steps that came together back together', async () => {
    await apply({ step: 'new-folder', path: '/first' })
    await apply(add('a'), add('b'))
    expect(await names()).toEqual(['a', 'b', 'first'])
    expect((await workbench.answer('undo', null)).summary).toMatchObject({ canUndo: true, canRedo: true })
    expect(await names()).toEqual(['first'])
    expect((await workbench.answer('redo', null)).project.steps).toHaveLength(3)
    expect(await names()).toEqual(['a', 'b', 'first'])
  })

  it('carries out all of what came together or nothing', async () => {
    await apply({ step: 'new-folder', path: '/first' })
    await expect(apply(add('a'), { step: 'remove', path: '/nothing' })).rejects.toMatchObject({ report: { kind: 'usage' } })
    expect(await names()).toEqual(['first'])
    expect(await workbench.answer('summary', null)).toMatchObject({ directories: 1, canUndo: true, canRedo: false })
  })

  it('brings back what starting over took away', async () => {
    await apply(add('a'))
    const { summary, project } = await workbench.answer('clear', null)
    expect(summary).toMatchObject({ files: 0, canUndo: true })
    expect(project.steps).toEqual([])
    await workbench.answer('undo', null)
    expect(await names()).toEqual(['a'])
  })

  it('keeps everything when a source of an earlier step is gone and undo has to scan it again', async () => {
    await apply(add('a'))
    await apply(add('b'))
    rmSync(join(folder, 'a'), { recursive: true })
    await expect(workbench.answer('undo', null)).rejects.toMatchObject({ report: { kind: 'io' } })
    expect(await names()).toEqual(['a', 'b'])
  })

  it('restores a project step by step, and names what could not be', async () => {
    await apply(add('a'), add('b'))
    const { project } = await workbench.answer('setOptions', { label: 'KEPT' })
    rmSync(join(folder, 'a'), { recursive: true })
    workbench = new Workbench(() => {})
    const restored = await workbench.answer('restore', project)
    expect(restored.lost).toEqual([expect.objectContaining({ kind: 'io' })])
    expect(restored.summary).toMatchObject({ label: 'KEPT', files: 1, canUndo: true })
    expect(await names()).toEqual(['b'])
  })

  it('gives rows in pages, and always those of now', async () => {
    await apply(add('a'), add('b'), { step: 'new-folder', path: '/c' })
    expect(await names(0, 2)).toEqual(['a', 'b'])
    expect(await names(2, 2)).toEqual(['c'])
    await apply({ step: 'remove', path: '/a' })
    expect(await names(0, 2)).toEqual(['b', 'c'])
  })

  it('carries out changes in the order they were asked for', async () => {
    await Promise.all([
      apply(add('a')),
      apply({ step: 'rename', path: '/a', name: 'c' }),
      apply({ step: 'move', path: '/c/a.txt', into: '/' }),
    ])
    expect(await names()).toEqual(['c', 'a.txt'])
  })
})
