import { expect, it } from 'vitest'
import { CdrdaoProgress, cdrdaoFailure, readTracksCommand } from './cdrdao.ts'
import { recording } from './testing/recording.ts'
import { parseUdevTracks } from './udev-facts.ts'

it('cdrdao is told to keep data as they are on the disc', () => {
  const drive = { kind: 'device', path: '/dev/sr0' } as const
  expect(readTracksCommand({ drive, dataPath: '/a b/disc.bin', tocPath: '/a b/disc.toc' })).toEqual({
    program: 'cdrdao',
    args: ['read-cd', '--device', '/dev/sr0', '--read-raw', '--datafile', '/a b/disc.bin', '/a b/disc.toc'],
  })
})

it('its progress is a place on the disc', () => {
  const progress = new CdrdaoProgress()
  const seen = recording('cdrdao-audio')
    .split('\n')
    .flatMap((line) => progress.take(line) ?? [])
  expect(seen).toEqual([
    { doneSectors: 0, totalSectors: 235_860 },
    { doneSectors: 57 * 75, totalSectors: 235_860 },
    { doneSectors: 142 * 75, totalSectors: 235_860 },
  ])
  expect(new CdrdaoProgress().take('00:57:00')).toBeNull()
})

it.each([
  ['ERROR: Unit not ready, giving up.', 'no-medium'],
  ['ERROR: Cannot open SCSI device ‘/dev/sr0’: Permission denied', 'not-allowed'],
  ['WARNING: something\nERROR: Read error while copying data from track.', 'read-error'],
  ['ERROR: Write of audio data failed: No space left on device', 'enospc'],
  ['ERROR: Something else', 'reading-failed'],
])('a failure has a sentence: %s', (text, code) => {
  expect(cdrdaoFailure(`Reading…\n${text}\n`, 'exit code 1').report).toMatchObject({ code, technical: expect.stringContaining('ERROR:') })
})

it('udev tells which discs have audio', () => {
  const facts = 'E:ID_CDROM_MEDIA_TRACK_COUNT=3\nE:ID_CDROM_MEDIA_TRACK_COUNT_AUDIO=2\nE:ID_CDROM_MEDIA_TRACK_COUNT_DATA=1\n'
  expect(parseUdevTracks(facts, 2048 * 1000)).toEqual({ audio: 2, data: 1, sectorCount: 1000 })
  expect(parseUdevTracks('E:ID_CDROM_MEDIA_TRACK_COUNT_DATA=1\n', 2048)).toBeNull()
})
