/** Checksum files as they are found: each with what is odd about it, and the right answer. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DigestKind } from '../../shared/digest.ts'
import { kindOfFileName, parseChecksumFile } from './checksum-file.ts'
import { judgeByList, kindsNeeded } from './checksum-judgement.ts'
import { decodeText } from './text-of-file.ts'

const content = Buffer.from('the content of an image')
const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex')
const sha256 = digest('sha256')
const sha512 = digest('sha512')
const sha1 = digest('sha1')
const md5 = digest('md5')
const blake2b = digest('blake2b512')
const crc = crc32(content).toString(16).padStart(8, '0')
const digests: Record<DigestKind, string> = { sha256, sha512, sha1, md5, blake2b, crc32: crc }
const wrong = 'f'.repeat(64)
const NAME = 'debian-12.iso'

interface Oddity {
  readonly what: string
  readonly file: string | Buffer
  readonly fileName?: string
  readonly image?: string
  /** Whether somebody chose this list for the image. */
  readonly isMeant?: boolean
  /** What is to come out: the verdict, the way the line was found, the name there, the remarks. */
  readonly gives: readonly [verdict: string, way: string | null, listed?: string | null | undefined, remarks?: number]
  /** Where the coreutils understand the file too, their answer must be the same. */
  readonly coreutils?: string
}

