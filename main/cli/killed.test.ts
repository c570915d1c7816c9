/** A command line that is killed leaves a hidden file; the next one removes it, wherever it lies. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const cli = join(import.meta.dirname, '../../dist/cli.js')
const LARGE_BYTES = 4 * 1024 ** 3

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-killed-'))
  for (const name of ['source', 'large', 'out', 'elsewhere']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'source/a.txt'), 'content')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('what a killed command line left half-written is removed by the next one', async () => {
  if (!existsSync(cli)) throw new Error(`${cli} is not built: run npm run build first`)
  const env = { ...process.env, ISOMER_STATE: join(folder, 'state') }
  writeFileSync(join(folder, 'large/film.bin'), '')
  truncateSync(join(folder, 'large/film.bin'), LARGE_BYTES)
  const out = join(folder, 'out')
  const victim = spawn(process.execPath, [cli, 'create', join(folder, 'large'), '-o', join(out, 'a.iso')], { env, stdio: 'ignore' })
  const notes = join(folder, 'state/outputs')
  const isNoted = () => existsSync(notes) && readdirSync(notes).some((name) => statSync(join(notes, name)).size > 0)
  while (!isNoted() && victim.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5))
  victim.kill('SIGKILL')
  await new Promise((resolve) => victim.once('exit', resolve))
  expect(readdirSync(out)).toEqual([expect.stringMatching(/^\.isomer-\d+-[0-9a-f]{12}\.part$/)])

  const next = spawnSync(process.execPath, [cli, 'create', join(folder, 'source'), '-o', join(folder, 'elsewhere/b.iso')], { env })
  expect(next.status).toBe(0)
  expect(readdirSync(out)).toEqual([])
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['b.iso'])
  expect(readdirSync(notes)).toEqual([])
})
