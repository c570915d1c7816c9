import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FileByteSource } from '../bytes/byte-source.ts'
import { DeviceSectorSource } from '../bytes/device-sector-source.ts'
import { MediumFault } from '../bytes/sector-source.ts'
import { openImage } from '../image/open-image.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { lba, tinyImage } from '../image/testing/tiny-image.ts'
import { compareWith } from './against.ts'
import { filesWithin } from './named-files.ts'

let scratch: string
let image: string
let copy: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-against-'))
  image = join(scratch, 'image.iso')
  copy = join(scratch, 'copy.iso')
  writeFileSync(image, Buffer.concat([tinyImage(), Buffer.alloc(300_000, 7)]))
  copyFileSync(image, copy)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(scratch, { recursive: true, force: true })
})

async function compared() {
  const source = FileByteSource.open(image)
  try {
    return await compareWith(source, copy, quietControl())
  } finally {
    source.close()
  }
}
const sizeBytes = () => readFileSync(image).length

function change(...offsets: number[]): void {
  const bytes = readFileSync(copy)
  for (const at of offsets) bytes[at] = (bytes[at] as number) ^ 1
  writeFileSync(copy, bytes)
}

describe('an image against a copy', () => {
  it('is the same, whatever follows the image there', async () => {
    expect((await compared()).report).toMatchObject({ verdict: 'same', comparedBytes: sizeBytes(), extraBytes: 0, differingSectors: 0 })
    writeFileSync(copy, Buffer.concat([readFileSync(copy), Buffer.alloc(5000, 1)]))
    expect((await compared()).report).toMatchObject({ verdict: 'same', comparedBytes: sizeBytes(), extraBytes: 5000 })
  })

  it('differs from the first byte that does, and names the sectors and files', async () => {
    const place = lba.hello * 2048
    change(place + 3, place + 4, 200_001)
    const { report, ranges } = await compared()
    expect(report).toMatchObject({ verdict: 'differs', firstDifferenceBytes: place + 3, differingSectors: 2, unreadableSectors: 0 })
    expect(ranges).toEqual([
      { offsetBytes: place, lengthBytes: 2048 },
      { offsetBytes: 200_001 - (200_001 % 2048), lengthBytes: 2048 },
    ])
    const opened = openImage(image)
    expect(await filesWithin(opened, ranges, quietControl())).toEqual({ paths: ['/hello.txt'], more: 0 })
    opened.close()
  })

  it('joins sectors that follow each other', async () => {
    change(100_000, 102_000, 104_000)
    expect((await compared()).ranges).toHaveLength(1)
  })

  it('is shorter when it ends first', async () => {
    truncateSync(copy, 100_000)
    const { report, ranges } = await compared()
    expect(report).toMatchObject({ verdict: 'shorter', comparedBytes: 100_000, firstDifferenceBytes: 100_000, extraBytes: 0 })
    expect(ranges).toEqual([{ offsetBytes: 100_000, lengthBytes: sizeBytes() - 100_000 }])
  })

  it('counts sectors that can not be read as different, in their order', async () => {
    const read = DeviceSectorSource.prototype.read
    vi.spyOn(DeviceSectorSource.prototype, 'read').mockImplementation(async function (this: DeviceSectorSource, offsetBytes, target) {
      if (offsetBytes <= 20_480 && offsetBytes + target.length > 20_480) throw new MediumFault('EIO')
      return read.call(this, offsetBytes, target)
    })
    change(18_433, 30_000)
    const { report, ranges } = await compared()
    expect(report).toMatchObject({ verdict: 'differs', firstDifferenceBytes: 18_433, differingSectors: 3, unreadableSectors: 1 })
    expect(ranges.map(({ offsetBytes }) => offsetBytes)).toEqual([18_432, 28_672])
  })

  it('is not compared with itself', async () => {
    const source = FileByteSource.open(image)
    await expect(compareWith(source, image, quietControl())).rejects.toMatchObject({ report: { code: 'against-itself' } })
    source.close()
  })
})
