/** Images made by other people's writers, compared with each other and with the folder they were made from. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison, Difference } from '../../../shared/comparison.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { scratchRoot } from '../testing/scratch.ts'
import { makeManyFiles } from '../testing/source-trees.ts'
import { type CompareRequest, comparePaths } from './compare.ts'

const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const LONG_NAME = `${'a long name '.repeat(8)}end.txt`

let scratch: string
let source: string
beforeAll(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-compare-'))
  source = join(scratch, 'source')
  mkdirSync(join(source, 'a folder with a long name/deeper'), { recursive: true })
  writeFileSync(join(source, 'readme.txt'), 'read me\n')
  writeFileSync(join(source, 'no extension'), 'plain\n')
  writeFileSync(join(source, 'Ünïcödé ☃.txt'), 'unicode\n')
  writeFileSync(join(source, 'semi;colon.txt'), 'semicolon\n')
  writeFileSync(join(source, 'a folder with a long name', LONG_NAME), 'long\n')
  writeFileSync(join(source, 'a folder with a long name/deeper/large.bin'), Buffer.alloc(700_000, 'large '))
  utimesSync(join(source, 'readme.txt'), 1_600_000_000.7, 1_600_000_000.7)
  linkSync(join(source, 'readme.txt'), join(source, 'same as readme.txt'))
  symlinkSync('readme.txt', join(source, 'link'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Maker {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
  readonly view: CompareRequest['view']
  /** Entries that the tree can't hold. */
  readonly notHeld: number
}
const makers: Maker[] = [
  { name: 'xorriso, Rock Ridge', tool: 'xorriso', args: ['-as', 'mkisofs', '-quiet', '-R', '--hardlinks'], view: 'rockridge', notHeld: 0 },
  { name: 'genisoimage, Rock Ridge', tool: 'genisoimage', args: ['-quiet', '-R'], view: 'rockridge', notHeld: 0 },
  { name: 'genisoimage, Joliet', tool: 'genisoimage', args: ['-quiet', '-J', '-R'], view: 'joliet', notHeld: 1 },
  { name: 'xorriso, Joliet', tool: 'xorriso', args: ['-as', 'mkisofs', '-quiet', '-J', '-R'], view: 'joliet', notHeld: 1 },
  { name: 'genisoimage, long Joliet', tool: 'genisoimage', args: ['-quiet', '-J', '-joliet-long'], view: 'joliet', notHeld: 1 },
  { name: 'genisoimage, level 1', tool: 'genisoimage', args: ['-quiet', '-iso-level', '1'], view: 'iso9660', notHeld: 1 },
  { name: 'genisoimage, level 3', tool: 'genisoimage', args: ['-quiet', '-iso-level', '3'], view: 'iso9660', notHeld: 1 },
  { name: 'xorriso, plain tree', tool: 'xorriso', args: ['-as', 'mkisofs', '-quiet', '-R'], view: 'iso9660', notHeld: 1 },
  { name: 'genisoimage, UDF', tool: 'genisoimage', args: ['-quiet', '-udf', '-R'], view: 'udf', notHeld: 1 },
]

async function compared(changes: Partial<CompareRequest>): Promise<{ comparison: Comparison; told: string[]; differences: Difference[] }> {
  const differences: Difference[] = []
  const request = { pathOfA: source, pathOfB: source, view: 'auto' as const, ignore: [], exclude: [], ...changes }
  const { comparison } = await comparePaths(request, (difference) => differences.push(difference), quietControl())
  const told = differences.map(({ kind, a, b, aspects }) => {
    const path = kind === 'moved' ? `${a?.path} → ${b?.path}` : (b ?? a)?.path
    return [kind, path, ...aspects].join(' ')
  })
  return { comparison, told, differences }
}

function make(tool: string, args: readonly string[], name: string, folder: string): string {
  const image = join(scratch, `${name.replaceAll(/\W+/g, '-')}.iso`)
  execFileSync(tool, [...args, '-o', image, folder], { stdio: 'ignore' })
  return image
}