const oddities: readonly Oddity[] = [
  { what: 'as sha256sum writes it', file: `${sha256}  ${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'binary mark', file: `${sha256} *${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'other content', file: `${wrong}  ${NAME}\n`, gives: ['differs', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'Windows line ends', file: `${sha256}  ${NAME}\r\n${wrong}  other.iso\r\n`, gives: ['same', 'name', NAME] },
  { what: 'old Mac line ends', file: `${wrong}  other.iso\r${sha256}  ${NAME}\r`, gives: ['same', 'name', NAME] },
  { what: 'byte order mark', file: `\ufeff${sha256}  ${NAME}\n`, gives: ['same', 'name', NAME] },
  { what: 'UTF-16, as PowerShell redirects', file: Buffer.from(`\ufeff${sha256}  ${NAME}\r\n`, 'utf16le'), gives: ['same', 'name', NAME] },
  { what: 'no line end', file: `${sha256}  ${NAME}`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'capital digits', file: `${sha256.toUpperCase()}  ${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'BSD tag', file: `SHA256 (${NAME}) = ${sha256}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'BSD tag of BLAKE2b', file: `BLAKE2b (${NAME}) = ${blake2b}\n`, gives: ['same', 'name', NAME], coreutils: 'b2sum' },
  { what: 'OpenSSL', file: `SHA2-256(${NAME})= ${sha256}\n`, gives: ['same', 'name', NAME] },
  { what: 'old OpenSSL', file: `SHA256(${NAME})= ${sha256}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  {
    what: 'escaped name',
    file: `\\${sha256}  a\\\\b\\nc.iso\n`,
    image: 'a\\b\nc.iso',
    gives: ['same', 'name', 'a\\b\nc.iso'],
    coreutils: 'sha256sum',
  },
  {
    what: 'escaped name in a BSD tag',
    file: `\\SHA256 (a\\\\b.iso) = ${sha256}\n`,
    image: 'a\\b.iso',
    gives: ['same', 'name', 'a\\b.iso'],
    coreutils: 'sha256sum',
  },
  {
    what: 'name with blanks and brackets',
    file: `SHA256 (a (b) c.iso) = ${sha256}\n`,
    image: 'a (b) c.iso',
    gives: ['same', 'name', 'a (b) c.iso'],
    coreutils: 'sha256sum',
  },
  { what: 'path from here', file: `${sha256}  ./${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'path in a folder', file: `${sha256}  amd64/iso-cd/${NAME}\n`, gives: ['same', 'name', `amd64/iso-cd/${NAME}`] },
  { what: 'path of Windows', file: `${sha256} *C:\\images\\${NAME}\r\n`, gives: ['same', 'name', `C:\\images\\${NAME}`] },
  {
    what: 'same name in two folders',
    file: `${wrong}  i386/${NAME}\n${sha256}  amd64/${NAME}\n`,
    gives: ['same', 'name', `amd64/${NAME}`],
  },
  { what: 'comments and empty lines', file: `# made today\n\n; or so\n${sha256}  ${NAME}\n\n`, gives: ['same', 'name', NAME, 0] },
  {
    what: 'prose around it',
    file: `Checksums of the release:\n${sha256}  ${NAME}\nThank you!\n`,
    gives: ['same', 'name', NAME, 2],
    coreutils: 'sha256sum',
  },
  { what: 'the same line twice', file: `${sha256}  ${NAME}\n${sha256}  ${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'two lines that contradict each other', file: `${sha256}  ${NAME}\n${wrong}  ${NAME}\n`, gives: ['contradiction', 'name', NAME] },
  { what: 'digest cut short', file: `${sha256.slice(1)}  ${NAME}\n`, gives: ['absent', null, undefined, 1] },
  {
    what: 'one of two digests cut short',
    file: `${sha256.slice(1)}  ${NAME}\n${wrong}  other.iso\n`,
    gives: ['absent', 'only-line', undefined, 1],
  },
  {
    what: 'mixed kinds, all right',
    file: `${md5} *${NAME}\n${sha1} *${NAME}\n${sha256} *${NAME}\n${sha512} *${NAME}\n`,
    gives: ['same', 'name', NAME],
  },
  { what: 'mixed kinds, one wrong', file: `${md5} *${NAME}\n${wrong} *${NAME}\n`, gives: ['differs', 'name', NAME] },
  {
    what: 'kinds that nobody here checks',
    file: `SHA384 (${NAME}) = ${digest('sha384')}\nSHA256 (${NAME}) = ${sha256}\n`,
    gives: ['same', 'name', NAME, 1],
  },
  { what: 'a label that does not fit the length', file: `MD5 (${NAME}) = ${sha256}\n`, gives: ['absent', null, undefined, 1] },
  { what: '128 digits of SHA-512', file: `${sha512}  ${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha512sum' },
  {
    what: '128 digits of BLAKE2b, the file says',
    file: `${blake2b}  ${NAME}\n`,
    fileName: 'b2sums.txt',
    gives: ['same', 'name', NAME],
    coreutils: 'b2sum',
  },
  { what: '128 digits, nobody says of what', file: `${blake2b}  ${NAME}\n`, fileName: 'sums.txt', gives: ['same', 'name', NAME] },
  {
    what: 'SHA-512 in a file of BLAKE2b',
    file: `${sha512}  ${NAME}\n`,
    fileName: 'b2sums.txt',
    gives: ['differs', 'name', NAME],
    coreutils: 'b2sum',
  },
  { what: 'SFV', file: `; made by some program\n${NAME} ${crc.toUpperCase()}\n`, fileName: 'x.sfv', gives: ['same', 'name', NAME] },
  { what: 'digits alone', file: `${sha256}\n`, fileName: `${NAME}.sha256`, gives: ['same', 'only-line', null] },
  { what: 'digits alone, of another content', file: `${wrong}\n`, fileName: `${NAME}.sha256`, gives: ['differs', 'only-line', null] },
  {
    what: 'certutil',
    file: `SHA256 hash of ${NAME}:\r\n${sha256}\r\nCertUtil: -hashfile command completed successfully.\r\n`,
    gives: ['same', 'name', NAME],
  },
  {
    what: 'certutil of Windows 7',
    file: `SHA1 hash of file C:\\${NAME}:\r\n${sha1.replaceAll(/(..)(?=.)/g, '$1 ')}\r\n`,
    gives: ['same', 'name', `C:\\${NAME}`],
  },
  {
    what: 'PowerShell’s table',
    file: `\r\nAlgorithm       Hash      Path\r\n---------       ----      ----\r\nSHA256          ${sha256.toUpperCase()}       C:\\Users\\x\\${NAME}\r\n`,
    gives: ['same', 'name', `C:\\Users\\x\\${NAME}`],
  },
  {
    what: 'PowerShell’s list',
    file: `Algorithm : SHA256\r\nHash      : ${sha256.toUpperCase()}\r\nPath      : C:\\${NAME}\r\n`,
    gives: ['same', 'only-line', null],
  },
  { what: 'label and digits', file: `SHA-256: ${sha256}\n`, gives: ['same', 'only-line', null] },
  { what: 'tabs between', file: `${sha256}\t${NAME}\n`, gives: ['same', 'name', NAME] },
  { what: 'one blank between', file: `${sha256} ${NAME}\n`, gives: ['same', 'name', NAME], coreutils: 'sha256sum' },
  { what: 'blanks at the ends', file: `  ${sha256}  ${NAME}  \n`, gives: ['same', 'name', NAME] },
  {
    what: 'name in other capitals',
    file: `${sha256}  Debian-12.ISO\n${wrong}  other.iso\n`,
    gives: ['same', 'similar-name', 'Debian-12.ISO'],
  },
  {
    what: 'name composed otherwise',
    file: `${sha256}  cafe\u0301.iso\n${wrong}  other.iso\n`,
    image: 'caf\u00e9.iso',
    gives: ['same', 'similar-name', 'cafe\u0301.iso'],
  },
  {
    what: 'downloaded twice',
    file: `${sha256}  ${NAME}\n${wrong}  other.iso\n`,
    image: 'debian-12 (1).iso',
    gives: ['same', 'copy-name', NAME],
  },
  { what: 'downloaded twice, and changed', file: `${wrong}  ${NAME}\n`, image: 'debian-12(1).iso', gives: ['differs', 'copy-name', NAME] },
  {
    what: 'renamed, the content is listed',
    file: `${wrong}  other.iso\n${sha256}  ${NAME}\n`,
    image: 'boot.iso',
    gives: ['same', 'unnamed', NAME],
  },
  {
    what: 'renamed, the content is not listed',
    file: `${wrong}  other.iso\n${'e'.repeat(64)}  more.iso\n`,
    image: 'boot.iso',
    gives: ['absent', 'unnamed'],
  },
  { what: 'only line, another name, chosen', file: `${wrong}  other.iso\n`, isMeant: true, gives: ['differs', 'only-line', 'other.iso'] },
  { what: 'only line, another name, lying there', file: `${wrong}  other.iso\n`, gives: ['absent', 'only-line'] },
  { what: 'another release under this name', file: `${wrong}  ${NAME}\n${sha256}  debian-11.iso\n`, gives: ['differs', 'name', NAME] },
  {
    what: 'Fedora’s sizes',
    file: `# ${NAME}: 23 bytes\nSHA256 (${NAME}) = ${sha256}\n`,
    fileName: 'Fedora-CHECKSUM',
    gives: ['same', 'name', NAME],
  },
  { what: 'a web page instead', file: '<!DOCTYPE html>\n<html><body>Not found</body></html>\n', gives: ['absent', null, undefined, 2] },
  { what: 'nothing', file: '', gives: ['absent', null, undefined, 0] },
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-lists-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whether the tool's own check finds what the list says. */
function coreutilsSay(tool: string, oddity: Oddity): boolean {
  writeFileSync(join(folder, oddity.image ?? NAME), content)
  const listPath = join(folder, 'list')
  writeFileSync(listPath, oddity.file)
  return spawnSync(tool, ['--check', '--ignore-missing', listPath], { cwd: folder }).status === 0
}

describe('a checksum file', () => {
  it.each(oddities.map((oddity) => [oddity.what, oddity] as const))('with %s', (_, oddity) => {
    const image = oddity.image ?? NAME
    const list = parseChecksumFile(decodeText(Buffer.from(oddity.file)), oddity.fileName ?? 'SUMS')
    const found = judgeByList(list, image, digests, oddity.isMeant ?? false)
    const [verdict, way, listed, remarks] = oddity.gives
    expect(found).toMatchObject({ verdict, way })
    if (listed !== undefined) expect(found.file?.name).toBe(listed)
    if (remarks !== undefined) expect(list.remarks).toHaveLength(remarks)
    for (const kind of found.file?.entries.flatMap(({ kinds }) => kinds) ?? []) expect(kindsNeeded(list, image)).toContain(kind)
    if (oddity.coreutils !== undefined) expect(coreutilsSay(oddity.coreutils, oddity)).toBe(verdict === 'same')
  })

  it('names another release that the image is', () => {
    const list = parseChecksumFile(`${wrong}  ${NAME}\n${sha256}  debian-11.iso\n`, 'SUMS')
    expect(judgeByList(list, NAME, digests, false).isInstead).toBe('debian-11.iso')
  })

  it('gives sizes where Fedora does', () => {
    const list = parseChecksumFile(`# ${NAME}: 2590638080 bytes\nSHA256 (${NAME}) = ${sha256}\n`, 'CHECKSUM')
    expect(list.sizes.get(NAME)).toBe(2_590_638_080)
  })

  it.each([['sha256sum'], ['sha512sum'], ['sha1sum'], ['md5sum'], ['b2sum']])('by %s is understood in both of its forms', (tool) => {
    const name = 'odd \\ (name) = 1.iso'
    writeFileSync(join(folder, name), content)
    for (const args of [[], ['--tag']]) {
      const text = execFileSync(tool, [...args, name], { cwd: folder, encoding: 'utf8' })
      expect(judgeByList(parseChecksumFile(text, `${tool}.txt`), name, digests, false)).toMatchObject({ verdict: 'same', way: 'name' })
    }
  })

  it.each([
    ['SHA256SUMS', 'sha256'],
    ['debian-12.iso.sha512', 'sha512'],
    ['b2sums.txt', 'blake2b'],
    ['sha1sum.txt', 'sha1'],
    ['MD5SUMS', 'md5'],
    ['files.sfv', 'crc32'],
    ['Fedora-Server-39-CHECKSUM', null],
    ['SHA256', 'sha256'],
  ])('called %s is of %s', (name, kind) => {
    expect(kindOfFileName(name)).toBe(kind)
  })
})
