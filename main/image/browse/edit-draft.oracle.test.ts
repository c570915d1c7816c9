/** Edits as the window prepares them: what the tree shows, what writing will come to, and that it comes to that. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EditMode, EditStep } from '../../../shared/image-edit.ts'
import { editImage } from '../edit/edit-image.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { EditDraft } from './edit-draft.ts'

const control = quietControl()
let scratch: string
let imagePath: string
let draft: EditDraft
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-draft-'))
  const source = join(scratch, 'source')
  mkdirSync(join(source, 'docs/old'), { recursive: true })
  mkdirSync(join(source, 'boot'))
  writeFileSync(join(source, 'docs/readme.txt'), 'hello\n')
  writeFileSync(join(source, 'docs/old/letter.txt'), 'dear\n')
  writeFileSync(join(source, 'boot/loader.bin'), Buffer.alloc(4096, 0xeb))
  writeFileSync(join(scratch, 'new.txt'), 'new content\n')
  mkdirSync(join(scratch, 'folder'))
  writeFileSync(join(scratch, 'folder/inside.txt'), 'inside\n')
  imagePath = join(scratch, 'image.iso')
  const boot = ['-b', 'boot/loader.bin', '-no-emul-boot', '-boot-load-size', '4', '-c', 'boot/boot.cat']
  execFileSync('genisoimage', ['-quiet', '-J', '-R', '-V', 'DRAFT', ...boot, '-o', imagePath, source], { stdio: 'ignore' })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
afterEach(() => draft.close())

async function begin(): Promise<void> {
  draft = await EditDraft.of(imagePath, control)
}
const rows = (path: string) => draft.rows(path)?.map(({ name, state }) => `${name} ${state}`)
const add = (from: string, path: string): EditStep => ({ step: 'add', hostPath: join(scratch, from), path })

describe('the draft', () => {
  it('shows the tree as it will be, folders first', async () => {
    await begin()
    await draft.apply([add('new.txt', '/docs/new.txt'), add('folder', '/docs/folder')], control)
    await draft.apply([{ step: 'rename', path: '/docs/readme.txt', to: '/docs/README' }], control)
    await draft.apply([{ step: 'rename', path: '/docs/old', to: '/older' }], control)
    await draft.apply([{ step: 'new-folder', path: '/empty' }], control)
    expect(rows('/docs')).toEqual(['folder new', 'new.txt new', 'README moved'])
    expect(draft.rows('/docs')?.at(-1)).toMatchObject({ path: '/docs/README', was: '/docs/readme.txt' })
    expect(rows('/')).toEqual(['boot kept', 'docs kept', 'empty new', 'older moved'])
    expect(rows('/older')).toEqual(['letter.txt kept'])
    expect(draft.summary.steps.map(({ step, path, to }) => [step, path, to])).toEqual([
      ['add', '/docs/new.txt', null],
      ['add', '/docs/folder', null],
      ['rename', '/docs/readme.txt', '/docs/README'],
      ['rename', '/docs/old', '/older'],
      ['new-folder', '/empty', null],
    ])
  })

  it('takes changes back and does them again, each as a whole', async () => {
    await begin()
    await draft.apply([add('new.txt', '/new.txt'), { step: 'remove', path: '/docs' }], control)
    expect(rows('/')).toEqual(['boot kept', 'docs removed', 'new.txt new'])
    await draft.undo(control)
    expect(rows('/')).toEqual(['boot kept', 'docs kept'])
    expect(draft.summary).toMatchObject({ steps: [], canUndo: false, canRedo: true })
    await draft.redo(control)
    expect(rows('/')).toEqual(['boot kept', 'docs removed', 'new.txt new'])
  })

  it('tells what was taken out or replaced, and which folders have changes in them', async () => {
    await begin()
    await draft.apply([add('new.txt', '/docs/readme.txt'), { step: 'remove', path: '/docs/old/letter.txt' }], control)
    expect(rows('/docs')).toEqual(['old kept', 'readme.txt replaced'])
    expect(rows('/docs/old')).toEqual(['letter.txt removed'])
    expect(draft.rows('/')?.map(({ name, isChangedInside }) => [name, isChangedInside])).toEqual([
      ['boot', false],
      ['docs', true],
    ])
    await draft.apply([{ step: 'rename', path: '/docs/old', to: '/boot/old' }], control)
    expect(rows('/docs')).toEqual(['readme.txt replaced'])
    expect(rows('/boot/old')).toEqual(['letter.txt removed'])
    expect(draft.rows('/docs/old')).toBeNull()
  })

  it('does without one of several changes, unless a later one builds on it', async () => {
    await begin()
    await draft.apply([{ step: 'new-folder', path: '/empty' }], control)
    await draft.apply([{ step: 'remove', path: '/docs/old' }], control)
    await draft.apply([add('new.txt', '/empty/new.txt'), { step: 'rename', path: '/empty', to: '/full' }], control)
    const { revision } = draft.summary
    await draft.takeBack(1, control)
    expect(rows('/docs')).toEqual(['old kept', 'readme.txt kept'])
    expect(rows('/full')).toEqual(['new.txt new'])
    expect(draft.summary.revision).toBeGreaterThan(revision)
    await expect(draft.takeBack(0, control)).resolves.toBeUndefined() // adding makes the folder as well
    await expect(draft.takeBack(0, control)).rejects.toMatchObject({ report: { code: 'later-changes' } })
    await draft.undo(control)
    await draft.undo(control)
    expect(rows('/docs')).toEqual(['old removed', 'readme.txt kept'])
  })

  it('stays as it was when a change can not be done', async () => {
    await begin()
    await draft.apply([add('new.txt', '/new.txt')], control)
    const impossible = draft.apply(
      [
        { step: 'remove', path: '/new.txt' },
        { step: 'remove', path: '/nothing' },
      ],
      control,
    )
    await expect(impossible).rejects.toMatchObject({ report: { kind: 'usage' } })
    const taken = draft.apply([{ step: 'rename', path: '/new.txt', to: '/docs' }], control)
    await expect(taken).rejects.toMatchObject({ report: { code: 'name-taken' } })
    const intoFolder = draft.apply([add('new.txt', '/docs')], control)
    await expect(intoFolder).rejects.toMatchObject({ report: { code: 'name-taken' } })
    expect(rows('/')).toEqual(['boot kept', 'docs kept', 'new.txt new'])
    expect(draft.summary.steps).toHaveLength(1)
  })
})

describe('the forecast', () => {
  for (const mode of ['rewrite', 'append-session'] as const satisfies readonly EditMode[])
    it(`is what is written: ${mode}`, async () => {
      await begin()
      await draft.apply([add('new.txt', '/docs/new.txt'), { step: 'remove', path: '/docs/old' }], control)
      const forecast = await draft.forecast(mode, 'EDITED', control)
      const outPath = join(scratch, `${mode}.iso`)
      const request = { imagePath, outPath, overwrite: false, steps: draft.steps, label: 'EDITED', mode, exclude: [] }
      const result = await editImage(request, control)
      expect(forecast).toMatchObject({
        sizeBytes: statSync(outPath).size,
        sessionBytes: result.sessionBytes,
        files: result.files,
        directories: result.directories,
        changeCount: result.changeCount,
      })
      const bios = { platforms: ['BIOS'], isHybrid: false }
      expect([forecast.bootBefore, forecast.bootAfter]).toEqual([bios, bios])
      const paths = execFileSync('isoinfo', ['-R', '-f', '-i', outPath], { encoding: 'utf8' })
      expect(paths).toContain('/docs/new.txt')
      expect(paths).not.toContain('letter.txt')
    })

  it('says when what starts computers stays although it was taken out', async () => {
    await begin()
    await draft.apply([{ step: 'remove', path: '/boot' }], control)
    const { changes, bootAfter } = await draft.forecast('rewrite', null, control)
    expect(bootAfter.platforms).toEqual(['BIOS'])
    expect(changes.map(({ path }) => path)).toContain('/boot/loader.bin')
  })
})
