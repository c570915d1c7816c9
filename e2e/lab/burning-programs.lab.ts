/** Each program that burns by itself, with every kind of disc that Isomer gives to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linuxTools } from '../../main/drives/linux/linux-tool.ts'
import { writableKinds } from './burner/disc-kinds.ts'
import { BurningBench } from './discs/burning-bench.ts'
import { canBurn, sessionKinds } from './discs/program-table.ts'

/** Folders through every program too, and discs left open, which takes twice as long again. */
const isAll = process.env['LAB_ALL'] === '1'

let bench: BurningBench
beforeAll(async () => {
  bench = await BurningBench.start()
})
afterAll(() => bench?.stop())

describe.each(linuxTools.filter((tool) => tool !== 'xorriso'))('%s alone', (tool) => {
  const kinds = writableKinds.filter((kind) => canBurn(tool, kind))
  // Comes formatted, which the system can't tell from written.
  const erase = (kind: string) => (kind === 'dvd-ram' ? ' --erase' : '')

  it.each(kinds)('burns an image to a %s', async (kind) => {
    await bench.insert(kind)
    await bench.expectBurned(`/lab/image.iso${erase(kind)}`, tool)
  })

  it.each(isAll ? kinds : kinds.slice(0, 1))('burns a folder to a %s', async (kind) => {
    await bench.insert(kind)
    await bench.expectBurned(`/lab/source${erase(kind)}`, tool)
  })

  const open = sessionKinds.filter((kind) => canBurn(tool, kind, true))
  it.each(isAll ? open : open.slice(0, 1))('leaves a %s open', async (kind) => {
    await bench.insert(kind)
    await bench.expectBurned('/lab/source --leave-open', tool)
    const { result } = await bench.isomer('drives /dev/sr0')
    expect(result.medium).toMatchObject({ state: 'appendable', sessions: [{ number: 1, startSector: 0 }] })
  })
})
