/** Damage to the shape of an image and to its volume descriptors (ECMA-119 7.2, 9). */
import { PrimaryVolumeDescriptor, SECTOR_BYTES } from '../../../iso9660/volume-descriptor.ts'
import { directory, lba, nm, px, record, TINY_SECTORS, tinyImage, ucs2 } from '../tiny-image.ts'
import { type Damage, honest, readable, refused } from './damage.ts'
import { both, fileRecord, lengthened, PLAIN_WHOLE, patched, patchedInBoth, WHOLE, withBytes } from './tiny-surgery.ts'

const { fields } = PrimaryVolumeDescriptor
const ROOT_AT = fields.rootDirectoryRecord.offset
const ROOT_LBA_AT = ROOT_AT + 2
const ROOT_SIZE_AT = ROOT_AT + 10
const ROOT_FLAGS_AT = ROOT_AT + 25
const SPACE_AT = fields.volumeSpaceSizeBlocks.offset
const BLOCK_SIZE_AT = fields.logicalBlockSizeBytes.offset
const CREATION_AT = fields.creationDate.offset
const LABEL_AT = fields.volumeIdentifier.offset

/** Behind the tiny image, with a gap. */
const SECOND_SESSION_LBA = TINY_SECTORS + 4

const both16 = (value: number): number[] => [value & 0xff, value >> 8, value >> 8, value & 0xff]
const text = (characters: string): number[] => [...Buffer.from(characters, 'latin1')]
const shape = { listed: WHOLE }

function withoutJoliet(offset: number, ...bytes: number[]): Buffer {
  const image = tinyImage({ joliet: false })
  image.set(bytes, lba.primary * SECTOR_BYTES + offset)
  return image
}

function withSecondPrimary(): Buffer {
  const image = tinyImage()
  image.copy(image, lba.terminator * SECTOR_BYTES, lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES)
  return withBytes(image, lba.terminator * SECTOR_BYTES + LABEL_AT, text('OTHER'))
}

function terminatorFirst(): Buffer {
  const image = tinyImage({ joliet: false })
  const primary = Buffer.from(image.subarray(lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES))
  image.copy(image, lba.primary * SECTOR_BYTES, lba.joliet * SECTOR_BYTES, (lba.joliet + 1) * SECTOR_BYTES)
  return withBytes(image, lba.joliet * SECTOR_BYTES, primary)
}

/** The primary descriptor once more behind the terminator. */
function descriptorBehindTerminator(): Buffer {
  const image = tinyImage({ joliet: false })
  image.copy(image, (lba.joliet + 1) * SECTOR_BYTES, lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES)
  return image
}

/** Descriptors without end in an image that has nothing else. */
function onlyDescriptors(): Buffer {
  const image = lengthened({}, 300)
  const primary = image.subarray(lba.primary * SECTOR_BYTES, (lba.primary + 1) * SECTOR_BYTES)
  const all = Buffer.concat([image.subarray(0, 16 * SECTOR_BYTES), ...Array.from({ length: 300 }, () => primary)])
  const rootLba = 17 + 280
  withBytes(all, rootLba * SECTOR_BYTES, directory(rootLba, rootLba, [fileRecord('X.;1', 'x')], { isRoot: true }))
  return withBytes(all, 16 * SECTOR_BYTES + ROOT_LBA_AT, both(rootLba))
}

function escapeInPrimary(): Buffer {
  const image = tinyImage()
  // Joliet's descriptor claims to be the primary one, and there is no other.
  image.copy(image, lba.primary * SECTOR_BYTES, lba.joliet * SECTOR_BYTES, (lba.joliet + 1) * SECTOR_BYTES)
  image.copy(image, lba.joliet * SECTOR_BYTES, lba.terminator * SECTOR_BYTES, (lba.terminator + 1) * SECTOR_BYTES)
  image[lba.primary * SECTOR_BYTES] = 1
  return image
}

/** All places in blocks of another size; the tiny image has them in sectors. */
function inBlocksOf(blockBytes: number): Buffer {
  const image = tinyImage({ joliet: false })
  const factor = SECTOR_BYTES / blockBytes
  const scale = (at: number) => void withBytes(image, at, both(image.readUInt32LE(at) * factor))
  const primary = lba.primary * SECTOR_BYTES
  withBytes(image, primary + BLOCK_SIZE_AT, both16(blockBytes))
  scale(primary + SPACE_AT)
  scale(primary + ROOT_LBA_AT)
  image.writeUInt32LE(lba.pathTable * factor, primary + fields.typeLPathTableLba.offset)
  image.writeUInt32BE((lba.pathTable + 1) * factor, primary + fields.typeMPathTableLba.offset)
  for (const sector of [lba.root, lba.docs]) {
    for (let at = sector * SECTOR_BYTES; image[at] !== 0; at += image[at] as number) scale(at + 2)
  }
  for (const sector of [lba.pathTable, lba.pathTable + 1]) {
    const isBig = sector !== lba.pathTable
    for (let at = sector * SECTOR_BYTES; image[at] !== 0; at += 8 + (image[at] as number) + ((image[at] as number) % 2)) {
      if (isBig) image.writeUInt32BE(image.readUInt32BE(at + 2) * factor, at + 2)
      else image.writeUInt32LE(image.readUInt32LE(at + 2) * factor, at + 2)
    }
  }
  return image
}

