/** Burning on a kernel's own SCSI stack, in the virtual burner: every kind of disc. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discKindOf, writableKinds } from './burner/disc-kinds.ts'
import { BurningBench } from './discs/burning-bench.ts'
import { mediumKindOf } from './discs/program-table.ts'

let bench: BurningBench
beforeAll(async () => {
  bench = await BurningBench.start()
})
afterAll(() => bench?.stop())

describe.each(writableKinds)('a %s', (kind) => {
  it('takes an image', async () => {
    await bench.insert(kind)
    const { medium } = (await bench.isomer('drives /dev/sr0')).result
    expect(medium).toMatchObject({ kind: mediumKindOf(kind), state: 'blank', sessions: [] })
    await bench.expectBurned('/lab/image.iso')
  })

  it.runIf(discKindOf(kind).isErasable)('is only burned again when it may be erased, then with a folder while it is laid out', async () => {
    expect(await bench.isomer('burn /lab/source /dev/sr0 --yes')).toMatchObject({ exitCode: 2, error: { code: 'disc-has-data' } })
    await bench.expectBurned('/lab/source --erase')
    expect((await bench.isomer('erase /dev/sr0 --yes')).exitCode).toBe(0)
    expect((await bench.isomer('drives /dev/sr0')).result.medium.state).toBe('blank')
  })

  it.runIf(!discKindOf(kind).isErasable)('is not burned twice; a new one takes a folder while it is laid out', async () => {
    const { exitCode, error } = await bench.isomer('burn /lab/image.iso /dev/sr0 --yes --erase')
    expect([exitCode, error]).toEqual([2, expect.objectContaining({ code: 'disc-closed', kept: 'The disc is as it was.' })])
    await bench.insert(kind)
    await bench.expectBurned('/lab/source')
  })
})

it('the drive is listed with its name, its disc and its speeds', async () => {
  await bench.insert('cd-rw')
  const { stdout } = await bench.guest.run('isomer drives')
  expect(stdout).toMatch(/\/dev\/sr0 {2}VBURN VIRTUAL BURNER 1\.00\n {2}CD-RW: blank\n {2}holds 737 MB, 737 MB free\n {2}writes at 48x/)
})
