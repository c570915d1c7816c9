/** Images go into packed formats and come out of them with the hashes that other people's programs give. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { plainVerifyRequest } from '../../../shared/verify.ts'
import { makeDiscImage } from '../../containers/testing/disc-image.ts'
import { npmTool } from '../../containers/testing/npm-tools.ts'
import { sha256 } from '../../containers/testing/opened-disc.ts'
import { makeRawDisc } from '../../containers/testing/raw-disc.ts'
import { scratchFolder } from '../../containers/testing/scratch-folder.ts'
import { verifyImage } from '../../verify/verify-image.ts'
import { extractImage } from '../extract.ts'
import { fileSha256, hostTree } from '../testing/foreign-readers.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { convertImage } from './convert-image.ts'

const folder = scratchFolder()
const maxcso = npmTool('maxcso')
const run = (program: string, ...args: string[]): Buffer =>
  execFileSync(program, args, { cwd: folder(), stdio: 'pipe', maxBuffer: 2 ** 28 })
const inFolder = (name: string) => join(folder(), name)
let image: Buffer

beforeAll(() => {
  image = readFileSync(makeDiscImage(folder()))
  makeRawDisc(folder(), image)
})

function takeOutByMaxcso(): Buffer {
  run(maxcso ?? '', '--quiet', '--decompress', 'disc.cso', '-o', 'theirs.iso')
  return readFileSync(inFolder('theirs.iso'))
}

const convert = (from: string, to: string, acceptsLoss = false) =>
  convertImage({ imagePath: inFolder(from), outPath: inFolder(to), format: null, overwrite: true, acceptsLoss }, quietControl())

describe('an image is converted to', () => {
  const takenOutBy: readonly (readonly [string, () => Buffer])[] = [
    ['disc.iso.gz', () => run('gzip', '-dc', 'disc.iso.gz')],
    ['disc.iso.zst', () => run('zstd', '-dcq', 'disc.iso.zst')],
    ['disc.cso', takeOutByMaxcso],
  ]
  for (const [name, takeOut] of takenOutBy) {
    it.skipIf(name === 'disc.cso' && maxcso === null)(`${name} and back`, async () => {
      const { files } = await convert('disc.iso', name)
      expect(files[0]).toMatchObject({ sha256: fileSha256(inFolder(name)), contentSha256: sha256(image) })
      expect(takeOut().equals(image)).toBe(true)
      const back = await convert(name, 'back.iso')
      expect(back.files[0]?.sha256).toBe(sha256(image))
      expect(readdirSync(folder()).filter((found) => found.startsWith('.'))).toEqual([])
    })
  }

  it('disc.chd, a CD that chdman verifies and takes out', async () => {
    const { files } = await convert('disc.cue', 'disc.chd')
    expect(files[0]?.sha256).toBe(fileSha256(inFolder('disc.chd')))
    run('chdman', 'verify', '-i', 'disc.chd')
    run('chdman', 'extractcd', '-f', '-i', 'disc.chd', '-o', 'theirs.cue', '-ob', 'theirs.bin')
    expect(readFileSync(inFolder('theirs.bin')).equals(readFileSync(inFolder('disc.bin')))).toBe(true)
    await convert('disc.chd', 'ours.cue')
    expect(readFileSync(inFolder('ours.bin')).equals(readFileSync(inFolder('disc.bin')))).toBe(true)
    const back = await convert('disc.chd', 'back.iso', true)
    expect(back.files[0]?.sha256).toBe(sha256(image))
  })
})

describe('what other programs packed', () => {
  const made: readonly (readonly [string, () => void])[] = [
    ['by.iso.xz', () => writeFileSync(inFolder('by.iso.xz'), run('xz', '-c', '--block-size=500000', 'disc.iso'))],
    ['by.zip', () => void run('zip', '-q', 'by.zip', 'disc.iso')],
    ['by.chd', () => void run('chdman', 'createcd', '-f', '-i', 'disc.cue', '-o', 'by.chd')],
    ...(maxcso === null
      ? []
      : [['by.zso', () => void run(maxcso, '--quiet', '--fast', '--format=zso', 'disc.iso', '-o', 'by.zso')] as const]),
  ]
  for (const [name, make] of made) {
    it(`as ${name} is extracted, verified and converted`, async () => {
      make()
      const outFolder = inFolder('out')
      mkdirSync(inFolder('theirs'), { recursive: true })
      await extractImage({ imagePath: inFolder(name), paths: [], view: 'auto', outFolder, overwrite: false }, quietControl())
      if (!existsSync(inFolder('theirs/noise.bin'))) run('bsdtar', '-xf', 'disc.iso', '-C', 'theirs')
      expect(hostTree(outFolder)).toEqual(hostTree(inFolder('theirs')))
      rmSync(outFolder, { recursive: true })
      const verified = await verifyImage(
        { ...plainVerifyRequest(inFolder(name), null), looksBeside: false, checksContents: true },
        quietControl(),
      )
      expect(verified.findings).toEqual([])
      expect((await convert(name, 'back.iso', true)).files[0]?.sha256).toBe(sha256(image))
    })
  }

  it('and is cut off is no image that passes', async () => {
    run('chdman', 'createcd', '-f', '-i', 'disc.cue', '-o', 'cut.chd', '-c', 'none')
    truncateSync(inFolder('cut.chd'), 1_000_000)
    await expect(convert('cut.chd', 'never.iso', true)).rejects.toMatchObject({ report: { kind: 'image' } })
    expect(existsSync(inFolder('never.iso'))).toBe(false)
  })
})
