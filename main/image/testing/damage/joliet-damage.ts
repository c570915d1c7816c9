/** Damage to Joliet's tree, and trees that disagree. */
import { SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { directory, jolietRoot, lba, record, TINY_SECTORS, tinyImage, ucs2 } from '../tiny-image.ts'
import { type Damage, honest, readable } from './damage.ts'
import { both, DIRECTORY, lengthened, WHOLE, withBytes, withParentOf } from './tiny-surgery.ts'

const entry = (name: Uint8Array, extentLba: number = lba.hello): Buffer => record({ name, lba: extentLba, sizeBytes: 6 })
/** Joliet is the best tree here. */
const jolietWith = (...records: Uint8Array[]): Buffer => tinyImage({ rockRidge: false, jolietRoot: [...jolietRoot(), ...records] })
const with_ = (...paths: string[]) => ({ listed: [...WHOLE, ...paths] })

/** Further records in a second sector, the first one not being full. */
function secondSector(): Buffer {
  const image = lengthened({ rockRidge: false }, 2)
  const first = directory(TINY_SECTORS, TINY_SECTORS, jolietRoot(), { rockRidge: false, isRoot: true })
  first.set(both(2 * SECTOR_BYTES), 10)
  withBytes(image, TINY_SECTORS * SECTOR_BYTES, first, entry(ucs2('later')))
  withParentOf(image, lba.jolietDocs, TINY_SECTORS)
  return withBytes(image, lba.joliet * SECTOR_BYTES + 158, both(TINY_SECTORS), both(2 * SECTOR_BYTES))
}

/** Two hundred folders of 100 characters, one in the other: more than any system takes as a path. */
function longPath(): Buffer {
  const levels = 200
  const image = lengthened({ rockRidge: false, jolietRoot: [folder(TINY_SECTORS)] }, levels)
  for (let level = 0; level < levels; level++) {
    const at = TINY_SECTORS + level
    const child = level + 1 < levels ? folder(at + 1) : entry(ucs2('at the end'))
    withBytes(image, at * SECTOR_BYTES, directory(at, at - 1, [child], { rockRidge: false }))
  }
  return image
}

const folder = (extentLba: number): Buffer =>
  record({ name: ucs2('d'.repeat(100)), lba: extentLba, sizeBytes: SECTOR_BYTES, flags: DIRECTORY })

export const jolietDamage: readonly Damage[] = [
  readable('half a character', 'joliet-name-odd', () => jolietWith(entry(Buffer.concat([ucs2('half'), Buffer.of(0)]))), with_('/half')),
  readable('a name of 110 characters', 'joliet-name-long', () => jolietWith(entry(ucs2('x'.repeat(110)))), with_(`/${'x'.repeat(103)}`)),
  honest('a name of 103 characters', () => jolietWith(entry(ucs2('x'.repeat(103)))), with_(`/${'x'.repeat(103)}`)),
  honest(
    'halves of surrogate pairs',
    () => jolietWith(entry(Buffer.of(0xd8, 0x3d)), entry(Buffer.of(0xd8, 0x3e))),
    with_('/\\ud83d', '/\\ud83e'),
  ),
  honest('a character that is none', () => jolietWith(entry(Buffer.of(0xff, 0xfe))), with_('/\ufffe')),
  readable('NUL in a name', 'name-unsafe', () => jolietWith(entry(ucs2('a\u0000b'))), with_('/a\\x00b')),
  readable('a slash in a name', 'name-unsafe', () => jolietWith(entry(ucs2('a/b'))), with_('/a\\x2fb')),
  readable('a name of two dots', 'name-unsafe', () => jolietWith(entry(ucs2('..'))), with_('/\\x2e\\x2e')),
  honest(
    'names that Windows forbids',
    () => jolietWith(...['C:x', 'a\\b', 'what*?', 'aux.txt', 'dot.', 'ads:stream'].map((name) => entry(ucs2(name)))),
    with_('/C:x', '/a\\b', '/what*?', '/aux.txt', '/dot.', '/ads:stream'),
  ),
  honest('records in a second sector behind a gap', secondSector, with_('/later')),
  { ...readable('a path of 20 kB', [], longPath), exits: { info: 0, list: 0, extract: 4 }, silent: false },
  readable(
    'a file that is in no other tree',
    'only-in-joliet',
    () => jolietWith(entry(ucs2('secret'), lba.continuation)),
    with_('/secret'),
  ),
  readable(
    'a file that is in the plain tree alone',
    'only-in-iso9660',
    () => tinyImage({ rockRidge: false, jolietRoot: jolietRoot().slice(0, 2) }),
    { listed: ['/big.bin', '/docs', '/docs/note.txt'] },
  ),
]
