/** A file that has to be expanded whole before it can be looked at: it says how far it is, and can be stopped. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeSlowBzip2 } from '../containers/testing/slow-bzip2.ts'

const cli = join(import.meta.dirname, '../../dist/cli.js')

let folder: string
beforeEach(() => {
  if (!existsSync(cli)) throw new Error(`${cli} is not built: run npm run build first`)
  folder = mkdtempSync(join(tmpdir(), 'isomer-expanding-'))
  mkdirSync(join(folder, 'temporary'))
  writeSlowBzip2(join(folder, 'image.iso.bz2'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([['list'], ['verify'], ['mount'], ['convert', '-o', 'out.iso']])(
  'isomer %s tells its progress, and Ctrl-C leaves nothing behind',
  async (command, ...more) => {
    const args = [cli, command, join(folder, 'image.iso.bz2'), ...more, '--progress', 'json']
    const isomer = spawn(process.execPath, args, {
      env: { ...process.env, TMPDIR: join(folder, 'temporary'), ISOMER_STATE: join(folder, 'state') },
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    isomer.stderr.on('data', (text) => {
      if (said === '') isomer.kill('SIGINT')
      said += text
    })
    const [code, signal] = await new Promise<unknown[]>((resolve) => isomer.once('close', (...how) => resolve(how)))
    const [first, ...rest] = said.trimEnd().split('\n')
    expect(JSON.parse(first as string)).toMatchObject({ progress: { phase: 'expand', current: 'image.iso.bz2' } })
    expect({ code, signal, last: rest.slice(-2).join(' ') }).toEqual({
      code: 130,
      signal: null,
      last: expect.stringMatching(/stopped|cancel/i),
    })
    expect(readdirSync(join(folder, 'temporary'))).toEqual([])
    expect(readdirSync(folder).filter((name) => name.startsWith('out'))).toEqual([])
  },
)
