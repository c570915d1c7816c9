import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type CreateOptions, defaultCreateOptions } from '../../../shared/image-project.ts'
import { allCombinations, titleOf } from '../testing/combinations.ts'
import { quietControl } from '../testing/quiet-control.ts'
import { createImage } from './create-image.ts'

let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'isomer-reproducible-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true, force: true })
})

const names = ['b.txt', 'A.txt', 'z/deep/er.bin', 'z/b', 'ü.txt', '日本.txt', 'm/1', 'm/2', 'm/10']

/** The same tree made in another order at another time, always under the same name. */
function copyOf(which: string, order: readonly string[], timeS: number): string {
  const folder = join(scratch, which, 'tree')
  for (const name of order) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), `content of ${name}`)
    utimesSync(join(folder, name), timeS, timeS)
  }
  symlinkSync('b.txt', join(folder, 'link'))
  return folder
}

async function sha256Of(folder: string, reproducible: boolean, more: Partial<CreateOptions> = {}): Promise<string | null> {
  const project = {
    version: 1,
    steps: [{ step: 'add', hostPath: folder, into: '/', contentsOnly: true }],
    options: { ...defaultCreateOptions, reproducible, ...more },
  } as const
  const result = await createImage({ project, outPath: join(scratch, 'image.iso'), overwrite: true }, quietControl())
  return result.sha256
}

/** A hundred and thirty images. */
const TIMEOUT_MS = 300_000

it('two copies in another order and of another time give the same bytes, in every combination of file systems', {
  timeout: TIMEOUT_MS,
}, async () => {
  const first = copyOf('first', names, 1_500_000_000)
  const second = copyOf('second', [...names].reverse(), 1_700_000_000)
  for (const combination of allCombinations()) {
    const [one, other] = [await sha256Of(first, true, combination), await sha256Of(second, true, combination)]
    expect([titleOf(combination), one]).toEqual([titleOf(combination), other])
  }
  const more = { fileSystems: ['udf'], udfRevision: '2.60', udfLinks: true } as const
  expect(await sha256Of(first, true, more)).toBe(await sha256Of(second, true, more))
})

it('SOURCE_DATE_EPOCH is the one date in it', async () => {
  const first = copyOf('first', names, 1_500_000_000)
  vi.stubEnv('SOURCE_DATE_EPOCH', '1600000000')
  const dated = await sha256Of(first, true)
  vi.stubEnv('SOURCE_DATE_EPOCH', '1600000001')
  expect(await sha256Of(first, true)).not.toBe(dated)
  vi.stubEnv('SOURCE_DATE_EPOCH', '1600000000')
  expect(await sha256Of(first, true)).toBe(dated)
  vi.stubEnv('SOURCE_DATE_EPOCH', 'yesterday')
  await expect(sha256Of(first, true)).rejects.toMatchObject({ report: { code: 'source-date-epoch' } })
})

it('without asking for it, times are kept, so the bytes differ', async () => {
  const first = copyOf('first', names, 1_500_000_000)
  const second = copyOf('second', names, 1_700_000_000)
  expect(await sha256Of(first, false)).not.toBe(await sha256Of(second, false))
})
