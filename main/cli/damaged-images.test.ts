/** Images with one thing wrong each, through the commands: what is found, what ends with which code, what can still be had. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkImage } from '../image/check-image.ts'
import { openAnyImage } from '../image/open-any-image.ts'
import { allDamage } from '../image/testing/damage/all-damage.ts'
import type { Damage } from '../image/testing/damage/damage.ts'
import { writeDamagedImage } from '../image/testing/damage/damaged-file.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { scratchRoot } from '../image/testing/scratch.ts'
import { capturedRun } from './testing/captured-run.ts'

vi.mock('node:fs', async (original) => (await import('../bytes/testing/tapped-fs.ts')).tapped(await original()))

const USAGE = 2
const DAMAGED = 4

let scratch: string
let imagePath: string
beforeEach(() => {
  scratch = mkdtempSync(join(scratchRoot(), 'isomer-damaged-'))
  imagePath = join(scratch, 'image.iso')
  mkdirSync(join(scratch, 'inside'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

/** Codes of all findings of all trees. */
async function foundCodes(): Promise<string[]> {
  const image = await openAnyImage(imagePath)
  try {
    return (await checkImage(image, quietControl())).map(({ code }) => code)
  } finally {
    image.close()
  }
}

/** The code of the problem that ended a command, and those of the damage that led to it. */
function errorCodes(stderr: string): string[] {
  const line = stderr.split('\n').find((text) => text.startsWith('{"error"'))
  if (line === undefined) return []
  const { code, technical = '' } = JSON.parse(line).error
  return [code, ...technical.split('\n').map((text: string) => text.split(' ')[0])]
}

function pathsIn(stdout: string): string[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).path)
}

async function judge({ codes, silent, exits, listed, told }: Damage): Promise<void> {
  const { mtimeNs, size } = statSync(imagePath, { bigint: true })
  const info = await capturedRun('info', imagePath)
  expect(info.exitCode, info.stderr).toBe(exits.info)
  for (const text of told) expect(info.stdout).toContain(text)
  const list = await capturedRun('list', imagePath, '--json')
  expect(list.exitCode, list.stderr).toBe(exits.list)
  if (listed !== null) expect(pathsIn(list.stdout)).toEqual(listed)
  if (exits.list === DAMAGED) expect(errorCodes(list.stderr)).toEqual(expect.arrayContaining([...codes]))
  else if (silent) expect(await foundCodes()).toEqual([])
  else expect(await foundCodes()).toEqual(expect.arrayContaining([...codes]))
  const extract = await capturedRun('extract', imagePath, '-o', join(scratch, 'inside/out'), '--json')
  expect(extract.exitCode, extract.stderr).toBe(exits.extract)
  if (exits.extract === USAGE) expect(errorCodes(extract.stderr)).toContain('expands-too-far')
  expect(statSync(imagePath, { bigint: true })).toMatchObject({ mtimeNs, size })
  expect(readdirSync(scratch).sort()).toEqual(['image.iso', 'inside'])
  expect(readdirSync(join(scratch, 'inside')).filter((name) => name !== 'out')).toEqual([])
}

for (const [room, damages] of Object.entries(allDamage)) {
  describe(room, () => {
    it.each(damages)('$name', async (damage) => {
      writeDamagedImage(imagePath, await damage.build())
      await judge(damage)
    })
  })
}
