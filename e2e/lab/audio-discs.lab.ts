/** Discs with audio on a kernel's own SCSI stack: written by others to the virtual burner, read by cdrdao for Isomer. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seenDisc } from '../../main/containers/testing/opened-disc.ts'
import { noise } from '../../main/containers/testing/sample-disc.ts'
import { tinyImage } from '../../main/image/testing/tiny-image.ts'
import { BurningBench } from './discs/burning-bench.ts'

const SAMPLE_SECTOR = 2352
let bench: BurningBench
const songs = [1, 2].map((seed) => noise(400 * SAMPLE_SECTOR, seed))
/** Long enough for a track of data, which has at least four seconds. */
const image = Buffer.concat([tinyImage(), Buffer.alloc(400 * 2048, 'more ')])

/** Samples as a WAV file, of which cdrskin knows the order of bytes. */
function wav(samples: Buffer): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(samples.length + 36, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(44_100, 24)
  head.writeUInt32LE(176_400, 28)
  head.writeUInt16LE(4, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

beforeAll(async () => {
  bench = await BurningBench.start()
  for (const [i, samples] of songs.entries()) writeFileSync(inLab(`song${i + 1}.wav`), wav(samples))
  writeFileSync(inLab('data.iso'), image)
})
afterAll(() => bench?.stop())

const inLab = (name: string) => join(bench.guest.folder, name)

/** A disc that a program wrote, in the drive, as the guest sees it once the drive was open and closed. */
async function discBy(command: string): Promise<void> {
  await bench.insert('cd-r')
  const { exitCode, stderr } = await bench.guest.run(command)
  expect({ exitCode, stderr, log: exitCode === 0 ? [] : bench.burner.log.slice(-40) }).toMatchObject({ exitCode: 0 })
  await bench.guest.run('eject /dev/sr0; eject -t /dev/sr0; until blockdev --getsize64 /dev/sr0 2>&1; do sleep .2; done; udevadm settle')
}

async function rip(args: string) {
  const { exitCode, stderr, result } = await bench.isomer(`rip /dev/sr0 ${args}`)
  expect({ exitCode, stderr, log: exitCode === 0 ? [] : bench.burner.log.slice(-40) }).toMatchObject({ exitCode: 0 })
  return result
}

it('a disc of audio has its samples in a BIN file, and a sheet with its tracks', async () => {
  await discBy('cdrskin dev=/dev/sr0 -sao padsize=0 -audio /lab/song1.wav /lab/song2.wav')
  expect(await rip('-o /lab/audio.iso')).toMatchObject({ path: '/lab/audio.cue', tracks: { audio: 2, data: 0 }, unreadBytes: 0 })
  const { contents, findings } = await seenDisc(inLab('audio.cue'))
  expect(findings).toEqual([])
  expect(contents.map((samples, i) => samples.equals(songs[i] as Buffer))).toEqual([true, true])

  const without = 'mkdir -p /none; PATH=/none /usr/bin/node /isomer/dist/cli.js rip /dev/sr0 -o /lab/none.cue'
  expect(await bench.guest.run(without), 'without cdrdao').toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('sudo apt install cdrdao'),
  })
})

it('a disc of data and audio has both, its data read a second time', async () => {
  // cdrskin writes no tracks of both kinds at once.
  await discBy('wodim dev=/dev/sr0 gracetime=2 -dao padsize=0 -data /lab/data.iso -audio /lab/song1.wav')
  expect(await rip('-o /lab/mixed.cue --verify')).toMatchObject({
    tracks: { audio: 1, data: 1 },
    unreadBytes: 0,
    secondReading: { isSame: true },
  })
  const { contents } = await seenDisc(inLab('mixed.cue'))
  expect(contents[0]?.subarray(0, image.length).equals(image)).toBe(true)
  expect(contents[1]?.equals(songs[0] as Buffer)).toBe(true)
  expect(readFileSync(inLab('mixed.cue'), 'latin1')).toContain('TRACK 01 MODE1/2352')
})
