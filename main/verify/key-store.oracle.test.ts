import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keysOfFile } from './key-ring.ts'
import { KeyStore, keyStoreFolder } from './key-store.ts'
import { Gpg } from './testing/gpg.ts'

let gpg: Gpg
let fingerprint: string
let keyPath: string
beforeAll(() => {
  gpg = new Gpg()
  fingerprint = gpg.makeKey('ana', 'ed25519')
  keyPath = gpg.exportKeys(join(gpg.home, 'ana.gpg'), [fingerprint])
})
afterAll(() => gpg.close())

let folder: string
let store: KeyStore
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'isomer-keys-')), 'deep/keys')
  store = new KeyStore(folder)
})
afterEach(() => rmSync(join(folder, '../..'), { recursive: true, force: true }))
const addKey = async () => {
  for (const key of await keysOfFile(keyPath)) store.add(key)
}

describe('the store of trusted keys', () => {
  it('is empty before there is one', async () => {
    expect(await store.list()).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  it('keeps keys for their owner alone, and forgets them', async () => {
    await addKey()
    expect(await store.list()).toMatchObject([{ fingerprint, owner: 'ana <ana@example.org>', algorithm: 'Ed25519', isRevoked: false }])
    expect(readdirSync(folder)).toEqual([`${fingerprint}.asc`])
    expect(statSync(join(folder, `${fingerprint}.asc`)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    store.remove(fingerprint.toLowerCase())
    store.remove(fingerprint)
    expect(await store.list()).toEqual([])
  })

  it('takes no harm from a damaged file, nor from others', async () => {
    await addKey()
    writeFileSync(join(folder, `${'A'.repeat(40)}.asc`), 'rubbish')
    writeFileSync(join(folder, 'notes.txt'), 'notes')
    expect(await store.list()).toHaveLength(1)
  })

  it('says when it can not be kept', async () => {
    mkdirSync(join(folder, '..'), { recursive: true })
    writeFileSync(folder, 'a file')
    await expect(addKey()).rejects.toMatchObject({ report: { kind: 'io' } })
  })

  it.each(['../../../etc/passwd', '', 'abc', `${'A'.repeat(40)}/..`])('removes nothing called %j', (name) => {
    expect(() => store.remove(name)).toThrow('no fingerprint')
  })

  it('is where each system keeps such things', () => {
    expect(keyStoreFolder({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/isomer/keys')
    expect(keyStoreFolder({ APPDATA: '/roaming' }, 'win32')).toBe('/roaming/Isomer/keys')
    expect(keyStoreFolder({}, 'darwin')).toMatch(/Library\/Application Support\/Isomer\/keys$/)
    expect(keyStoreFolder({ ISOMER_KEYS: '/elsewhere' }, 'linux')).toBe('/elsewhere')
  })
})
