/** Folders of the host compared: every kind of difference, and what is none. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Difference } from '../../../shared/comparison.ts'
import { Problem } from '../../../shared/problem.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { type CompareRequest, compareJob, comparePaths } from './compare.ts'

let scratch: string
let a: string
let b: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-compare-'))
  a = join(scratch, 'a')
  b = join(scratch, 'b')
  mkdirSync(join(a, 'docs/old letters'), { recursive: true })
  mkdirSync(join(a, 'pictures'))
  writeFileSync(join(a, 'readme.txt'), 'read me\n')
  writeFileSync(join(a, 'empty'), '')
  for (let i = 0; i < 5; i++) writeFileSync(join(a, `pictures/${i}.jpg`), Buffer.alloc(3000, i))
  for (let i = 0; i < 3; i++) writeFileSync(join(a, `docs/old letters/${i}.txt`), `letter ${i}\n`)
  symlinkSync('../readme.txt', join(a, 'docs/link'))
  cpSync(a, b, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const request = (): CompareRequest => ({ pathOfA: a, pathOfB: b, view: 'auto', ignore: [], exclude: [] })

async function differences(changes: Partial<CompareRequest> = {}): Promise<Difference[]> {
  const found: Difference[] = []
  await comparePaths({ ...request(), ...changes }, (difference) => found.push(difference), quietControl())
  return found
}

/** Such as `moved /from → /to`. */
async function told(changes: Partial<CompareRequest> = {}): Promise<string[]> {
  return (await differences(changes)).map(({ kind, a: ofA, b: ofB, aspects }) => {
    const path = kind === 'moved' ? `${ofA?.path} → ${ofB?.path}` : (ofB ?? ofA)?.path
    return [kind, path, ...aspects].join(' ')
  })
}

/** Writes into a file of B without touching its date. */
function edit(path: string, change: (bytes: Buffer) => Buffer): void {
  const file = join(b, path)
  const bytes = change(readFileSync(file))
  writeFileSync(file, bytes)
  keepDate(path)
}

function keepDate(path: string): void {
  utimesSync(join(a, path), 1_600_000_000, 1_600_000_000)
  utimesSync(join(b, path), 1_600_000_000, 1_600_000_000)
}

describe('the same', () => {
  it('finds nothing', async () => {
    expect(await differences()).toEqual([])
    const result = await compareJob(request(), quietControl())
    expect(result.counts).toMatchObject({ same: 14, changed: 0, moved: 0 })
    expect(result.differences).toEqual([])
  })

  it('counts no fraction of a second, and no dates of folders', async () => {
    utimesSync(join(a, 'readme.txt'), 1_600_000_000.25, 1_600_000_000.25)
    utimesSync(join(b, 'readme.txt'), 1_600_000_000.75, 1_600_000_000.75)
    utimesSync(join(b, 'docs'), 1_500_000_000, 1_500_000_000)
    expect(await told()).toEqual([])
  })

  it('knows names that are spelled in another of Unicode’s forms', async () => {
    writeFileSync(join(a, 'é.txt'.normalize('NFC')), 'x')
    writeFileSync(join(b, 'é.txt'.normalize('NFD')), 'x')
    expect(await told({ ignore: ['times'] })).toEqual([])
  })

  it('does not open files that are one file', async () => {
    rmSync(b, { recursive: true })
    mkdirSync(b)
    linkSync(join(a, 'readme.txt'), join(b, 'readme.txt'))
    chmodSync(join(a, 'readme.txt'), 0)
    expect((await told()).filter((line) => line.includes('readme'))).toEqual([])
  })
})

