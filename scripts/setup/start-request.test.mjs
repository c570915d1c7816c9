import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startRequest } from './start-request.mjs'

const commands = ['create', 'list']
let cwd

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'isomer-start-'))
  mkdirSync(join(cwd, 'create'))
  mkdirSync(join(cwd, 'photos'))
  writeFileSync(join(cwd, 'disc.iso'), '')
})
afterAll(() => rmSync(cwd, { recursive: true }))

it.each([
  [[], 'window'],
  [['--force-device-scale-factor=2'], 'window'],
  [['disc.iso'], 'window'],
  [['photos'], 'window'],
  [['create', 'photos', '-o', 'out.iso'], 'cli'],
  [['--json', 'list', 'disc.iso'], 'cli'],
  [['--version'], 'cli'],
  [['crate'], 'cli'],
  [['no-such.iso'], 'missing'],
  [['no/such'], 'missing'],
])('%j asks for %s', (args, kind) => {
  expect(startRequest(args, commands, cwd).kind).toBe(kind)
})

it('hands paths to the window as seen from where the person is', () => {
  expect(startRequest(['--flag', 'disc.iso', 'photos'], commands, cwd).args).toEqual(['--flag', join(cwd, 'disc.iso'), join(cwd, 'photos')])
})

it('leaves the command line its arguments as they are', () => {
  expect(startRequest(['create', 'photos'], commands, cwd).args).toEqual(['create', 'photos'])
})
