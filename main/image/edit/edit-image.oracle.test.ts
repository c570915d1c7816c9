/** Images made by other people's writers, edited by us, and read by other people's readers. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Difference } from '../../../shared/comparison.ts'
import type { EditStep } from '../../../shared/image-edit.ts'
import type { FileSystemKind } from '../../../shared/image-project.ts'
import type { EditResult } from '../../../shared/job.ts'
import { comparePaths } from '../compare/compare.ts'
import { bsdtar, extractedTree, type ForeignReader, fileSha256, hostTree, isoinfo, sevenZip, xorriso } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { type EditRequest, editImage } from './edit-image.ts'

const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const DATE_S = 1_600_000_000
const LONG_NAME = `${'long name '.repeat(9)}end.txt`

let scratch: string
let source: string
let changed: string
let image: string
let edited: string

/** A tree, and a copy of it in which everything was done that `steps` does in an image. */
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-edit-'))
  source = join(scratch, 'source')
  changed = join(scratch, 'changed')
  image = join(scratch, 'old.iso')
  edited = join(scratch, 'new.iso')
  write('readme.txt', 'read me\n')
  write('install.amd/vmlinuz', Buffer.alloc(200_000, 'kernel '))
  write('docs/old folder/letter.txt', 'letter\n')
  write('docs/notes.txt', 'notes\n')
  write('docs/Ünïcödé ☃.txt', 'unicode\n')
  write(`docs/${LONG_NAME}`, 'long\n')
  write('docs/empty', '')
  for (let i = 0; i < 40; i++) write(`many/file ${i}.txt`, `file ${i}\n`)
  linkSync(join(source, 'readme.txt'), join(source, 'docs/same as readme.txt'))
  symlinkSync('../readme.txt', join(source, 'docs/link'))
  lutimesSync(join(source, 'docs/link'), DATE_S, DATE_S)
  cpSync(source, changed, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
  rmSync(join(changed, 'docs/same as readme.txt'))
  linkSync(join(changed, 'readme.txt'), join(changed, 'docs/same as readme.txt'))
  write('docs/notes.txt', 'other notes\n', changed)
  write('added/new.txt', 'new\n', changed)
  rmSync(join(changed, 'many/file 7.txt'))
  renameSync(join(changed, 'docs/old folder'), join(changed, 'letters'))
})
beforeEach(() => {
  for (const path of [image, edited]) rmSync(path, { force: true })
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function write(path: string, content: string | Buffer, folder = source): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  utimesSync(file, DATE_S, DATE_S)
}

const steps = (): EditStep[] => [
  { step: 'remove', path: '/many/file 7.txt' },
  { step: 'rename', path: '/docs/old folder', to: '/letters' },
  { step: 'add', hostPath: join(changed, 'docs/notes.txt'), path: '/docs/notes.txt' },
  { step: 'add', hostPath: join(changed, 'added'), path: '/added' },
]

function make(tool: string, ...args: string[]): void {
  execFileSync(tool, [...args, '-o', image, source], { stdio: 'ignore' })
}

function edit(changes: Partial<EditRequest> = {}): Promise<EditResult> {
  const request: EditRequest = {
    imagePath: image,
    outPath: edited,
    overwrite: false,
    steps: steps(),
    label: null,
    mode: 'rewrite',
    exclude: [],
  }
  return editImage({ ...request, ...changes }, quietControl())
}

async function differences(
  a: string,
  b: string,
  view: FileSystemKind | 'auto' = 'auto',
  ignore: ('links' | 'times')[] = [],
): Promise<string[]> {
  const found: Difference[] = []
  await comparePaths({ pathOfA: a, pathOfB: b, view, ignore, exclude: [] }, (difference) => found.push(difference), quietControl())
  return found.map(({ kind, a: ofA, b: ofB, aspects }) => [kind, (ofB ?? ofA)?.path, ...aspects].join(' '))
}

/** genisoimage puts an empty file into Joliet for each link; those go. */
const withoutLinks = (told: readonly string[]): string[] => told.filter((line) => line !== 'removed /docs/link')

interface Maker {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
  readonly views: readonly FileSystemKind[]
  readonly readers: readonly ForeignReader[]
}
const makers: Maker[] = [
  {
    name: 'xorriso',
    tool: 'xorriso',
    args: ['-as', 'mkisofs', '-quiet', '-J', '-joliet-long', '-R', '--hardlinks'],
    views: ['rockridge', 'joliet', 'iso9660'],
    readers: [xorriso, bsdtar, sevenZip, isoinfo('rockridge')],
  },
  {
    name: 'genisoimage',
    tool: 'genisoimage',
    args: ['-quiet', '-J', '-joliet-long', '-R', '-cache-inodes'],
    views: ['rockridge', 'joliet', 'iso9660'],
    readers: [xorriso, bsdtar, sevenZip],
  },
  {
    name: 'genisoimage, Joliet alone',
    tool: 'genisoimage',
    args: ['-quiet', '-J', '-joliet-long'],
    views: ['joliet', 'iso9660'],
    readers: [sevenZip],
  },
  { name: 'genisoimage, plain', tool: 'genisoimage', args: ['-quiet', '-iso-level', '1'], views: ['iso9660'], readers: [] },
  {
    name: 'genisoimage with UDF',
    tool: 'genisoimage',
    args: ['-quiet', '-udf', '-J', '-joliet-long', '-R'],
    views: ['rockridge', 'joliet', 'udf'],
    readers: [xorriso, bsdtar],
  },
]

describe.each(makers)('an image made by $name', ({ tool, args, views, readers }) => {
  const check = has(tool) ? it : it.skip

  check('is, edited, as the folder with the same done to it', async () => {
    make(tool, ...args)
    const before = fileSha256(image)
    const result = await edit(views.includes('joliet') || views.includes('rockridge') ? {} : { steps: plainSteps() })
    expect(result).toMatchObject({ replaced: 1, renamed: 1, removed: 1, sessionBytes: null })
    for (const view of views) expect([view, await differences(edited, changed, view, ['times', 'links'])]).toEqual([view, []])
    expect(fileSha256(edited)).toBe(result.sha256)
    expect(fileSha256(image)).toBe(before)
  })

  if (readers.length > 0)
    check('is read by others as that folder', async () => {
      make(tool, ...args)
      await edit()
      const truth = [...hostTree(changed)].filter(([, { kind }]) => kind === 'file').sort()
      for (const reader of readers) {
        const seen = extractedTree(reader, edited, scratch)
        expect([reader.name, [...seen].filter(([, { kind }]) => kind === 'file').sort()]).toEqual([reader.name, truth])
      }
    })

  check('keeps everything when nothing is changed but the label', async () => {
    make(tool, ...args)
    await edit({ steps: [], label: 'OTHER LABEL' })
    for (const view of views) expect([view, withoutLinks(await differences(image, edited, view))]).toEqual([view, ['attributes / label']])
  })
})

/** What xorriso says; it ends badly as soon as it has anything to warn of. */
const said = (...args: string[]): string => spawnSync('xorriso', args, { encoding: 'utf8' }).stdout

/** In plain capitals. */
const plainSteps = (): EditStep[] => [
  { step: 'remove', path: '/MANY/FILE_7.TXT' },
  { step: 'rename', path: '/DOCS/OLD_FOLD', to: '/letters' },
  { step: 'add', hostPath: join(changed, 'docs/notes.txt'), path: '/DOCS/NOTES.TXT' },
  { step: 'add', hostPath: join(changed, 'added'), path: '/added' },
]

const withXorriso = has('xorriso') ? describe : describe.skip
const withGenisoimage = has('genisoimage') ? describe : describe.skip

withXorriso('what xorriso records', () => {
  const asMkisofs = ['-as', 'mkisofs', '-quiet', '-R']

  it('stays: identifiers, dates and all', async () => {
    make(
      'xorriso',
      ...asMkisofs,
      '-J',
      '-V',
      'A label',
      '-publisher',
      'PUB',
      '-preparer',
      'PREP',
      '-appid',
      'APP',
      '-sysid',
      'SYS',
      '-volset',
      'SET',
    )
    const facts = (path: string) =>
      said('-indev', `stdio:${path}`, '-pvd_info')
        .split('\n')
        .filter((line) => / Id {4}|Id *:|Time/.test(line))
    const before = facts(image)
    expect(before.length).toBeGreaterThan(8)
    await edit()
    expect(facts(edited)).toEqual(before)
  })

  it('keeps plain names that the standard does not allow', async () => {
    make('xorriso', ...asMkisofs, '-allow-lowercase', '-allow-multidot', '-relaxed-filenames', '-U')
    const names = (path: string) =>
      execFileSync('isoinfo', ['-f', '-i', path], { encoding: 'utf8' })
        .split('\n')
        .filter((name) => /install|docs/i.test(name))
    const before = names(image)
    expect(before).toContain('/install.amd')
    await edit({ steps: [{ step: 'add', hostPath: join(changed, 'added/new.txt'), path: '/new.txt' }] })
    expect(names(edited)).toEqual(before)
  })

  it('keeps hard links apart from files that merely share their bytes', async () => {
    make('xorriso', ...asMkisofs, '--hardlinks')
    await edit()
    expect(await differences(edited, changed, 'rockridge', ['times'])).toEqual([])
    const sizeOf = (path: string) => Number(execFileSync('stat', ['-c', '%s', path], { encoding: 'utf8' }))
    expect(sizeOf(edited)).toBeLessThan(sizeOf(image) + 40_000)
  })

  it('keeps compressed files compressed', async () => {
    const command = ['-outdev', `stdio:${image}`, '-map', source, '/', '-set_filter_r', '--zisofs', '/install.amd', '--', '-commit']
    execFileSync('xorriso', command, { stdio: 'ignore' })
    const result = await edit()
    expect(await differences(edited, changed, 'rockridge', ['times', 'links'])).toEqual([])
    expect(result.sizeBytes).toBeLessThan(200_000 + 400_000)
    const list = said('-zisofs', 'by_magic=on', '-indev', `stdio:${edited}`, '-find', '/', '-has_filter', '-exec', 'lsdl', '--')
    expect(list).toContain('vmlinuz')
  })

  it('leaves deep folders where they are', async () => {
    const deep = 'a/b/c/d/e/f/g/h/i/j'
    mkdirSync(join(source, deep), { recursive: true })
    try {
      make('xorriso', ...asMkisofs)
      await edit({ steps: [{ step: 'add', hostPath: join(changed, 'added/new.txt'), path: `/${deep}/new.txt` }] })
      const plain = execFileSync('isoinfo', ['-f', '-i', edited], { encoding: 'utf8' })
      expect(plain).toContain('/A/B/C/D/E/F/G/H/I/J/NEW.TXT;1')
      expect(plain).not.toMatch(/rr_moved/i)
    } finally {
      rmSync(join(source, 'a'), { recursive: true })
    }
  })

  it.skipIf(process.getuid?.() !== 0)('keeps devices, pipes, modes and owners', async () => {
    const special = join(scratch, 'special')
    mkdirSync(special)
    execFileSync('mknod', [join(special, 'null'), 'c', '1', '3'])
    execFileSync('mknod', [join(special, 'disk'), 'b', '259', '65537'])
    execFileSync('mkfifo', ['-m', '0620', join(special, 'pipe')])
    writeFileSync(join(special, 'suid'), 'x', { mode: 0o755 })
    execFileSync('chown', ['123:456', join(special, 'suid')])
    execFileSync('chmod', ['4751', join(special, 'suid')])
    execFileSync('xorriso', [...asMkisofs, '-o', image, special], { stdio: 'ignore' })
    await edit({ steps: [], label: 'NEW' })
    const list = (path: string) => said('-indev', `stdio:${path}`, '-lsdl', '/', '--')
    expect(list(edited)).toBe(list(image))
    expect(await differences(edited, special, 'rockridge')).toEqual([])
  })

  it('an implanted checksum is made again', async () => {
    make('genisoimage', '-quiet', '-R')
    execFileSync('implantisomd5', ['-f', image], { stdio: 'ignore' })
    await edit()
    expect(spawnSync('checkisomd5', [edited]).status).toBe(0)
  })
})

withGenisoimage('trees that show different things', () => {
  it('do so still', async () => {
    make('genisoimage', '-quiet', '-udf', '-J', '-R', '-hide-joliet', 'many', '-hide', 'notes.txt')
    await edit({ steps: [{ step: 'add', hostPath: join(changed, 'added/new.txt'), path: '/new.txt' }] })
    for (const view of ['rockridge', 'joliet', 'udf', 'iso9660'] as const) {
      const told = await differences(image, edited, view, ['times'])
      expect([view, withoutLinks(told)]).toEqual([view, [`added /${view === 'iso9660' ? 'NEW.TXT' : 'new.txt'}`]])
    }
  })

  it('what is put into a folder that a tree hides is hidden in it too', async () => {
    make('genisoimage', '-quiet', '-J', '-R', '-hide-joliet', 'many')
    await edit({ steps: [{ step: 'add', hostPath: join(changed, 'added/new.txt'), path: '/many/new.txt' }] })
    expect(withoutLinks(await differences(image, edited, 'joliet', ['times']))).toEqual([])
    expect(await differences(image, edited, 'rockridge')).toEqual(['added /many/new.txt'])
  })
})

describe('what can’t be done', () => {
  const broken: [string, Partial<EditRequest>, string][] = [
    ['a path that is not there', { steps: [{ step: 'remove', path: '/none' }] }, 'staged-path-missing'],
    [
      'taking out everything',
      { steps: ['readme.txt', 'install.amd', 'docs', 'many'].map((path) => ({ step: 'remove', path: `/${path}` })) },
      'nothing-to-write',
    ],
    ['a label that is none', { label: 'a:b' }, 'label-character'],
  ]
  it.each(broken)('%s is said, and nothing is written', async (_what, changes, code) => {
    make('xorriso', '-as', 'mkisofs', '-quiet', '-R')
    await expect(edit(changes)).rejects.toMatchObject({ report: { kind: 'usage', code } })
    expect(hostTree(scratch).has('/new.iso')).toBe(false)
  })

  it('the image itself is no output unless it may be replaced', async () => {
    make('xorriso', '-as', 'mkisofs', '-quiet', '-R')
    await expect(edit({ outPath: image })).rejects.toMatchObject({ report: { code: 'target-is-source' } })
    await edit({ outPath: image, overwrite: true })
    expect(await differences(image, changed, 'rockridge', ['times', 'links'])).toEqual([])
  })

  it('an image that is packed is never replaced by a plain one', async () => {
    make('xorriso', '-as', 'mkisofs', '-quiet', '-R')
    const packed = join(scratch, 'old.iso.gz')
    writeFileSync(packed, gzipSync(readFileSync(image)))
    const before = readFileSync(packed)
    for (const mode of ['rewrite', 'append-session'] as const) {
      const inPlace = edit({ imagePath: packed, outPath: packed, overwrite: true, mode })
      await expect(inPlace).rejects.toMatchObject({ report: { code: 'target-is-source' } })
    }
    expect(readFileSync(packed).equals(before)).toBe(true)
    await edit({ imagePath: packed })
    expect(await differences(edited, changed, 'rockridge', ['times', 'links'])).toEqual([])
  })

  it('a cancelled edit leaves nothing', async () => {
    make('xorriso', '-as', 'mkisofs', '-quiet', '-R')
    let calls = 0
    const control = quietControl({
      checkpoint: () => {
        if (++calls > 60) throw Object.assign(new Error('stop'), { stop: true })
        return undefined
      },
    })
    const request: EditRequest = {
      imagePath: image,
      outPath: edited,
      overwrite: false,
      steps: steps(),
      label: null,
      mode: 'rewrite',
      exclude: [],
    }
    await expect(editImage(request, control)).rejects.toThrow()
    expect([...hostTree(scratch).keys()].filter((path) => path.endsWith('.part') || path === '/new.iso')).toEqual([])
  })
})
