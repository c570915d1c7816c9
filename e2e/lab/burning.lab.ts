/** Burning on a kernel's own SCSI stack, in the virtual burner: every kind of disc, through each program, and what goes wrong. */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import { type DiscKindName, discKindOf, writableKinds } from './burner/disc-kinds.ts'
import type { DriveFaults } from './burner/drive-control.ts'
import { burnerDevice, startVirtualBurner, type VirtualBurner } from './burner/virtual-burner.ts'
import { Guest } from './machine/guest.ts'

type Tool = 'xorriso' | 'cdrskin' | 'growisofs' | 'wodim'

let guest: Guest
let burner: VirtualBurner
let scratch: string
let discNumber = 0
/** SHA-256 of each file that is burned, as sha256sum prints them. */
let hashes: string

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-burning-'))
  burner = await startVirtualBurner()
  guest = await Guest.start({ devices: burnerDevice(burner.url) })
  // Of its own: a test of this length outlives a rebuild.
  cpSync(join(import.meta.dirname, '../../dist'), join(guest.folder, 'dist'), { recursive: true })
  const folder = join(guest.folder, 'source')
  mkdirSync(join(folder, 'folder'), { recursive: true })
  const lines: string[] = []
  for (let i = 0; i < 20; i++) {
    const bytes = Buffer.alloc(300_000 + i * 111)
    for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761 + i) % 2 ** 32, at)
    writeFileSync(join(folder, 'folder', `file ${i}.bin`), bytes)
    lines.push(`${createHash('sha256').update(bytes).digest('hex')}  ./folder/file ${i}.bin`)
  }
  hashes = lines.sort().join('\n')
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: folder, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, label: 'BURNED' },
  } as const
  await createImage({ project, outPath: join(guest.folder, 'image.iso'), overwrite: false }, quietControl())
  // A folder with one program each, so that there is nothing else to choose.
  const tools = ['xorriso', 'cdrskin', 'growisofs', 'wodim']
  await guest.run(
    `for tool in ${tools.join(' ')}; do mkdir -p /only/$tool; ln -s /usr/bin/$tool /usr/bin/eject /only/$tool/; done; ln -s /usr/bin/dvd+rw-format /only/growisofs/`,
  )
})
afterAll(async () => {
  await guest?.stop()
  await burner?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const SETTLED = 'sleep 1; udevadm settle'

/** Puts a blank disc in and makes sure that the guest sees just that: a disc that was not changed would look burned. */
async function insert(kind: DiscKindName, faults: DriveFaults = {}, blocks?: number): Promise<void> {
  discNumber++
  burner.control({ op: 'faults', ...faults })
  const path = join(scratch, `disc ${discNumber}.img`)
  burner.control({ op: 'insert', kind, path, fresh: true, ...(blocks !== undefined && { blocks }) })
  const { stdout } = await guest.run(`${SETTLED}; node /lab/dist/cli.js drives /dev/sr0 --json`)
  expect(JSON.parse(stdout).medium).toMatchObject({ state: 'blank', sessions: [] })
}

async function isomer(args: string, tool: Tool | null = null) {
  const path = tool === null ? '' : `PATH=/only/${tool} `
  const { exitCode, stdout, stderr } = await guest.run(`${path}/usr/bin/node /lab/dist/cli.js ${args} --json`)
  const said = stderr
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('{"error"'))
    .map((line) => JSON.parse(line).error)
  return { exitCode, stderr, result: stdout === '' ? null : JSON.parse(stdout), error: said.at(-1) }
}

/** What the guest's kernel shows of the disc. */
async function mountedHashes(): Promise<string> {
  const { stdout } = await guest.run('mount -r /dev/sr0 /mnt && (cd /mnt && find . -type f -exec sha256sum {} + | sort -k1); umount /mnt')
  return stdout.trim().split('\n').sort().join('\n')
}

async function expectBurned(what: string, tool: Tool | null = null): Promise<void> {
  const { exitCode, result, stderr } = await isomer(`burn ${what} /dev/sr0 --yes --verify`, tool)
  const copies = [{ written: true, verified: expect.objectContaining({ isSame: true }), verifyProblem: null, ejected: null }]
  expect({ exitCode, stderr, copies: result?.copies }).toEqual({ exitCode: 0, stderr, copies })
  if (tool !== null) expect(result.tool).toBe(tool)
  expect(await mountedHashes()).toBe(hashes)
}

describe.each(writableKinds)('a %s', (kind) => {
  it('takes an image', async () => {
    await insert(kind)
    await expectBurned('/lab/image.iso')
  })

  it.runIf(discKindOf(kind).isErasable)('is only burned again when it may be erased, then with a folder while it is laid out', async () => {
    expect(await isomer('burn /lab/source /dev/sr0 --yes')).toMatchObject({ exitCode: 2, error: { code: 'disc-has-data' } })
    await expectBurned('/lab/source --erase')
    expect((await isomer('erase /dev/sr0 --yes')).exitCode).toBe(0)
    expect((await isomer('drives /dev/sr0')).result.medium.state).toBe('blank')
  })

  it.runIf(!discKindOf(kind).isErasable)('is not burned twice; a new one takes a folder while it is laid out', async () => {
    const { exitCode, error } = await isomer('burn /lab/image.iso /dev/sr0 --yes --erase')
    expect([exitCode, error]).toEqual([2, expect.objectContaining({ code: 'disc-closed', kept: 'The disc is as it was.' })])
    await insert(kind)
    await expectBurned('/lab/source')
  })
})

/** Which program takes which discs, besides xorriso, which takes all; `usually` those that are enough to see that it works. */
const others: readonly { readonly tool: Tool; readonly usually: readonly DiscKindName[]; readonly besides: readonly DiscKindName[] }[] = [
  { tool: 'cdrskin', usually: ['cd-r', 'dvd+r'], besides: ['cd-rw', 'dvd-r', 'dvd-rw', 'dvd+rw', 'dvd-ram', 'bd-r', 'bd-re'] },
  { tool: 'growisofs', usually: ['dvd-r', 'bd-re'], besides: ['dvd-rw', 'dvd+r', 'dvd+rw', 'bd-r'] },
  { tool: 'wodim', usually: ['cd-r'], besides: ['cd-rw', 'dvd-r', 'dvd+r'] },
]
const isAll = process.env['LAB_ALL'] === '1'
describe.each(others)('$tool alone', ({ tool, usually, besides }) => {
  it.each([...usually, ...(isAll ? besides : [])])('burns an image to a %s', async (kind) => {
    await insert(kind)
    await expectBurned('/lab/image.iso', tool)
  })

  it('burns a folder', async () => {
    await insert(usually[0] as DiscKindName)
    await expectBurned('/lab/source', tool)
  })
})

describe('what goes wrong', () => {
  it.each<[string, DiscKindName, Tool, DriveFaults, string, RegExp]>([
    ['a write error', 'dvd+r', 'xorriso', { writeErrorAt: 2000 }, 'write-error', /^The disc/],
    ['a write error', 'cd-r', 'cdrskin', { writeErrorAt: 2000 }, 'write-error', /^The disc/],
    ['a write error', 'dvd+r', 'growisofs', { writeErrorAt: 2000 }, 'write-error', /^The disc/],
    ['a write error', 'cd-r', 'wodim', { writeErrorAt: 2000 }, 'write-error', /^The disc/],
    ['a disc that is pulled out', 'dvd-r', 'xorriso', { removeAt: 2000 }, 'medium-removed', /^There is no disc/],
    ['a disc that is pulled out', 'dvd-r', 'growisofs', { removeAt: 2000 }, 'medium-removed', /^There is no disc/],
    ['a laser that finds no power', 'cd-r', 'xorriso', { opc: true }, 'power-calibration', /still blank/],
    ['a laser that finds no power', 'cd-r', 'wodim', { opc: true }, 'power-calibration', /still blank/],
    ['a disc that can’t be closed', 'dvd+r', 'xorriso', { close: true }, 'closing-failed', /^The disc/],
    ['a disc that can’t be closed', 'dvd+r', 'growisofs', { close: true }, 'closing-failed', /^The disc/],
    ['a drive with a fault', 'dvd+r', 'xorriso', { writeErrorAt: 100, writeErrorSense: '04/09/01' }, 'drive-hardware', /^The disc/],
  ])('%s (%s, %s) has its own sentence', async (_what, kind, tool, faults, code, kept) => {
    await insert(kind, faults)
    const { exitCode, error, result } = await isomer('burn /lab/image.iso /dev/sr0 --yes --verify', tool)
    burner.control({ op: 'faults' })
    expect(result).toBeNull()
    expect([exitCode, error]).toEqual([3, expect.objectContaining({ code, kept: expect.stringMatching(kept) })])
  })

  it('an image that does not fit is refused before the disc is touched', async () => {
    await insert('dvd+r', {}, 2048)
    const { exitCode, error } = await isomer('burn /lab/image.iso /dev/sr0 --yes')
    expect([exitCode, error]).toEqual([2, expect.objectContaining({ code: 'disc-too-small' })])
    expect(burner.control({ op: 'state' }).disc?.discStatus).toBe(0)
  })

  it('a sector that goes bad after burning is found by reading back', async () => {
    await insert('dvd-r')
    burner.control({ op: 'faults', readErrors: [1234] })
    const { exitCode, result } = await isomer('burn /lab/image.iso /dev/sr0 --yes --verify')
    burner.control({ op: 'faults' })
    expect(exitCode).toBe(1)
    expect(result.copies).toMatchObject([{ written: true, verified: { isSame: false, unreadableSectors: 1, firstBadSector: 1234 } }])
  })

  it('an empty drive, and one that is not there', async () => {
    burner.control({ op: 'remove' })
    await guest.run(`sleep 3; ${SETTLED}`)
    expect(await isomer('burn /lab/image.iso /dev/sr0 --yes')).toMatchObject({ exitCode: 3, error: { code: 'no-medium' } })
    expect(await isomer('burn /lab/image.iso /dev/sr7 --yes')).toMatchObject({ exitCode: 3, error: { code: 'no-drive' } })
  })

  it('a cancel brings the drive to rest and says what the disc is', async () => {
    await insert('dvd+rw')
    burner.control({ op: 'pace', writeKilobytesPerSecond: 300 })
    const burning = guest.start('exec node /lab/dist/cli.js burn /lab/image.iso /dev/sr0 --yes --json --progress json')
    await guest.run('until pgrep -x xorriso > /dev/null; do sleep .1; done; sleep 6')
    burning.kill('SIGINT')
    burner.control({ op: 'pace' })
    const { exitCode, stderr } = await burning.result
    expect(exitCode).toBe(130)
    expect(JSON.parse(stderr.trim().split('\n').at(-1) as string).error).toMatchObject({
      kind: 'cancelled',
      kept: expect.stringMatching(/^The disc/),
    })
  })

  it('a simulation leaves the disc blank', async () => {
    await insert('cd-r')
    const { exitCode, result } = await isomer('burn /lab/image.iso /dev/sr0 --yes --simulate')
    expect([exitCode, result]).toEqual([0, expect.objectContaining({ simulated: true })])
    expect(burner.control({ op: 'state' }).disc?.discStatus).toBe(0)
    await insert('dvd+r')
    expect(await isomer('burn /lab/image.iso /dev/sr0 --yes --simulate')).toMatchObject({ exitCode: 2, error: { code: 'no-simulation' } })
  })
})

it('the drive is listed with its name, its disc and its speeds', async () => {
  await insert('cd-rw')
  const { stdout } = await guest.run('node /lab/dist/cli.js drives')
  expect(stdout).toMatch(/\/dev\/sr0 {2}VBURN VIRTUAL BURNER 1\.00\n {2}CD-RW: blank\n {2}holds 737 MB, 737 MB free\n {2}writes at 48x/)
})
