/** The way of a few files, short enough for every run of all tests: an image, mounted by a kernel; a disc, burned and ripped. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BurningBench } from './discs/burning-bench.ts'

let bench: BurningBench
beforeAll(async () => {
  bench = await BurningBench.start()
})
afterAll(() => bench?.stop())

it('an image is mounted, shows the files, and leaves no loop device', async () => {
  const { result, stderr } = await bench.isomer('mount /lab/image.iso')
  expect([result?.wasMounted, stderr]).toEqual([false, ''])
  const { stdout } = await bench.guest.run(`cd '${result.mountPoint}' && find . -type f -exec sha256sum {} + | sort`)
  expect(stdout.trim().split('\n').sort().join('\n')).toBe(bench.hashes)
  expect(await bench.isomer('unmount /lab/image.iso')).toMatchObject({ exitCode: 0 })
  expect((await bench.guest.run('losetup --list --noheadings')).stdout).toBe('')
})

it('a disc is burned, read back, mounted and ripped', async () => {
  await bench.insert('dvd+r')
  await bench.expectBurned('/lab/image.iso')
  const { exitCode, result } = await bench.isomer('rip /dev/sr0 -o /lab/ripped.iso')
  const image = readFileSync(join(bench.guest.folder, 'image.iso'))
  expect([exitCode, result?.unreadBytes]).toEqual([0, 0])
  expect(readFileSync(join(bench.guest.folder, 'ripped.iso')).equals(image)).toBe(true)
})
