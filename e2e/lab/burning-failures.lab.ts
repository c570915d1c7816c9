/** What goes wrong when a disc is burned: each in its own sentence, and what the disc is then. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LinuxTool } from '../../main/drives/linux/linux-tool.ts'
import type { DiscKindName } from './burner/disc-kinds.ts'
import type { DriveFaults } from './burner/drive-control.ts'
import { BurningBench, errorIn } from './discs/burning-bench.ts'

let bench: BurningBench
beforeAll(async () => {
  bench = await BurningBench.start()
})
afterAll(() => bench?.stop())

const clearFaults = () => bench.burner.control({ op: 'faults' })
const discState = () => bench.burner.control({ op: 'state' }).disc?.discStatus
const BLANK = 0
const SPOILED = /^The disc now has .* on it.*, which is not what it should be; it can’t be used for this any more\.$/
const GONE = 'There is no disc in the drive any more.'
const UNTOUCHED = 'The disc is still blank and can be used.'
/** Without xorriso; what the system noted of the disc is from before. */
const UNKNOWN = 'What the disc is now could not be found out. xorriso is not installed, and nothing else that is could do it.'

it.each<[string, DiscKindName, LinuxTool, DriveFaults, string, RegExp | string]>([
  ['a write error', 'dvd+r', 'xorriso', { writeErrorAt: 1000 }, 'write-error', SPOILED],
  ['a write error', 'cd-r', 'cdrskin', { writeErrorAt: 1000 }, 'write-error', UNKNOWN],
  ['a write error', 'dvd+r', 'growisofs', { writeErrorAt: 1000 }, 'write-error', UNKNOWN],
  ['a write error', 'cd-r', 'wodim', { writeErrorAt: 1000 }, 'write-error', UNKNOWN],
  ['a disc that is pulled out', 'dvd-r', 'xorriso', { removeAt: 1000 }, 'medium-removed', GONE],
  ['a disc that is pulled out', 'cd-r', 'cdrskin', { removeAt: 1000 }, 'medium-removed', GONE],
  ['a disc that is pulled out', 'dvd-r', 'growisofs', { removeAt: 1000 }, 'medium-removed', GONE],
  ['a laser that finds no power', 'cd-r', 'xorriso', { opc: true }, 'power-calibration', UNTOUCHED],
  ['a laser that finds no power', 'dvd+r', 'growisofs', { opc: true }, 'power-calibration', UNKNOWN],
  ['a laser that finds no power', 'cd-r', 'wodim', { opc: true }, 'power-calibration', UNKNOWN],
  ['a disc that can’t be closed', 'dvd+r', 'xorriso', { close: true }, 'closing-failed', SPOILED],
  ['a disc that can’t be closed', 'dvd+r', 'growisofs', { close: true }, 'closing-failed', UNKNOWN],
  ['a drive with a fault', 'dvd+r', 'xorriso', { writeErrorAt: 100, writeErrorSense: '04/09/01' }, 'drive-hardware', SPOILED],
])('%s (%s, %s) has its own sentence', async (_what, kind, tool, faults, code, kept) => {
  await bench.insert(kind, faults)
  const { exitCode, error, result } = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --verify', tool)
  clearFaults()
  expect(result).toBeNull()
  expect([exitCode, error]).toEqual([3, expect.objectContaining({ code, kept: expect.stringMatching(kept) })])
})

it('an image that does not fit is refused before the disc is touched', async () => {
  await bench.insert('dvd+r', {}, 1024)
  const { exitCode, error } = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes')
  expect([exitCode, error]).toEqual([2, expect.objectContaining({ code: 'disc-too-small' })])
  expect(discState()).toBe(BLANK)
})

it('a sector that goes bad after burning is found by reading back', async () => {
  await bench.insert('dvd-r', { readErrors: [1234] })
  const { exitCode, result } = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --verify')
  clearFaults()
  expect(exitCode).toBe(1)
  expect(result.copies).toMatchObject([{ written: true, verified: { isSame: false, unreadableSectors: 1, firstBadSector: 1234 } }])
})

it('the drive opens at the end when it is asked to; a drive that does not leaves the disc written', async () => {
  await bench.insert('cd-rw')
  const opened = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --eject')
  expect(opened).toMatchObject({ exitCode: 0, result: { copies: [{ written: true, verified: null, ejected: true }] } })
  expect(bench.burner.control({ op: 'state' }).tray).toBe('open')
  await bench.insert('cd-rw', { stuck: true })
  const { exitCode, result } = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --eject')
  clearFaults()
  expect([exitCode, result.copies]).toEqual([0, [{ written: true, verified: null, verifyProblem: null, ejected: false }]])
})

it('an empty drive, one that is not there, and what is no drive', async () => {
  bench.burner.control({ op: 'remove' })
  await bench.guest.run('while udevadm info -q property /dev/sr0 | grep -q ID_CDROM_MEDIA=1; do sleep .2; done; udevadm settle')
  expect(await bench.isomer('burn /lab/image.iso /dev/sr0 --yes')).toMatchObject({ exitCode: 3, error: { code: 'no-medium' } })
  expect(await bench.isomer('burn /lab/image.iso /dev/sr7 --yes')).toMatchObject({ exitCode: 3, error: { code: 'no-drive' } })
  expect(await bench.isomer('burn /lab/image.iso /dev/vda --yes')).toMatchObject({ exitCode: 2, error: { code: 'not-a-drive' } })
})

it('a cancel brings the drive to rest and says what the disc is', async () => {
  await bench.insert('dvd+rw')
  bench.burner.control({ op: 'pace', writeKilobytesPerSecond: 200 })
  const { length: before } = bench.burner.log
  const burning = bench.guest.start('exec isomer burn /lab/image.iso /dev/sr0 --yes --json --progress json')
  await expect.poll(() => bench.burner.log.slice(before).find((line) => /^WRITE\S* .* ok$/.test(line)), { timeout: 120_000 }).toBeDefined()
  burning.kill('SIGINT')
  bench.burner.control({ op: 'pace' })
  const { exitCode, stderr } = await burning.result
  expect(exitCode).toBe(130)
  expect(errorIn(stderr)).toMatchObject({ kind: 'cancelled', kept: expect.stringMatching(/^The disc/) })
})

it('a simulation leaves the disc blank', async () => {
  await bench.insert('cd-r')
  const { exitCode, result } = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --simulate')
  expect([exitCode, result]).toEqual([0, expect.objectContaining({ simulated: true })])
  expect(discState()).toBe(BLANK)
  await bench.insert('dvd+r')
  expect(await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --simulate')).toMatchObject({
    exitCode: 2,
    error: { code: 'no-simulation' },
  })
})
