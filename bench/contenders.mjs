/** The works, who does them, and how near to which rival `isomer` is to come. */
import { listsEverything, madeImage, printsDigest, saysDigest, unpackedEverything } from './checks.mjs'

const isomer = (name, ...args) => ({ name, role: 'isomer', program: 'isomer', args })
const rival = (name, ...args) => ({ name, role: 'rival', program: name, args })
const floor = (name, program, ...args) => ({ name, role: 'floor', program, args })

/** What a shell does when it only copies: no program that reads and writes every byte is much faster. */
const copy = (from, to) => floor('floor: cat', 'sh', '-c', 'cat "$1" > "$2"', 'sh', from, to)

/** xorriso takes what lies below /dev, as memory file systems do, for a drive. */
const plainFile = (path) => `stdio:${path}`

const creators = ({ sourceFolder, outPath }) => [
  isomer('isomer, SHA-256', 'create', sourceFolder, '-o', outPath),
  isomer('isomer, no SHA-256', 'create', sourceFolder, '-o', outPath, '--no-sha256'),
  rival('genisoimage', '-quiet', '-iso-level', '3', '-J', '-R', '-o', outPath, sourceFolder),
]

const extractors = ({ imagePath, outPath }) => [
  isomer('isomer', 'extract', imagePath, '-o', outPath),
  rival('7z', 'x', '-y', '-bd', `-o${outPath}`, imagePath),
  rival('bsdtar', '-xf', imagePath, '-C', outPath),
  rival('xorriso', '-osirrox', 'on', '-indev', plainFile(imagePath), '-extract', '/', outPath),
]

const createSmall = {
  id: 'create-small',
  group: 'create',
  input: 'small',
  from: 'source',
  verb: 'create',
  check: madeImage,
  reference: ['genisoimage', 'xorriso', 'bsdtar'],
  reaches: [{ contender: 'isomer, SHA-256', atMost: 0.8, next: 0.5 }],
  contenders: (paths) => [
    ...creators(paths),
    rival('xorriso', '-as', 'mkisofs', '-quiet', '-J', '-R', '-o', paths.outPath, paths.sourceFolder),
    rival('bsdtar', '-cf', paths.outPath, '--format=iso9660', '-C', paths.sourceFolder, '.'),
  ],
}

/** UDF besides the rest; genisoimage's is of revision 1.02 too, without links, owners and modes. */
const createUdf = {
  id: 'create-udf',
  group: 'udf',
  input: 'small',
  from: 'source',
  verb: 'create with UDF',
  check: madeImage,
  reference: ['genisoimage -udf'],
  reaches: [],
  contenders: ({ sourceFolder, outPath }) => [
    isomer('isomer, SHA-256', 'create', sourceFolder, '-o', outPath, '--fs', 'iso9660,joliet,rockridge,udf'),
    isomer('isomer, no SHA-256', 'create', sourceFolder, '-o', outPath, '--fs', 'iso9660,joliet,rockridge,udf', '--no-sha256'),
    isomer('isomer, UDF 2.50 alone', 'create', sourceFolder, '-o', outPath, '--fs', 'udf', '--udf-revision', '2.50', '--no-sha256'),
    {
      ...rival('genisoimage', '-quiet', '-iso-level', '3', '-J', '-R', '-udf', '-o', outPath, sourceFolder),
      name: 'genisoimage -udf',
    },
  ],
}

const createBig = {
  id: 'create-big',
  group: 'create',
  input: 'big',
  from: 'source',
  verb: 'create',
  check: madeImage,
  reference: ['genisoimage'],
  reaches: [
    { contender: 'isomer, SHA-256', atMost: 1.6 },
    { contender: 'isomer, no SHA-256', atMost: 1 },
  ],
  contenders: (paths) => [...creators(paths), copy(paths.sourceFile, paths.outPath)],
}

