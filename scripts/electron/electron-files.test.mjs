import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listAsar, writeAsar } from './asar.mjs'
import { readFuses, setFuses } from './fuses.mjs'
import { unzip } from './zip-reader.mjs'

let folder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-electron-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('writes an archive that the asar tool reads', async () => {
  const path = join(folder, 'a.asar')
  await writeAsar(path, { 'package.json': '{"name":"x"}', 'main.js': 'ü' })
  const asar = spawnSync('npx', ['--no-install', 'asar', 'list', path], { encoding: 'utf8', shell: process.platform === 'win32' })
  expect(asar.stdout.trim().split('\n').sort()).toEqual(['/main.js', '/package.json'])
  expect(await listAsar(path)).toEqual([
    { path: 'package.json', sizeBytes: 12 },
    { path: 'main.js', sizeBytes: 2 },
  ])
})

it('reads and sets fuses, in every slice of a binary', async () => {
  const path = join(folder, 'binary')
  const wire = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x081001r110', 'latin1')
  writeFileSync(path, Buffer.concat([Buffer.alloc(100, 1), wire, Buffer.alloc(50, 2), wire]))
  await setFuses(path, { runAsNode: false, enableCookieEncryption: true })
  const fuses = await readFuses(path)
  expect(fuses.get('runAsNode')).toBe('off')
  expect(fuses.get('enableCookieEncryption')).toBe('on')
  expect(fuses.get('enableEmbeddedAsarIntegrityValidation')).toBe('removed')
  await expect(setFuses(path, { noSuchFuse: true })).rejects.toThrow('noSuchFuse')
})

it('takes files out of a zip, stored and deflated, and not above the folder', async () => {
  const source = join(folder, 'source/Cypress')
  mkdirSync(join(source, 'deep'), { recursive: true })
  writeFileSync(join(source, 'stored'), 'x')
  writeFileSync(join(source, 'deep/deflated'), 'text '.repeat(1000))
  writeFileSync(join(source, 'unwanted'), 'x')
  const zip = join(folder, 'a.zip')
  const made = spawnSync('7z', ['a', '-tzip', zip, 'Cypress'], { cwd: join(folder, 'source'), encoding: 'utf8' })
  expect(made.status).toBe(0)
  const out = join(folder, 'out')
  await unzip(zip, out, 'Cypress/', (name) => name !== 'unwanted')
  expect(readFileSync(join(out, 'deep/deflated'), 'utf8')).toBe('text '.repeat(1000))
  expect(readFileSync(join(out, 'stored'), 'utf8')).toBe('x')
  expect(() => readFileSync(join(out, 'unwanted'))).toThrow()

  const bytes = readFileSync(zip)
  const evil = Buffer.from(bytes.toString('latin1').replaceAll('Cypress/stored', 'Cypress/../str'), 'latin1')
  writeFileSync(zip, evil)
  await unzip(zip, join(folder, 'out2'), 'Cypress/', () => true)
  expect(() => readFileSync(join(folder, 'str'))).toThrow()
})
