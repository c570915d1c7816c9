/** Discs that are left open, and what is added to them: the kernel shows all of it, or what was there before. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BurningBench, writeFiles } from './discs/burning-bench.ts'
import { canBurn, sessionKinds } from './discs/program-table.ts'
import { record } from './machine/record.ts'

let bench: BurningBench
let added: string
beforeAll(async () => {
  bench = await BurningBench.start()
  added = writeFiles(bench.guest.folder, 'added', 3)
})
afterAll(() => bench?.stop())

const together = () => [...bench.hashes.split('\n'), ...added.split('\n')].sort().join('\n')
const sessionsOf = async () => (await bench.isomer('drives /dev/sr0')).result.medium

it.each(sessionKinds)('a %s takes a folder and, later, another; then it is closed', async (kind) => {
  await bench.insert(kind)
  await bench.expectBurned('/lab/source --leave-open')
  expect(await sessionsOf()).toMatchObject({ state: 'appendable', sessions: [{ number: 1, startSector: 0 }] })
  if (kind === 'dvd-r') record('xorriso-msinfo', (await bench.guest.run('xorriso -as cdrecord dev=/dev/sr0 -msinfo 2>&1')).stdout)

  const { exitCode, result, stderr } = await bench.isomer('burn /lab/added /dev/sr0 --append --yes --verify')
  expect([exitCode, stderr]).toEqual([0, stderr])
  expect(result.copies).toMatchObject([{ written: true, verified: { isSame: true } }])
  expect(result.sizeBytes).toBeLessThan(1_500_000) // the old files are not written again
  expect(await bench.mountedHashes()).toBe(together())
  expect(await bench.mountedHashes('sbsector=0')).toBe(bench.hashes)

  const { state, sessions } = await sessionsOf()
  expect([state, sessions.length]).toEqual(['closed', 2])
  const again = await bench.isomer('burn /lab/added /dev/sr0 --append --yes')
  expect(again).toMatchObject({ exitCode: 2, error: { code: 'disc-closed', message: expect.stringContaining('closed for good') } })
})

it('three sessions of a CD, by the programs that can, are ripped as one image with everything in it', async () => {
  await bench.insert('cd-r')
  const tools = (['cdrskin', 'wodim', 'xorriso'] as const).filter((tool) => canBurn(tool, 'cd-r', true))
  await bench.expectBurned('/lab/source --leave-open', tools[0])
  for (const [i, name] of ['added', 'last'].entries()) {
    writeFiles(bench.guest.folder, name, 2)
    const more = i === 0 ? ' --leave-open' : ''
    // Where a session goes only xorriso tells.
    const { exitCode, stderr } = await bench.isomer(`burn /lab/${name} /dev/sr0 --append${more} --yes --verify`)
    expect([exitCode, stderr]).toEqual([0, stderr])
  }
  expect((await sessionsOf()).sessions).toHaveLength(3)
  const { exitCode, stderr } = await bench.isomer('rip /dev/sr0 -o /lab/ripped.iso --retries 0')
  // What lies between sessions can't be read.
  expect([0, 1], stderr).toContain(exitCode)
  const { stdout } = await bench.guest.run('isomer list /lab/ripped.iso')
  for (const path of ['folder/source 0.bin', 'folder/added 1.bin', 'folder/last 1.bin']) expect(stdout).toContain(path)
})

it('an image is not added, and what has no sessions is not left open', async () => {
  await bench.insert('dvd+rw')
  expect(await bench.isomer('burn /lab/image.iso /dev/sr0 --append --yes')).toMatchObject({
    exitCode: 2,
    error: { code: 'append-needs-files' },
  })
  expect(await bench.isomer('burn /lab/source /dev/sr0 --leave-open --yes')).toMatchObject({ exitCode: 2, error: { code: 'no-sessions' } })
})