/** The last file ends in a sector of which only that much is there. */
function cutBehindLastFile(): Buffer {
  const last = record({ name: 'LAST.;1', lba: TINY_SECTORS, sizeBytes: 6, systemUse: [nm('last'), px(0o100644)] })
  const image = lengthened({ joliet: false, root: [last] }, 1)
  return image.subarray(0, image.length - 100)
}

function rootIsAFile(options: { joliet: boolean }): Buffer {
  const image = tinyImage(options)
  withBytes(image, lba.primary * SECTOR_BYTES + ROOT_LBA_AT, both(lba.big))
  return image
}

/** Another session behind the first, with a root of its own unless its descriptor leads elsewhere. */
function secondSession(rootLba: number | null, startLba = SECOND_SESSION_LBA): Buffer {
  const descriptorsLba = startLba + 16
  const ownRootLba = descriptorsLba + 3
  const image = Buffer.concat([tinyImage({ joliet: false }), Buffer.alloc(44 * SECTOR_BYTES)])
  for (const [from, to] of [
    [lba.primary, descriptorsLba],
    [lba.joliet, descriptorsLba + 1],
  ] as const)
    image.copy(image, to * SECTOR_BYTES, from * SECTOR_BYTES, (from + 1) * SECTOR_BYTES)
  withBytes(image, ownRootLba * SECTOR_BYTES, directory(ownRootLba, ownRootLba, [fileRecord('NEW.;1', 'new')], { isRoot: true }))
  withBytes(image, descriptorsLba * SECTOR_BYTES + ROOT_LBA_AT, both(rootLba ?? ownRootLba))
  withBytes(image, descriptorsLba * SECTOR_BYTES + SPACE_AT, both(40))
  return image
}

/** As on media that can be overwritten: the beginning leads to the newest session, and that one is cut off. */
function newestSessionCutOff(): Buffer {
  const image = secondSession(null, TINY_SECTORS)
  withBytes(image, lba.primary * SECTOR_BYTES + ROOT_LBA_AT, both(image.length / SECTOR_BYTES + 5))
  return image
}

/** Whole CD sectors, the sync of some of them damaged. */
function rawDump(): Buffer {
  const image = tinyImage()
  const sectors = Array.from({ length: TINY_SECTORS }, (_, i) => {
    const sector = Buffer.alloc(2352)
    Buffer.from('00ffffffffffffffffffff00', 'hex').copy(sector)
    sector[15] = 1
    image.copy(sector, 16, i * SECTOR_BYTES, (i + 1) * SECTOR_BYTES)
    if (i % 7 === 3) sector.fill(0, 0, 16)
    return sector
  })
  return Buffer.concat(sectors)
}

function polyglot(): Buffer {
  const image = tinyImage()
  image.write('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n', 0, 'latin1')
  return image
}

