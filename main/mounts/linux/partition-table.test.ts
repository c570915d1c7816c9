import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytesWithoutGpt, imagePartitions, loopDeviceBehind } from './partition-table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-partitions-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A disk of 100 sectors whose table uses them up to `lastUsableLba`. */
function disk(lastUsableLba: bigint, write?: (bytes: Buffer) => void): string {
  const bytes = Buffer.alloc(100 * 512)
  bytes.write('EFI PART', 512, 'latin1')
  bytes.writeBigUInt64LE(lastUsableLba, 512 + 48)
  write?.(bytes)
  const path = join(folder, 'disk')
  writeFileSync(path, bytes)
  return path
}

describe('how much of an image is attached without its partition table', () => {
  it('is whole sectors of a CD below the last sector that the table speaks of', () => {
    expect(bytesWithoutGpt(disk(66n))).toBe(64 * 512)
    expect(bytesWithoutGpt(disk(64n))).toBe(64 * 512)
  })

  it('is not told where something would be missing, without a table, and of a table that lies', () => {
    expect(bytesWithoutGpt(disk(66n, (bytes) => bytes.writeUInt8(1, 66 * 512 + 511)))).toBeNull()
    expect(bytesWithoutGpt(disk(66n, (bytes) => bytes.fill(0, 512, 520)))).toBeNull()
    expect(bytesWithoutGpt(disk(0n))).toBeNull()
    expect(bytesWithoutGpt(disk(2n ** 64n - 1n))).toBeNull()
    writeFileSync(join(folder, 'short'), 'short')
    expect(bytesWithoutGpt(join(folder, 'short'))).toBeNull()
  })
})

it('finds the partitions that begin where the image does', () => {
  const starts = { loop1p1: 0, loop1p2: 128, loop1p3: 64, loop10p1: 0 }
  for (const [name, start] of Object.entries(starts)) {
    mkdirSync(join(folder, 'loop1', name), { recursive: true })
    writeFileSync(join(folder, 'loop1', name, 'start'), `${start}\n`)
  }
  mkdirSync(join(folder, 'loop1/queue'))
  expect(imagePartitions('/dev/loop1', folder)).toEqual(['/dev/loop1p1', '/dev/loop1p3'])
})

it('tells loop devices and their partitions from other devices', () => {
  expect(['/dev/loop0', '/dev/loop12p3', '/dev/sda1', '/dev/loop-control', '/dev/loop0x'].map(loopDeviceBehind)).toEqual([
    '/dev/loop0',
    '/dev/loop12',
    null,
    null,
    null,
  ])
})