const list = {
  id: 'list-small',
  group: 'list',
  input: 'small',
  from: 'image',
  verb: 'list',
  check: listsEverything,
  reference: ['7z'],
  differences: [{ name: 'isomer less node’s start', from: 'isomer', less: 'floor: node -e 0' }],
  reaches: [
    { contender: 'isomer', atMost: 1.2 },
    { contender: 'isomer less node’s start', atMost: 1, against: ['isoinfo'] },
  ],
  contenders: ({ imagePath }) => [
    isomer('isomer', 'list', imagePath),
    rival('7z', 'l', imagePath),
    rival('isoinfo', '-l', '-i', imagePath),
    rival('bsdtar', '-tf', imagePath),
    rival('xorriso', '-indev', plainFile(imagePath), '-find', '/'),
    floor('floor: node -e 0', process.execPath, '-e', '0'),
  ],
}

const extractSmall = {
  id: 'extract-small',
  group: 'extract',
  input: 'small',
  from: 'image',
  verb: 'extract',
  outIsFolder: true,
  check: unpackedEverything,
  reference: ['7z', 'bsdtar', 'xorriso'],
  reaches: [{ contender: 'isomer', atMost: 1 }],
  contenders: extractors,
}

const extractBig = { ...extractSmall, id: 'extract-big', input: 'big' }

const verify = {
  id: 'verify-big',
  group: 'verify',
  input: 'big',
  from: 'image',
  verb: 'verify SHA-256 of',
  check: saysDigest,
  reference: ['sha256sum', 'openssl'],
  reaches: [{ contender: 'isomer', atMost: 1.15, against: ['openssl'] }],
  contenders: ({ imagePath, imageSha256 }) => [
    isomer('isomer', 'verify', imagePath, '--alone', '--sha256', imageSha256),
    rival('sha256sum', imagePath),
    rival('openssl', 'dgst', '-sha256', imagePath),
  ],
}

const fourTools = ['sha256sum', 'sha512sum', 'sha1sum', 'md5sum']

const verifyFour = {
  ...verify,
  id: 'verify-four',
  verb: 'four digests of',
  check: printsDigest,
  reference: ['the four tools in turn'],
  reaches: [{ contender: 'isomer', atMost: 0.5 }],
  contenders: ({ imagePath }) => [
    isomer('isomer', 'verify', imagePath, '--alone', '--hash', 'sha256,sha512,sha1,md5'),
    {
      name: 'the four tools in turn',
      role: 'rival',
      program: 'sh',
      args: ['-c', fourTools.map((tool) => `${tool} "$1"`).join(' && '), 'sh', imagePath],
    },
  ],
}

const sixTools = [...fourTools.map((tool) => `${tool} "$1"`), 'b2sum "$1"', '7z h -scrcCRC32 "$1"']

const verifySix = {
  ...verifyFour,
  id: 'verify-six',
  verb: 'all six digests of',
  reference: ['the six tools in turn'],
  reaches: [],
  contenders: ({ imagePath }) => [
    isomer('isomer', 'verify', imagePath, '--alone', '--hash', 'sha256,sha512,sha1,md5,blake2b,crc32'),
    { name: 'the six tools in turn', role: 'rival', program: 'sh', args: ['-c', sixTools.join(' && '), 'sh', imagePath] },
  ],
}

/** In the order in which they run: all works over one input stand together, those that need its source first. */
export const works = [createSmall, createUdf, list, extractSmall, createBig, extractBig, verify, verifyFour, verifySix]

/** Who makes the image that is listed, extracted and verified: the first that is installed, preferably not `isomer`. */
export const imageMakers = ({ sourceFolder, imagePath }) => {
  const paths = { sourceFolder, outPath: imagePath }
  const [own, , genisoimage] = creators(paths)
  const xorriso = rival('xorriso', '-as', 'mkisofs', '-quiet', '-iso-level', '3', '-J', '-R', '-o', imagePath, sourceFolder)
  return [genisoimage, xorriso, own]
}

/** Every foreign program that takes part. */
export const rivalPrograms = ['genisoimage', 'xorriso', 'bsdtar', '7z', 'isoinfo', 'sha256sum', 'openssl']