describe('what differs', () => {
  it('one byte, and where', async () => {
    edit('pictures/3.jpg', (bytes) => {
      bytes[2047] = 9
      return bytes
    })
    const found = await differences()
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ kind: 'changed', aspects: ['content'], firstDifferenceBytes: 2047, b: { path: '/pictures/3.jpg' } })
  })

  it('a size, without a place', async () => {
    edit('readme.txt', (bytes) => Buffer.concat([bytes, bytes]))
    expect(await differences()).toMatchObject([{ kind: 'changed', firstDifferenceBytes: null, a: { sizeBytes: 8 }, b: { sizeBytes: 16 } }])
  })

  it('attributes apart from content, as far as they are wanted', async () => {
    chmodSync(join(b, 'readme.txt'), 0o600)
    utimesSync(join(b, 'empty'), 1_600_000_000, 1_600_000_000)
    expect(await told()).toEqual(['attributes /empty times', 'attributes /readme.txt modes'])
    expect(await told({ ignore: ['times'] })).toEqual(['attributes /readme.txt modes'])
    expect(await told({ ignore: ['times', 'modes'] })).toEqual([])
  })

  it('names that are one file on one side only', async () => {
    linkSync(join(a, 'readme.txt'), join(a, 'same.txt'))
    cpSync(join(a, 'same.txt'), join(b, 'same.txt'), { preserveTimestamps: true })
    expect(await told()).toEqual(['attributes /same.txt links'])
    expect(await told({ ignore: ['links'] })).toEqual([])
  })

  it('where a link leads', async () => {
    rmSync(join(b, 'docs/link'))
    symlinkSync('../empty', join(b, 'docs/link'))
    expect(await told()).toEqual(['changed /docs/link target'])
  })

  it.skipIf(process.getuid?.() !== 0)('a device of another number', async () => {
    execFileSync('mknod', [join(a, 'device'), 'c', '1', '3'])
    execFileSync('mknod', [join(b, 'device'), 'c', '1', '5'])
    expect(await told()).toEqual(['changed /device device'])
  })

  it('a folder in place of a file, with what is in it', async () => {
    rmSync(join(b, 'readme.txt'))
    mkdirSync(join(b, 'readme.txt'))
    writeFileSync(join(b, 'readme.txt/inside'), 'new')
    expect(await told()).toEqual(['changed /readme.txt type', 'added /readme.txt/inside'])
  })

  it('a folder that one side alone has, with all that is in it', async () => {
    mkdirSync(join(b, 'new/deeper'), { recursive: true })
    writeFileSync(join(b, 'new/deeper/file'), 'new')
    expect(await differences()).toMatchObject([
      { kind: 'added', b: { path: '/new' }, files: 1, directories: 1, isWithin: false },
      { kind: 'added', b: { path: '/new/deeper' }, files: 1, isWithin: true },
      { kind: 'added', b: { path: '/new/deeper/file' }, isWithin: true },
    ])
  })

  it('nothing of what is excluded', async () => {
    writeFileSync(join(b, '.DS_Store'), 'mac')
    mkdirSync(join(b, 'docs/tmp'))
    expect(await told({ exclude: ['.DS_Store', 'docs/tmp'] })).toEqual([])
  })
})

describe('what moved', () => {
  it('a file', async () => {
    renameSync(join(b, 'readme.txt'), join(b, 'docs/read me first.txt'))
    expect(await told()).toEqual(['moved /readme.txt → /docs/read me first.txt'])
  })

  it('a folder, once for all that is in it', async () => {
    renameSync(join(b, 'pictures'), join(b, 'docs/photos'))
    expect(await differences()).toMatchObject([
      { kind: 'moved', a: { path: '/pictures' }, b: { path: '/docs/photos' }, files: 5, directories: 0 },
    ])
  })

  it('a folder in which something changed too', async () => {
    renameSync(join(b, 'docs'), join(b, 'papers'))
    writeFileSync(join(b, 'papers/old letters/1.txt'), 'letter X\n')
    rmSync(join(b, 'papers/old letters/2.txt'))
    expect((await told({ ignore: ['times'] })).sort()).toEqual([
      'changed /papers/old letters/1.txt content',
      'moved /docs → /papers',
      'removed /docs/old letters/2.txt',
    ])
  })

  it('a folder renamed in a folder that was renamed', async () => {
    renameSync(join(b, 'docs'), join(b, 'papers'))
    renameSync(join(b, 'papers/old letters'), join(b, 'papers/letters'))
    const found = await told()
    expect(found).toContain('moved /docs/old letters → /papers/letters')
  })

  it('files of one content by their names and folders', async () => {
    for (const folder of ['x', 'y', 'z']) {
      for (const side of [a, b]) {
        mkdirSync(join(side, folder))
        writeFileSync(join(side, folder, '__init__.py'), 'same everywhere')
        writeFileSync(join(side, folder, 'own.py'), `own ${folder}`)
      }
    }
    renameSync(join(b, 'y'), join(b, 'w'))
    expect(await told({ ignore: ['times'] })).toEqual(['moved /y → /w'])
  })

  it('no empty file of another name, for nothing tells that it is the same', async () => {
    renameSync(join(b, 'empty'), join(b, 'nothing'))
    expect(await told()).toEqual(['removed /empty', 'added /nothing'])
    renameSync(join(b, 'nothing'), join(b, 'docs/empty'))
    expect(await told()).toEqual(['moved /empty → /docs/empty'])
  })

  it('a file that changed places with another', async () => {
    renameSync(join(b, 'pictures/1.jpg'), join(b, 'pictures/t'))
    renameSync(join(b, 'pictures/2.jpg'), join(b, 'pictures/1.jpg'))
    renameSync(join(b, 'pictures/t'), join(b, 'pictures/2.jpg'))
    expect(await told({ ignore: ['times'] })).toEqual(['changed /pictures/1.jpg content', 'changed /pictures/2.jpg content'])
  })
})

describe('what can’t be read', () => {
  it('a side that is not there is an io Problem', async () => {
    await expect(differences({ pathOfB: join(scratch, 'none') })).rejects.toMatchObject({ report: { kind: 'io' } })
  })

  it('stops when it is told to', async () => {
    const control = quietControl({
      checkpoint: () => {
        throw Problem.cancelled()
      },
    })
    await expect(comparePaths(request(), () => {}, control)).rejects.toMatchObject({ report: { kind: 'cancelled' } })
  })
})
