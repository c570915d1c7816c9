/** Ripping on a kernel's own SCSI stack: what a damaged disc gives, judged by GNU ddrescue on the same disc. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMapfile } from '../../main/drives/rip/mapfile.ts'
import { createImage } from '../../main/image/create/create-image.ts'
import { quietControl } from '../../main/image/testing/quiet-control.ts'
import { defaultCreateOptions } from '../../shared/image-project.ts'
import { burnerDevice, startVirtualBurner, type VirtualBurner } from './burner/virtual-burner.ts'
import { opticalDrive } from './machine/devices.ts'
import { Guest } from './machine/guest.ts'

const SECTOR = 2048
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

let guest: Guest
let burner: VirtualBurner
let scratch: string
let image: Buffer
let sectors: number
/** By drive: sr0 is the burner, sr1 whole, the others damaged. */
let damages: readonly { readonly drive: string; readonly what: string; readonly unreadable: readonly number[] }[]

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-ripping-'))
  const folder = join(scratch, 'source')
  mkdirSync(join(folder, 'folder'), { recursive: true })
  for (let i = 0; i < 40; i++) {
    const bytes = Buffer.alloc(200_000 + i * 111)
    for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761 + i) % 2 ** 32, at)
    writeFileSync(join(folder, 'folder', `file ${i}.bin`), bytes)
  }
  const outPath = join(scratch, 'disc.iso')
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: folder, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, label: 'RIPPED' },
  } as const
  await createImage({ project, outPath, overwrite: false }, quietControl())
  image = readFileSync(outPath)
  sectors = image.length / SECTOR
  damages = [
    { drive: 'sr2', what: 'a single sector', unreadable: [1000] },
    { drive: 'sr3', what: 'runs', unreadable: [...range(500, 503), ...range(2000, 2100)] },
    { drive: 'sr4', what: 'the start', unreadable: range(0, 20) },
    { drive: 'sr5', what: 'the end', unreadable: range(sectors - 5, sectors - 1) },
  ]
  burner = await startVirtualBurner()
  guest = await Guest.start({
    devices: [
      ...burnerDevice(burner.url),
      ...opticalDrive(outPath, {}, 'cd1'),
      ...damages.flatMap(({ unreadable }, i) => opticalDrive(outPath, { unreadable }, `cd${i + 2}`)),
    ],
  })
})
afterAll(async () => {
  await guest?.stop()
  await burner?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inLab = (name: string) => readFileSync(join(guest.folder, name))
const blocksOf = (name: string) => [...parseMapfile(inLab(name).toString('latin1')).map.blocks()]

async function rip(args: string) {
  const { exitCode, stdout, stderr } = await guest.run(`isomer rip --json ${args}`)
  return { exitCode, stderr, result: stdout === '' ? null : JSON.parse(stdout) }
}

it('a good disc is its image', async () => {
  const { exitCode, result, stderr } = await rip('/dev/sr1 -o /lab/good.iso --verify')
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(result).toMatchObject({ sha256: sha256(image), unreadBytes: 0, secondReading: { isSame: true } })
  expect(inLab('good.iso').equals(image)).toBe(true)
})

describe.each([0, 1, 2, 3])('a damaged disc (%i)', (index) => {
  it('gives what it gives ddrescue, with the same map, and the files that are hit are named', async () => {
    const { drive, what, unreadable } = damages[index] as (typeof damages)[number]
    const { exitCode, result } = await rip(`/dev/${drive} -o /lab/${drive}.iso --map /lab/${drive}.map --retries 1 --whole`)
    expect([what, exitCode, result.unreadBytes]).toEqual([what, 1, unreadable.length * SECTOR])
    await guest.run(`ddrescue -q -d -b 2048 -r1 /dev/${drive} /lab/theirs.iso /lab/theirs.map`)
    expect(blocksOf(`${drive}.map`)).toEqual(blocksOf('theirs.map'))
    // ddrescue leaves off what is missing at the very end.
    const theirs = inLab('theirs.iso')
    expect(inLab(`${drive}.iso`).subarray(0, theirs.length).equals(theirs)).toBe(true)
    const missing = result.missing.flatMap(({ firstSector, sectorCount }: { firstSector: number; sectorCount: number }) =>
      range(firstSector, firstSector + sectorCount - 1),
    )
    expect(missing).toEqual([...unreadable])
    const firstFile = result.missing.find(({ hits }: { hits: string[] }) => hits.length > 0)?.hits[0]
    if (what === 'a single sector' || what === 'runs') expect(firstFile).toMatch(/^\/folder\/file \d+\.bin$/)
    await guest.run('rm -f /lab/theirs.*')
  })

  it('is continued by ddrescue, and continues what ddrescue began', async () => {
    const { drive } = damages[index] as (typeof damages)[number]
    await guest.run(`ddrescue -q -d -b 2048 -N -n -s 3Mi /dev/${drive} /lab/begun.iso /lab/begun.iso.map`)
    const { exitCode } = await rip(`/dev/${drive} -o /lab/begun.iso --map /lab/begun.iso.map --resume --retries 1 --whole`)
    expect(exitCode).toBe(1)
    expect(blocksOf('begun.iso.map')).toEqual(blocksOf(`${drive}.map`))
    const { exitCode: theirs } = await guest.run(`ddrescue -q -d -b 2048 -r1 /dev/${drive} /lab/begun.iso /lab/begun.iso.map`)
    expect(theirs).toBe(0)
    expect(blocksOf('begun.iso.map')).toEqual(blocksOf(`${drive}.map`))
    await guest.run('rm -f /lab/begun*')
  })
})

describe('in a drive that takes its time', () => {
  const insert = () => burner.control({ op: 'insert', kind: 'dvd-rom', path: join(scratch, 'disc.iso') })
  /** Slow enough for something to happen to it on the way. */
  const slowly = () => burner.control({ op: 'pace', readKilobytesPerSecond: 300 })
  const untilRead = (name: string, bytes: number) =>
    guest.run(`until [ $(stat -c %s /lab/${name}.partial 2>/dev/null || echo 0) -gt ${bytes} ]; do sleep .1; done`)
  const settle = () =>
    guest.run('sleep 1; udevadm settle; for i in $(seq 50); do blockdev --getsize64 /dev/sr0 > /dev/null 2>&1 && break; sleep .2; done')

  it('a rip that is killed goes on to the same image', async () => {
    insert()
    await settle()
    burner.control({ op: 'faults', readErrors: [[1200, 1203], 3000] })
    slowly()
    const killed = guest.start('exec isomer rip /dev/sr0 -o /lab/killed.iso --retries 1 -q')
    await untilRead('killed.iso', image.length * 0.4)
    // The map is saved every ten seconds; what was read since then is read again.
    await guest.run('until [ -e /lab/killed.iso.map ]; do sleep .1; done')
    killed.kill('SIGKILL')
    expect((await killed.result).signal ?? (await killed.result).exitCode).toBe('SIGKILL')
    const before = blocksOf('killed.iso.map')
    expect(before.some(({ status }) => status === 'non-tried')).toBe(true)
    burner.control({ op: 'pace' })
    const { exitCode, result } = await rip('/dev/sr0 -o /lab/killed.iso --resume --retries 1')
    expect([exitCode, result.unreadBytes]).toEqual([1, 5 * SECTOR])
    const whole = await rip('/dev/sr0 -o /lab/whole.iso --retries 1')
    expect(result.sha256).toBe(whole.result.sha256)
    expect(blocksOf('killed.iso.map')).toEqual(blocksOf('whole.iso.map'))
  })

  it('a disc that is pulled out stops the rip, which keeps what it has', async () => {
    insert()
    burner.control({ op: 'faults' })
    await settle()
    slowly()
    const running = rip('/dev/sr0 -o /lab/pulled.iso')
    await untilRead('pulled.iso', 1_000_000)
    burner.control({ op: 'remove', open: true })
    burner.control({ op: 'pace' })
    const { exitCode, stderr } = await running
    expect(exitCode).toBe(3)
    expect(JSON.parse(stderr.trim().split('\n').at(-1) as string).error).toMatchObject({
      code: 'medium-gone',
      kept: expect.stringContaining('pulled.iso.partial'),
    })
    expect(blocksOf('pulled.iso.map').filter(({ status }) => status !== 'finished' && status !== 'non-tried')).toEqual([])
    insert()
    await settle()
    expect((await rip('/dev/sr0 -o /lab/pulled.iso --resume')).result.sha256).toBe(sha256(image))
  })

  it('places that read slowly cost time, and no data', async () => {
    insert()
    burner.control({ op: 'faults', slow: [[1500, 1503], 2500], slowMs: 1500 })
    await settle()
    const { exitCode, result } = await rip('/dev/sr0 -o /lab/slow.iso')
    burner.control({ op: 'faults' })
    expect([exitCode, result.unreadBytes, result.sha256]).toEqual([0, 0, sha256(image)])
  })

  it('an empty drive is named as such', async () => {
    burner.control({ op: 'remove' })
    await guest.run('sleep 3; udevadm settle')
    const { exitCode, stderr } = await rip('/dev/sr0 -o /lab/none.iso')
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('There is no disc in /dev/sr0.')])
  })
})
