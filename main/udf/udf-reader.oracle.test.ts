/** Volumes that other people's programs made, of every kind of partition and block size. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FileByteSource } from '../bytes/byte-source.ts'
import { FindingLog } from '../bytes/finding-log.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { openUdf, type UdfVolume } from './open-udf.ts'
import { genisoimageUdf, mkudffs, wrudf } from './testing/foreign-udf.ts'
import { listedTree } from './testing/listed-tree.ts'

let scratch: string
let image: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-udf-'))
  image = join(scratch, 'image')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const MIB = 2 ** 20

/** What is seen of the volume, and the codes of the findings. */
function read<T>(use: (volume: UdfVolume) => T): { readonly seen: T; readonly codes: string[] } {
  const source = FileByteSource.open(image)
  const findings = new FindingLog()
  try {
    const volume = openUdf(source, findings)
    if (volume === null) throw new Error(`no UDF volume: ${JSON.stringify(findings.list())}`)
    return { seen: use(volume), codes: findings.list().map((finding) => finding.code) }
  } finally {
    source.close()
  }
}

describe('empty volumes of mkudffs', () => {
  it.each([
    ['hard disk, 1.02', ['-m', 'hd', '-b', '512', '-r', '1.02'], 0x0102, 512, ['physical']],
    ['hard disk, 4096', ['-m', 'hd', '-b', '4096', '-r', '2.01'], 0x0201, 4096, ['physical']],
    ['hard disk, 32768', ['-m', 'hd', '-b', '32768'], 0x0201, 32_768, ['physical']],
    ['DVD', ['-m', 'dvd', '-r', '1.50'], 0x0150, 2048, ['physical']],
    ['DVD-RW', ['-m', 'dvdrw'], 0x0201, 2048, ['sparable']],
    ['CD-R, 1.50', ['-m', 'cdr', '-r', '1.50'], 0x0150, 2048, ['physical', 'virtual']],
    ['CD-R, 2.01', ['-m', 'cdr', '-r', '2.01'], 0x0201, 2048, ['physical', 'virtual']],
    ['BD-R', ['-m', 'bdr'], 0x0250, 2048, ['physical', 'virtual']],
    ['long descriptors', ['-m', 'dvdram', '--ad=long'], 0x0201, 2048, ['physical']],
  ] as const)('%s', (_, args, revision, blockBytes, partitions) => {
    mkudffs(image, 40 * MIB, args)
    const { seen, codes } = read((volume) => ({ ...volume, names: [...listedTree(volume.view).keys()] }))
    expect(seen).toMatchObject({ revision, blockBytes, partitions, label: 'Täst 日本', volumeIdentifier: 'Täst 日本', names: [] })
    expect(codes).toEqual([])
  })
})

it('write-once media in an image as long as the medium: the table is looked for before the zeros', () => {
  mkudffs(image, 40 * MIB, ['-m', 'cdr', '-r', '1.50'])
  truncateSync(image, 60 * MIB)
  const { seen, codes } = read(({ partitions }) => partitions)
  expect(seen).toEqual(['physical', 'virtual'])
  expect(codes).toEqual([])
})

describe('files that others wrote', () => {
  const small = Buffer.from('small file\n')
  const large = Buffer.alloc(700_001, 'large file ')

  it('into a sparable volume, with wrudf', () => {
    writeFileSync(join(scratch, 'kept'), large)
    writeFileSync(join(scratch, 'gone'), small)
    mkudffs(image, 40 * MIB, ['-m', 'cdrw', '-r', '1.50'])
    // It changes into folders that it makes, and keeps the names of what it copies.
    wrudf(image, ['mkdir sub', `cp ${join(scratch, 'gone')} .`, `cp ${join(scratch, 'kept')} .`, 'rm gone'])
    const { seen, codes } = read(({ view }) => listedTree(view))
    expect(seen.get('/sub/kept')).toBe(sha256(large))
    expect([...seen.keys()].sort()).toEqual(['/Non-Allocatable Space', '/sub', '/sub/kept'])
    expect(codes).toEqual([])
  })

  it('into a bridge volume, with genisoimage', () => {
    const folder = join(scratch, 'folder')
    mkdirSync(join(folder, 'ordner', 'tief'), { recursive: true })
    writeFileSync(join(folder, 'small.txt'), small)
    writeFileSync(join(folder, 'ordner', 'Ärger.bin'), large)
    writeFileSync(join(folder, 'ordner', 'tief', '日本'), '')
    genisoimageUdf(image, folder)
    const { seen, codes } = read(({ view, revision }) => ({ tree: Object.fromEntries(listedTree(view)), revision }))
    expect(seen).toEqual({
      revision: 0x0102,
      tree: {
        '/small.txt': sha256(small),
        '/ordner': 'directory',
        '/ordner/Ärger.bin': sha256(large),
        '/ordner/tief': 'directory',
        '/ordner/tief/日本': sha256(Buffer.alloc(0)),
      },
    })
    expect(codes).toEqual([])
  })
})
