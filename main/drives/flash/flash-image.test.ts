import { createHash } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FlashTarget } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { DeviceSectorSource } from '../../bytes/device-sector-source.ts'
import { quietControl } from '../../image/testing/quiet-control.ts'
import { tinyImage } from '../../image/testing/tiny-image.ts'
import type { FlashAdapter } from './flash-adapter.ts'
import { flashImage } from './flash-image.ts'

const STICK_BYTES = 4 * 1024 * 1024

let scratch: string
let imagePath: string
let stickPath: string
/** Made of an odd length, of more than one piece. */
let image: Buffer
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-flash-'))
  imagePath = join(scratch, 'image.iso')
  stickPath = join(scratch, 'stick')
  image = Buffer.concat([tinyImage(), Buffer.alloc(1_500_001, 'some more ')])
  writeFileSync(imagePath, image)
  writeFileSync(stickPath, '')
  truncateSync(stickPath, STICK_BYTES)
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

/** A stick that is a file. */
class FakeFlash implements FlashAdapter {
  readonly acts: string[] = []
  afterWriting: () => void = () => {}
  target: FlashTarget = {
    path: stickPath,
    vendor: 'Fake',
    model: 'Stick',
    serial: '',
    sizeBytes: STICK_BYTES,
    connection: 'usb',
    isRemovable: true,
    isReadOnly: false,
    mountPoints: ['/media/stick'],
    labels: [],
  }
  async targets() {
    return [this.target]
  }
  async diskOf() {
    return '/dev/sda'
  }
  async unmount({ mountPoints }: FlashTarget) {
    this.acts.push(`unmount ${mountPoints}`)
  }
  openForWriting({ path }: FlashTarget) {
    this.acts.push('write')
    return openSync(path, 'r+')
  }
  openForReading({ path }: FlashTarget) {
    this.afterWriting()
    this.acts.push('read')
    return DeviceSectorSource.open(path)
  }
  async rescan() {
    this.acts.push('rescan')
  }
}
const request = () => ({ imagePath, device: stickPath, verify: true })

describe('a flashed image', () => {
  it('is on the stick, with what is behind it left alone', async () => {
    const adapter = new FakeFlash()
    const result = await flashImage(request(), adapter, quietControl())
    expect(readFileSync(stickPath).subarray(0, image.length).equals(image)).toBe(true)
    expect(result).toMatchObject({
      sizeBytes: image.length,
      sha256: createHash('sha256').update(image).digest('hex'),
      verified: { isSame: true },
    })
    expect(adapter.acts).toEqual(['unmount /media/stick', 'write', 'read', 'rescan'])
  })

  it('that reads differently is found out, with its sector', async () => {
    const adapter = new FakeFlash()
    adapter.afterWriting = () => {
      const bytes = readFileSync(stickPath)
      bytes.writeUInt8(bytes.readUInt8(1_000_000) ^ 1, 1_000_000)
      writeFileSync(stickPath, bytes)
    }
    expect((await flashImage(request(), adapter, quietControl())).verified).toEqual({
      isSame: false,
      differingSectors: 1,
      unreadableSectors: 0,
      firstBadSector: Math.floor(1_000_000 / 2048),
    })
  })

  it('without a partition table is warned of', async () => {
    const said: string[] = []
    await flashImage(request(), new FakeFlash(), quietControl({ log: (level, text) => void (level === 'warning' && said.push(text)) }))
    expect(said).toEqual([expect.stringContaining('no partition table')])
  })
})

describe('nothing is written', () => {
  it('to a disk that must not be, or that is not there', async () => {
    const adapter = new FakeFlash()
    adapter.target = { ...adapter.target, mountPoints: ['/'] }
    await expect(flashImage(request(), adapter, quietControl())).rejects.toMatchObject({ report: { code: 'system-drive' } })
    await expect(flashImage({ ...request(), device: '/dev/sdz' }, adapter, quietControl())).rejects.toMatchObject({
      report: { code: 'no-such-disk' },
    })
    expect(adapter.acts).toEqual([])
  })

  it('to a disk that is in the place of the one that the system was asked for', async () => {
    const adapter = new FakeFlash()
    const returned = vi.fn(async () => {})
    const borrow = async () => {
      adapter.target = { ...adapter.target, serial: 'another' }
      return returned
    }
    await expect(flashImage(request(), Object.assign(adapter, { borrow }), quietControl())).rejects.toMatchObject({
      report: { code: 'target-changed' },
    })
    expect(returned).toHaveBeenCalledOnce()
    expect(adapter.acts).toEqual([])
  })

  it('to a disk that stays in use', async () => {
    const adapter = new FakeFlash()
    adapter.unmount = async () => {
      throw new Problem({ kind: 'io', code: 'target-in-use', message: 'It is in use.' })
    }
    await expect(flashImage(request(), adapter, quietControl())).rejects.toMatchObject({ report: { code: 'target-in-use' } })
    expect(readFileSync(stickPath).every((byte) => byte === 0)).toBe(true)
  })
})

it('an image of less than one piece is on the stick as well', async () => {
  writeFileSync(imagePath, tinyImage())
  await flashImage(request(), new FakeFlash(), quietControl())
  expect(readFileSync(stickPath).subarray(0, tinyImage().length).equals(tinyImage())).toBe(true)
})

it('a cancel says that the stick is no good now', async () => {
  let turns = 0
  const control = quietControl({
    checkpoint: () => {
      if (++turns === 1) throw Problem.cancelled()
      return undefined
    },
  })
  await expect(flashImage(request(), new FakeFlash(), control)).rejects.toMatchObject({
    report: { kind: 'cancelled', kept: expect.stringContaining('overwritten in part') },
  })
  // Its beginning comes last, so nothing takes it for a whole one.
  expect(readFileSync(stickPath).every((byte) => byte === 0)).toBe(true)
})