export const descriptorDamage: readonly Damage[] = [
  refused('an empty file', 'image-too-small', () => new Uint8Array()),
  refused('a file of sixteen sectors', 'image-too-small', () => new Uint8Array(16 * SECTOR_BYTES)),
  refused('nothing but zeros', 'not-an-image', () => new Uint8Array(40 * SECTOR_BYTES)),
  readable('a file that ends within a sector', 'partial-last-sector', () => Buffer.concat([tinyImage(), Buffer.alloc(100)]), shape),
  readable('a last sector of which the end is missing', ['partial-last-sector', 'image-cut-off'], cutBehindLastFile, { listed: ['/last'] }),

  readable('no end mark behind the descriptors', 'no-set-terminator', () => patched(lba.terminator, 1, 0), shape),
  readable('three hundred descriptors', 'no-set-terminator', onlyDescriptors, { listed: ['/x'] }),
  refused('the end mark in front of the descriptors', 'not-an-image', terminatorFirst),
  readable('a descriptor behind the end mark', 'descriptors-after-terminator', descriptorBehindTerminator, shape),
  readable('two primary descriptors that differ', 'several-primary-descriptors', withSecondPrimary, shape),
  readable('an end mark of version 0', 'descriptor-version', () => patched(lba.terminator, 6, 0), shape),
  readable('a primary descriptor of version 0', 'descriptor-version', () => patched(lba.primary, 6, 0), shape),
  readable('an unknown character set', 'supplementary-unknown', () => patched(lba.joliet, 88, 0x25, 0x2f, 0x7a), shape),
  readable('Joliet’s character set in the primary descriptor', 'primary-is-joliet', escapeInPrimary, shape),

  ...[0, 1, 4096, 65_535].map((size) =>
    refused(`blocks of ${size} bytes`, 'block-size-invalid', () => withoutJoliet(BLOCK_SIZE_AT, ...both16(size))),
  ),
  readable(
    'blocks of 1 byte in the primary descriptor alone',
    'block-size-invalid',
    () => patched(lba.primary, BLOCK_SIZE_AT, ...both16(1)),
    shape,
  ),
  honest('blocks of 512 bytes', () => inBlocksOf(512), shape),
  honest('blocks of 1024 bytes', () => inBlocksOf(1024), shape),

  readable('copies of a number that differ', 'both-endian-mismatch', () => patched(lba.primary, SPACE_AT + 4, 0, 0, 0, 99), shape),
  readable(
    'a place of the root of which only the second copy can be',
    'both-endian-mismatch',
    () => patched(lba.primary, ROOT_LBA_AT, 0xff, 0xff, 0xff, 0x7f),
    shape,
  ),
  readable('a volume larger than the file', 'image-cut-off', () => patched(lba.primary, SPACE_AT, ...both(TINY_SECTORS + 5)), shape),
  readable('a volume of 2³²−1 blocks', 'image-cut-off', () => patched(lba.primary, SPACE_AT, ...both(0xffff_ffff)), shape),
  readable('a volume of no size', 'volume-size-too-small', () => patchedInBoth(SPACE_AT, ...both(0)), shape),
  readable('a volume smaller than what it holds', 'volume-size-too-small', () => patchedInBoth(SPACE_AT, ...both(lba.big)), shape),

  readable('the root beyond any image', 'root-outside-image', () => patched(lba.primary, ROOT_LBA_AT, ...both(0xffff_ffff)), shape),
  refused('all roots beyond any image', 'root-outside-image', () => patchedInBoth(ROOT_LBA_AT, ...both(0xffff_ffff))),
  readable(
    'a path table beyond any image',
    'path-table-missing',
    () => patched(lba.primary, fields.typeLPathTableLba.offset, 0xff, 0xff, 0xff, 0xff),
    shape,
  ),
  readable('a root record of 68 bytes', 'root-record-length', () => patchedInBoth(ROOT_AT, 68), shape),
  honest('a root with a name of two bytes', () => patchedInBoth(ROOT_AT + 32, 2), shape),
  readable('a root that is not marked as a folder', 'root-not-directory', () => patchedInBoth(ROOT_FLAGS_AT, 0), shape),
  readable('a root of no size', 'directory-size-zero', () => patchedInBoth(ROOT_SIZE_AT, ...both(0)), shape),
  readable('a root that is the content of a file', 'root-damaged', () => rootIsAFile({ joliet: true }), shape),
  refused('a root that is the content of a file, and no Joliet', 'root-damaged', () => rootIsAFile({ joliet: false })),

  ...(
    [
      ['a date in the 13th month', 4, '13'],
      ['a date on 31 February', 4, '0231'],
      ['a date in the year 0', 0, '0000022900000000'],
      ['a date with letters in it', 8, 'AB'],
    ] as const
  ).map(([name, offset, digits]) =>
    readable(name, 'volume-date-invalid', () => patched(lba.primary, CREATION_AT + offset, ...text(digits)), shape),
  ),
  readable('a time zone 127 quarters of an hour away', 'volume-date-invalid', () => patched(lba.primary, CREATION_AT + 16, 127), shape),
  honest('a date of blanks', () => patched(lba.primary, CREATION_AT, ...text(' '.repeat(16)), 0), shape),

  honest('control characters in the label', () => patchedInBoth(LABEL_AT, ...text('\u001b[2J\u0007\u0000A')), {
    ...shape,
    told: ['\\u001b[2J\\u0007\\u0000A'],
  }),
  honest('a label that turns the reading direction', () => patched(lba.joliet, LABEL_AT, ...ucs2('\u202egpj.exe')), shape),
  honest('a label that is a path', () => patchedInBoth(LABEL_AT, ...text('../../"; rm -rf /')), shape),
  honest('blanks up to the very end of a text', () => patchedInBoth(LABEL_AT, ...text(`${' '.repeat(31)}x`)), shape),
  readable('a second session', 'older-session-first', () => secondSession(null), { listed: ['/new'] }),
  honest('a second session that leads to the first', () => secondSession(lba.root), shape),
  honest('a second session that leads to itself', () => secondSession(SECOND_SESSION_LBA + 16), shape),
  honest('a second session that leads beyond the image', () => secondSession(0xffff_ffff), shape),
  readable('the newest session cut off', 'newest-session-missing', newestSessionCutOff, { listed: ['/new'] }),
  honest('whole sectors of a CD, the sync of some of them lost', rawDump, shape),
  honest('an image that is a PDF document as well', polyglot, shape),
  honest('a plain tree with nothing beside it', () => tinyImage({ joliet: false, rockRidge: false }), { listed: PLAIN_WHOLE }),
]
