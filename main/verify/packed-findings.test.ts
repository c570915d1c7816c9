/** What is packed is read to its end when it is verified, and compared with the sum that it brings itself. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { plainVerifyRequest } from '../../shared/verify.ts'
import { MemoryByteSource } from '../bytes/byte-source.ts'
import { ChdHeader } from '../containers/chd/chd-header.ts'
import { readChdMetadata } from '../containers/chd/chd-metadata.ts'
import { overallSha1 } from '../containers/chd/chd-sums.ts'
import { npmTool } from '../containers/testing/npm-tools.ts'
import { sound } from '../containers/testing/raw-disc.ts'
import { scratchFolder } from '../containers/testing/scratch-folder.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { tinyImage } from '../image/testing/tiny-image.ts'
import { verifyImage } from './verify-image.ts'

const folder = scratchFolder()
const newChdman = npmTool('chdman')
let chd: Buffer

beforeAll(() => {
  writeFileSync(join(folder(), 'tiny.iso'), tinyImage())
  const args = ['createraw', '-us', '2048', '-hs', '4096', '-f', '-i', 'tiny.iso', '-o', 'tiny.chd', '-c', 'zlib']
  execFileSync('chdman', args, { cwd: folder(), stdio: 'pipe' })
  chd = readFileSync(join(folder(), 'tiny.chd'))
})

async function found(name: string, bytes: Buffer): Promise<{ codes: string[]; said: string[] }> {
  const path = join(folder(), name)
  writeFileSync(path, bytes)
  const said: string[] = []
  const control = quietControl({ log: (_, text) => void said.push(text) })
  const { findings } = await verifyImage({ ...plainVerifyRequest(path, null), looksBeside: false }, control)
  return { codes: findings.map(({ code }) => code), said }
}

it('says that the contents of a CHD are as its own sum says', async () => {
  const { codes, said } = await found('sound.chd', chd)
  expect(codes).toEqual([])
  expect(said).toContain(`The contents are as the checksum in the file says (SHA-1 ${chd.subarray(64, 84).toString('hex')}).`)
})

it('finds that they are not', async () => {
  const wrong = Buffer.from(chd)
  wrong[70] = (wrong[70] as number) ^ 1
  // The sum of both sums agrees again, so that only the contents can tell.
  const metadata = readChdMetadata(new MemoryByteSource(wrong), ChdHeader.parse(wrong).metadataLow)
  overallSha1(wrong.subarray(64, 84), metadata).copy(wrong, 84)
  expect((await found('wrong.chd', wrong)).codes).toEqual(['own-sum-wrong'])
})

it('finds what can’t be expanded where no file lies', async () => {
  const packed = execFileSync('sh', ['-c', '(cat tiny.iso; head -c 300000 /dev/urandom) | xz -c --block-size=65536'], { cwd: folder() })
  packed[packed.length - 5000] = (packed[packed.length - 5000] as number) ^ 0xff
  expect((await found('damaged.iso.xz', packed)).codes).toContain('packed-image-damaged')
})

// The older chdman writes some that it can't read itself.
it.skipIf(newChdman === null)('looks into a disc of sound alone as well: what its sum says, and which file is missing', async () => {
  writeFileSync(join(folder(), 'songs.bin'), sound(40, 5))
  writeFileSync(join(folder(), 'songs.cue'), 'FILE "songs.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n')
  execFileSync(newChdman as string, ['createcd', '-f', '-i', 'songs.cue', '-o', 'songs.chd', '-c', 'cdzl'], {
    cwd: folder(),
    stdio: 'pipe',
  })
  const songs = readFileSync(join(folder(), 'songs.chd'))
  const whole = await found('songs.chd', songs)
  expect(whole.codes).toEqual(['audio-only'])
  expect(whole.said).toContain(`The contents are as the checksum in the file says (SHA-1 ${songs.subarray(64, 84).toString('hex')}).`)
  const middle = songs.length >> 1
  songs[middle] = (songs[middle] as number) ^ 0xff
  expect((await found('songs.chd', songs)).codes).toEqual(['packed-image-damaged', 'audio-only'])
  const two = 'FILE "songs.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nFILE "gone.bin" BINARY\nTRACK 02 AUDIO\nINDEX 01 00:00:00\n'
  expect((await found('two.cue', Buffer.from(two))).codes).toEqual(['companion-missing', 'audio-only'])
})
