/** The virtual burner command by command, without a guest. */
import { writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { writableKinds } from './disc-kinds.ts'
import { BenchDrive, blocks, read10, reserve, write10, writeParameters } from './testing/bench-drive.ts'

const CLOSE_TRACK = '5b 00 01 00 00 01'
const CLOSE_SESSION = '5b 00 02'
const FINALIZE_PLUS = '5b 00 06'
const FLUSH = '35'
const TAO = 1
const SAO = 2
/** A session of one data track of 16 blocks from block 0 on. */
const CUE_SHEET = Buffer.from(['4100001400000000', '4101001000000000', '4101011000000200', '41aa011400000210'].join(''), 'hex')

let bench: BenchDrive
afterEach(() => bench?.dispose())
const insert = async (...args: Parameters<typeof BenchDrive.with>) => {
  bench = BenchDrive.with(...args)
  return bench.settle()
}
const status = () => {
  const { disc } = bench.control({ op: 'state' })
  return disc && [disc.discStatus, disc.sessionStatus]
}
const EMPTY = [0, 0]
const COMPLETE = [2, 3]

/** Writes 32 blocks in the way that the kind of disc wants, and closes it. */
const recipes: Readonly<Record<string, (drive: BenchDrive) => Promise<unknown>>> = {
  'cd-r': atOnce,
  'cd-rw': atOnce,
  'dvd-r': reservedAtOnce,
  'dvd-rw': reservedAtOnce,
  'dvd-r-dl': reservedAtOnce,
  'dvd+r': plus,
  'dvd+r-dl': plus,
  'bd-r': plus,
  'dvd+rw': (drive) => inPlace(drive, 0x26),
  'dvd-ram': async (drive) => drive.send(write10(0, 32), blocks(32, 7)),
  'bd-re': (drive) => inPlace(drive, 0x30),
}
async function atOnce(drive: BenchDrive): Promise<unknown> {
  await drive.send(...writeParameters({ type: TAO }))
  await drive.send(write10(0, 32), blocks(32, 7))
  await drive.send(FLUSH)
  return drive.send(CLOSE_SESSION)
}
async function reservedAtOnce(drive: BenchDrive): Promise<unknown> {
  await drive.send(...writeParameters({ type: SAO }))
  await drive.send(reserve(32))
  await drive.send(write10(0, 32), blocks(32, 7))
  return drive.send(FLUSH)
}
async function plus(drive: BenchDrive): Promise<unknown> {
  await drive.send(reserve(32))
  await drive.send(write10(0, 32), blocks(32, 7))
  await drive.send(CLOSE_TRACK)
  return drive.send(FINALIZE_PLUS)
}
async function inPlace(drive: BenchDrive, type: number): Promise<unknown> {
  await drive.send('04 11', Buffer.from([0, 2, 0, 8, 0, 0, 0, 0, type << 2, 0, 0, 0]))
  return drive.send(write10(0, 32), blocks(32, 7))
}

describe.each(writableKinds)('a %s', (kind) => {
  it('is blank at first, then written and complete, and reads what was written', async () => {
    const drive = await insert(kind)
    if (kind !== 'dvd-ram') expect(status()).toEqual(EMPTY)
    expect(await recipes[kind]?.(drive)).toBe('ok')
    expect(status()).toEqual(COMPLETE)
    expect((await drive.ask(read10(0, 32))).equals(blocks(32, 7))).toBe(true)
  })

  it('says of itself what it is', async () => {
    const drive = await insert(kind)
    const profile = bench.control({ op: 'state' }).disc?.profile
    expect((await drive.ask('46 00 00 00 00 00 00 00 08')).readUInt16BE(6)).toBe(profile)
    expect(await drive.ask('51 00 00 00 00 00 00 00 ff')).toHaveLength(34)
    expect(await drive.ask('52 01 00 00 00 01 00 00 ff')).toHaveLength(48)
  })

  it('keeps its state when it is taken out and put in again', async () => {
    const drive = await insert(kind)
    await recipes[kind]?.(drive)
    const before = bench.control({ op: 'state' }).disc
    drive.control({ op: 'remove' })
    drive.insert(kind, { fresh: false })
    expect(drive.control({ op: 'state' }).disc).toEqual(before)
  })
})

describe('writing', () => {
  it('goes on only where it ended', async () => {
    const drive = await insert('dvd+r')
    expect(await drive.send(reserve(33))).toBe('ok') // rounded up to 48
    expect(await drive.send(write10(0, 32), blocks(32, 7))).toBe('ok')
    expect(await drive.send(write10(0, 32), blocks(32, 7))).toBe('5/2102')
    expect(await drive.send(write10(32, 1), blocks(1, 9))).toBe('ok')
    expect(await drive.send(write10(33, 16), blocks(16, 9))).toBe('5/6300') // beyond what was reserved
    await drive.send(CLOSE_TRACK)
    await drive.send(FINALIZE_PLUS)
    expect((await drive.ask('25')).readUInt32BE(0)).toBe(47)
    expect((await drive.ask(read10(32, 1)))[0]).toBe(9)
    expect(await drive.send(read10(48, 1))).toBe('5/2100')
    expect(await drive.send(write10(48, 1), blocks(1, 1))).toBe('7/2700')
  })

  it('of a CD laid out by a cue sheet closes by itself', async () => {
    const drive = await insert('cd-r')
    expect(await drive.send('5d 00 00 00 00 00 00 00 20', CUE_SHEET)).toBe('ok')
    expect(await drive.send(write10(-150, 150), blocks(150, 0))).toBe('ok')
    expect(await drive.send(write10(0, 16), blocks(16, 5))).toBe('ok')
    expect(await drive.send(FLUSH)).toBe('ok')
    expect(status()).toEqual(COMPLETE)
    expect(bench.control({ op: 'state' }).disc?.tracks).toMatchObject([{ sizeBlocks: 16, state: 'complete' }])
    expect((await drive.ask('43 00 00 00 00 00 00 00 ff'))[3]).toBe(1)
  })

  it('of a CD track-at-once leaves run-out that can’t be read, and room for a session', async () => {
    const drive = await insert('cd-r')
    await drive.send(...writeParameters({ type: TAO, isMulti: true }))
    await drive.send(write10(0, 8), blocks(8, 1))
    await drive.send(FLUSH)
    await drive.send(CLOSE_SESSION)
    expect((await drive.ask('25')).readUInt32BE(0)).toBe(9)
    expect(await drive.send(read10(7, 2))).toBe('3/1105')
    expect((await drive.ask('52 01 00 00 00 ff 00 00 40')).readUInt32BE(8)).toBe(11_410)
    expect(status()).toEqual([1, 0])
  })

  it('makes sessions until the disc is finalized', async () => {
    const drive = await insert('dvd-r')
    const session = async (first: number, isMulti: boolean) => {
      await drive.send(...writeParameters({ type: 0, isMulti }))
      expect(await drive.send(write10(first, 16), blocks(16, first & 255))).toBe('ok')
      expect(await drive.send(CLOSE_SESSION)).toBe('ok')
    }
    await session(0, true)
    const second = (await drive.ask('52 01 00 00 00 ff 00 00 40')).readUInt32BE(8)
    expect(second).toBe(16 + 28_672)
    await session(second, false)
    expect(status()).toEqual(COMPLETE)
    expect((await drive.ask(read10(second, 1)))[0]).toBe(second & 255)
    const toc = await drive.ask('43 00 00 00 00 00 00 00 ff')
    expect([toc[2], toc[3]]).toEqual([1, 2])
  })

  it('can be simulated on CDs', async () => {
    const drive = await insert('cd-r')
    await drive.send(...writeParameters({ type: TAO, simulates: true }))
    expect(await drive.send(write10(0, 8), blocks(8, 1))).toBe('ok')
    await drive.send(CLOSE_SESSION)
    expect(status()).toEqual(EMPTY)
    expect(await drive.send(read10(0, 1))).toBe('5/2100')
  })

  it('of audio keeps its samples', async () => {
    const drive = await insert('cd-r')
    await drive.send(...writeParameters({ type: TAO }))
    await drive.send(write10(0, 10), blocks(10, 3, 2352))
    await drive.send(FLUSH)
    await drive.send(CLOSE_SESSION)
    expect(await drive.send(read10(0, 1))).toBe('5/6400') // data is asked for
    const samples = await drive.ask('be 04 00 00 00 00 00 00 0a f8')
    expect(samples.equals(blocks(10, 3, 2352))).toBe(true)
  })

  it('needs a formatted disc where there are no sessions', async () => {
    const drive = await insert('bd-re')
    expect(await drive.send(write10(0, 1), blocks(1, 0))).toBe('5/3006')
  })

  it('ends with the disc', async () => {
    const drive = await insert('dvd-r', { blocks: 64 })
    expect(await drive.send(write10(0, 64), blocks(64, 1))).toBe('ok')
    expect(await drive.send(write10(64, 1), blocks(1, 1))).toBe('5/6300')
  })
})

describe('erasing', () => {
  it('makes a CD-RW and a DVD-RW blank, and nothing else', async () => {
    for (const kind of ['cd-rw', 'dvd-rw'] as const) {
      const drive = await insert(kind)
      await recipes[kind]?.(drive)
      expect(await drive.send('a1 01')).toBe('ok')
      expect(status()).toEqual(EMPTY)
      drive.dispose()
    }
    expect(await (await insert('cd-r')).send('a1 01')).toBe('5/2000')
  })

  it('turns a DVD-RW into one that is written in place', async () => {
    const drive = await insert('dvd-rw')
    expect(await drive.send('04 11', Buffer.from([0, 2, 0, 8, 0, 0, 0, 0, 0x15 << 2, 0, 0, 0]))).toBe('ok')
    expect(bench.control({ op: 'state' }).disc?.profile).toBe(0x13)
    expect(await drive.send(write10(100, 1), blocks(1, 1))).toBe('ok')
  })

  it('takes its time in the background when asked to', async () => {
    const drive = await insert('cd-rw')
    drive.control({ op: 'pace', busyMs: 60_000 })
    expect(await drive.send('a1 11')).toBe('ok')
    expect(await drive.send('00')).toBe('2/0407')
    expect((await drive.ask('03 00 00 00 ff'))[15]).toBe(0x80) // progress is told
  })
})

describe('faults', () => {
  it('of reading hit the sectors that they should', async () => {
    const drive = await insert('dvd-ram')
    await drive.send(write10(0, 32), blocks(32, 1))
    drive.control({ op: 'faults', readErrors: [5, [10, 12]] })
    expect(await drive.send(read10(4, 4))).toBe('3/1100')
    expect(await drive.send(read10(12, 1))).toBe('3/1100')
    expect(await drive.ask(read10(6, 4))).toHaveLength(4 * 2048)
    drive.control({ op: 'faults' })
    expect(await drive.ask(read10(4, 4))).toHaveLength(4 * 2048)
  })

  it('of writing come when their block does', async () => {
    const drive = await insert('dvd-ram')
    drive.control({ op: 'faults', writeErrorAt: 8 })
    expect(await drive.send(write10(0, 8), blocks(8, 0))).toBe('ok')
    expect(await drive.send(write10(8, 8), blocks(8, 0))).toBe('3/0c00')
    drive.control({ op: 'faults', writeErrorAt: 8, writeErrorSense: '04/09/01' })
    expect(await drive.send(write10(0, 16), blocks(16, 0))).toBe('4/0901')
  })

  it('of the laser, of closing, of a hand that pulls the disc out', async () => {
    const drive = await insert('dvd+r')
    drive.control({ op: 'faults', opc: true })
    expect(await drive.send('54 01')).toBe('3/7303')
    expect(await drive.send(write10(0, 1), blocks(1, 0))).toBe('3/7303')
    drive.control({ op: 'faults', close: true })
    await drive.send(write10(0, 16), blocks(16, 0))
    expect(await drive.send(CLOSE_SESSION)).toBe('3/7200')
    drive.control({ op: 'faults', removeAt: 20 })
    expect(await drive.send(write10(16, 16), blocks(16, 0))).toBe('2/3a02')
    expect(drive.control({ op: 'state' })).toMatchObject({ tray: 'open', disc: null })
  })
})

describe('the tray', () => {
  it('tells of a disc that comes and goes', async () => {
    bench = BenchDrive.with('cd-r')
    expect(await bench.send('00')).toBe('6/2800')
    expect(await bench.send('00')).toBe('ok')
    expect((await bench.ask('4a 01 00 00 10 00 00 00 08'))[4]).toBe(2)
    bench.control({ op: 'remove' })
    expect(await bench.send('00')).toBe('2/3a01')
    expect((await bench.ask('4a 01 00 00 10 00 00 00 08'))[4]).toBe(3)
  })

  it('does not open while it is locked', async () => {
    const drive = await insert('cd-r')
    await drive.send('1e 00 00 00 01')
    expect(await drive.send('1b 00 00 00 02')).toBe('5/5302')
    expect(drive.control({ op: 'button' }).tray).toBe('closed')
    expect((await drive.ask('4a 01 00 00 10 00 00 00 08'))[4]).toBe(1) // somebody wants it open
    await drive.send('1e')
    expect(await drive.send('1b 00 00 00 02')).toBe('ok')
    expect(drive.control({ op: 'state' }).tray).toBe('open')
    await drive.send('1b 00 00 00 03')
    expect(drive.control({ op: 'state' }).disc?.kind).toBe('cd-r')
  })

  it('can be stuck', async () => {
    const drive = await insert('cd-r')
    drive.control({ op: 'faults', stuck: true })
    expect(await drive.send('1b 00 00 00 02')).toBe('4/5300')
    expect(drive.control({ op: 'state' }).tray).toBe('closed')
  })
})

describe('a pressed disc', () => {
  it('is its image, and stays it', async () => {
    bench = new BenchDrive()
    const image = Buffer.alloc(20 * 2048, 'pressed ')
    writeFileSync(bench.path('image'), image)
    bench.insert('dvd-rom', { path: bench.path('image') })
    await bench.settle()
    expect((await bench.ask('25')).readUInt32BE(0)).toBe(19)
    expect((await bench.ask(read10(0, 20))).equals(image)).toBe(true)
    expect(await bench.send(write10(0, 1), blocks(1, 0))).toBe('7/2700')
  })
})

it('an unknown command is refused', async () => {
  expect(await (await insert('cd-r')).send('ff')).toBe('5/2000')
})
