import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createImage } from './create.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'isomer-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

it('aligns files to 2048 bytes', async () => {
  await writeFile(join(dir, 'a.txt'), 'hello')
  const out = `${dir}.iso`
  const r = await createImage({ folder: dir, out })
  expect(r.bytes).toBe(32768 + 2048)
  expect((await readFile(out)).subarray(32768, 32773).toString()).toBe('hello')
  await rm(out)
})

it('leaves nothing behind when aborted', async () => {
  await writeFile(join(dir, 'a.txt'), 'hello')
  await expect(createImage({ folder: dir, out: join(dir, 'x.iso'), signal: AbortSignal.abort() })).rejects.toThrow()
})