describe.each(makers)('an image made by $name', (maker) => {
  const check = has(maker.tool) ? it : it.skip

  check('is the same as its folder, both ways', async () => {
    const image = make(maker.tool, maker.args, maker.name, source)
    for (const paths of [
      { pathOfA: image, pathOfB: source },
      { pathOfA: source, pathOfB: image },
    ]) {
      const { told, comparison } = await compared({ ...paths, view: maker.view })
      expect(told).toEqual([])
      expect(comparison.counts.notHeld).toBe(maker.notHeld)
    }
  })

  check('differs from it by what was changed since', async () => {
    const changed = join(scratch, 'changed')
    cpSync(source, changed, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
    const image = make(maker.tool, maker.args, maker.name, source)
    appendFileSync(join(changed, 'no extension'), 'more')
    renameSync(join(changed, 'Ünïcödé ☃.txt'), join(changed, 'b.txt'))
    renameSync(join(changed, 'a folder with a long name'), join(changed, 'short'))
    const { differences } = await compared({ pathOfA: image, pathOfB: changed, view: maker.view, ignore: ['times', 'links'] })
    rmSync(changed, { recursive: true })
    const told = differences.filter(({ b }) => b !== null && b.path !== '/link').map(({ kind, b }) => `${kind} ${b?.path}`)
    expect(told.sort()).toEqual(['changed /no extension', 'moved /b.txt', 'moved /short'])
  })
})

const withGenisoimage = has('genisoimage') ? it : it.skip
const withXorriso = has('xorriso') ? it : it.skip

withGenisoimage('two images with trees of different kinds are the same where both can be', async () => {
  const rich = make('genisoimage', ['-quiet', '-R', '-V', 'RICH'], 'rich', source)
  const poor = make('genisoimage', ['-quiet', '-J', '-V', 'POOR'], 'poor', source)
  expect((await compared({ pathOfA: rich, pathOfB: poor })).told).toEqual([])
  const renamed = make('genisoimage', ['-quiet', '-R', '-V', 'OTHER'], 'renamed', source)
  expect((await compared({ pathOfA: rich, pathOfB: renamed })).told).toEqual(['attributes / label'])
  expect((await compared({ pathOfA: rich, pathOfB: renamed, ignore: ['label'] })).told).toEqual([])
})

withXorriso('a file that is cut off could not be compared, and the rest was', async () => {
  const image = make('xorriso', ['-as', 'mkisofs', '-quiet', '-R'], 'whole', source)
  const cut = join(scratch, 'cut.iso')
  cpSync(image, cut)
  truncateSync(cut, 500_000)
  const { told, comparison } = await compared({ pathOfA: image, pathOfB: cut })
  expect(told).toContain('unreadable /a folder with a long name/deeper/large.bin')
  expect(told.filter((line) => !line.startsWith('unreadable'))).toEqual([])
  expect(comparison.counts.same).toBeGreaterThan(0)
})

withGenisoimage('an image is the same as itself without reading its files', async () => {
  const image = make('genisoimage', ['-quiet', '-R'], 'itself', source)
  const { comparison } = await compared({ pathOfA: image, pathOfB: image })
  expect(comparison.counts.changed).toBe(0)
})

withGenisoimage(
  'one changed byte, one renamed file and one moved folder are found among 50,000 files',
  async () => {
    const before = join(scratch, 'many')
    mkdirSync(before)
    makeManyFiles(before, 50_000, 500)
    const imageOfBefore = make('genisoimage', ['-quiet', '-R', '-J'], 'before', before)
    const victim = join(before, 'folder 0042/file 021400.dat')
    flipByte(victim, 1000)
    renameSync(join(before, 'folder 0007/file 003501.dat'), join(before, 'folder 0007/renamed.dat'))
    mkdirSync(join(before, 'elsewhere'))
    renameSync(join(before, 'folder 0099'), join(before, 'elsewhere/folder 0099'))
    const imageOfAfter = make('genisoimage', ['-quiet', '-R', '-J'], 'after', before)
    const expected = [
      'added /elsewhere',
      'changed /folder 0042/file 021400.dat content',
      'moved /folder 0007/file 003501.dat → /folder 0007/renamed.dat',
      'moved /folder 0099 → /elsewhere/folder 0099',
    ]
    const images = await compared({ pathOfA: imageOfBefore, pathOfB: imageOfAfter })
    expect(images.told.sort()).toEqual(expected)
    expect(images.differences.find(({ kind }) => kind === 'changed')?.firstDifferenceBytes).toBe(1000)
    const withFolder = await compared({ pathOfA: imageOfBefore, pathOfB: before })
    expect(withFolder.told.sort()).toEqual(expected)
  },
  120_000,
)

/** Changes a byte of a file without a trace in its date. */
function flipByte(path: string, offsetBytes: number): void {
  const fd = openSync(path, 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, offsetBytes)
  byte[0] = ~(byte[0] as number)
  const { mtimeMs } = statSync(path)
  writeSync(fd, byte, 0, 1, offsetBytes)
  closeSync(fd)
  utimesSync(path, mtimeMs / 1000, mtimeMs / 1000)
}
