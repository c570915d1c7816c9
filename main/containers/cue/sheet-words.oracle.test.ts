/** What sheets say besides tracks in one file: cdrdao, chdman and flac tell where that leads. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { convertImage } from '../../image/convert/convert-image.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { faultOf } from '../sector-codes.ts'
import { headerLba } from '../sector-layout.ts'
import { put, run } from '../testing/kinds/kind.ts'
import { npmTool } from '../testing/npm-tools.ts'
import { seenDisc } from '../testing/opened-disc.ts'
import { DATA_SECTORS, data, noise, rawMode1, sound } from '../testing/sample-disc.ts'
import { scratchFolder } from '../testing/scratch-folder.ts'

const scratch = scratchFolder()
const chdman = npmTool('chdman')

function folderOf(lines: readonly string[], files: Readonly<Record<string, Buffer>>): string {
  const folder = mkdtempSync(join(scratch(), 'sheet-'))
  put(folder, { 'd.cue': `${lines.join('\n')}\n`, ...files })
  return folder
}
const startsOf = async (folder: string, name: string) => (await seenDisc(join(folder, name), 0)).tracks.map(({ startLba }) => startLba)

it('silence behind a track lies before the next one, as cdrdao has it', async () => {
  const lines = ['FILE "d.bin" BINARY', 'TRACK 01 AUDIO', 'INDEX 01 00:00:00', 'POSTGAP 00:02:00', 'TRACK 02 AUDIO', 'INDEX 01 00:04:00']
  const folder = folderOf(lines, { 'd.bin': Buffer.alloc(700 * 2352) })
  const said = run(folder, 'cdrdao', 'show-toc', 'd.cue').toString()
  const theirs = [...said.matchAll(/START\s+\S+\(\s*(\d+)\)/g)].map(([, lba]) => Number(lba))
  expect(theirs).toEqual([0, 450])
  expect(await startsOf(folder, 'd.cue')).toEqual(theirs)
})

it.skipIf(chdman === null)('the two areas of a GD-ROM lie where chdman has them', async () => {
  const gap = ['AUDIO', 'INDEX 00 00:00:00', 'INDEX 01 00:02:00']
  const one = (number: number, kind: readonly string[]) => [`FILE "t${number}.bin" BINARY`, `TRACK 0${number} ${kind[0]}`, ...kind.slice(1)]
  const mode1 = ['MODE1/2352', 'INDEX 01 00:00:00']
  const high = ['REM HIGH-DENSITY AREA', ...one(3, mode1), ...one(4, gap)]
  const folder = folderOf(['REM SINGLE-DENSITY AREA', ...one(1, mode1), ...one(2, gap), ...high], {
    't1.bin': rawMode1(noise(500 * 2048)),
    't2.bin': sound(500, 2),
    't3.bin': rawMode1(noise(500 * 2048, 3), 45_000),
    't4.bin': sound(500, 4),
  })
  run(folder, chdman as string, 'createcd', '-i', 'd.cue', '-o', 'd.chd', '-c', 'cdzl')
  expect(await startsOf(folder, 'd.cue')).toEqual([0, 650, 45_000, 45_650])
  expect(await startsOf(folder, 'd.chd')).toEqual([0, 650, 45_000, 45_650])
})

it('sound in AIFF is what flac made it of', async () => {
  const folder = folderOf(['FILE "d.aiff" AIFF', 'TRACK 01 AUDIO', 'INDEX 01 00:00:00'], { 'd.raw': sound(40) })
  const raw = ['--force-raw-format', '--endian=little', '--sign=signed', '--channels=2', '--bps=16', '--sample-rate=44100']
  run(folder, 'flac', '-s', ...raw, '-o', 'd.flac', 'd.raw')
  run(folder, 'flac', '-s', '-d', '--force-aiff-format', '-o', 'd.aiff', 'd.flac')
  const { contents, findings } = await seenDisc(join(folder, 'd.cue'))
  expect([contents[0]?.equals(sound(40)), findings]).toEqual([true, []])
})

it('sectors of 2324 bytes are whole ones of form 2 in a BIN that is made of them', async () => {
  const second = ['FILE "film.bin" BINARY', 'TRACK 02 MODE2/2324', 'INDEX 01 00:00:00']
  const film = noise(30 * 2324)
  const first = rawMode1(data())
  const folder = folderOf(['FILE "d.bin" BINARY', 'TRACK 01 MODE1/2352', 'INDEX 01 00:00:00', ...second], {
    'd.bin': first,
    'film.bin': film,
  })
  const { tracks, findings } = await seenDisc(join(folder, 'd.cue'), 0)
  expect([tracks[1]?.mode, tracks[1]?.lengthSectors, findings]).toEqual(['mode2', 30, []])
  const request = {
    imagePath: join(folder, 'd.cue'),
    outPath: join(folder, 'whole.cue'),
    format: null,
    overwrite: false,
    acceptsLoss: false,
  }
  await convertImage(request, quietControl())
  const whole = readFileSync(join(folder, 'whole.bin')).subarray(first.length)
  const sectors = Array.from({ length: 30 }, (_, i) => whole.subarray(i * 2352, (i + 1) * 2352))
  expect(Buffer.concat(sectors.map((sector) => sector.subarray(24, 24 + 2324))).equals(film)).toBe(true)
  expect(sectors.flatMap((sector) => [headerLba(sector), faultOf(sector)])).toEqual(sectors.flatMap((_, i) => [DATA_SECTORS + i, null]))
})
