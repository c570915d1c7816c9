import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tinyImage } from '../image/testing/tiny-image.ts'
import { draftOf } from './draft.ts'
import { KeyStore, trustKeyIn } from './key-store.ts'
import { Gpg } from './testing/gpg.ts'

let gpg: Gpg
let maker: string
beforeAll(() => {
  gpg = new Gpg()
  maker = gpg.makeKey('maker', 'ed25519')
})
afterAll(() => gpg.close())

let folder: string
const inFolder = (name: string) => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-draft-'))
  writeFileSync(inFolder('distro.iso'), tinyImage())
  writeFileSync(inFolder('SHA256SUMS'), execFileSync('sha256sum', ['distro.iso'], { cwd: folder }))
  gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
  gpg.exportKeys(inFolder('maker-key.asc'), [maker], true)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const draft = (...names: string[]) => draftOf(names.map(inFolder), inFolder('keys'))
const states = async (...names: string[]) => (await draft(...names)).chain.map(({ part, state }) => `${part} ${state}`)

describe('a draft', () => {
  it.each(['distro.iso', 'SHA256SUMS', 'SHA256SUMS.gpg'])('of %s alone finds the others', async (name) => {
    const { imagePath, files, chain, offeredKeys } = await draft(name)
    expect(imagePath).toBe(inFolder('distro.iso'))
    expect(files.map(({ path, role }) => [basename(path), role])).toEqual(
      expect.arrayContaining([
        ['SHA256SUMS', 'list'],
        ['SHA256SUMS.gpg', 'signature'],
        ['maker-key.asc', 'key'],
      ]),
    )
    expect(files).toHaveLength(3)
    expect(chain.map(({ part, state }) => `${part} ${state}`)).toEqual([
      'image waiting',
      'checksum waiting',
      'signature good',
      'key caution',
      'origin caution',
    ])
    expect(offeredKeys).toMatchObject([{ fingerprint: maker }])
  })

  it('knows at once of a key that is trusted, and of a list that was changed', async () => {
    await trustKeyIn([inFolder('maker-key.asc')], maker, new KeyStore(inFolder('keys')))
    expect(await states('distro.iso')).toEqual(['image waiting', 'checksum waiting', 'signature good', 'key good', 'origin good'])
    writeFileSync(inFolder('SHA256SUMS'), `${'f'.repeat(64)}  distro.iso\n`)
    expect((await states('distro.iso'))[2]).toBe('signature bad')
  })

  it('lets somebody choose when a list names several images that are there', async () => {
    writeFileSync(inFolder('other.iso'), tinyImage())
    writeFileSync(inFolder('SHA256SUMS'), execFileSync('sha256sum', ['distro.iso', 'other.iso'], { cwd: folder }))
    expect(await draft('SHA256SUMS')).toMatchObject({ imagePath: null, choices: [inFolder('distro.iso'), inFolder('other.iso')] })
    expect((await draft('SHA256SUMS', 'other.iso')).imagePath).toBe(inFolder('other.iso'))
  })

  it('has no image when there is none', async () => {
    rmSync(inFolder('distro.iso'))
    expect(await draft('SHA256SUMS')).toMatchObject({
      imagePath: null,
      choices: [],
      chain: [{ part: 'image', state: 'none' }, {}, {}, {}, {}],
    })
    expect(await draft('maker-key.asc')).toMatchObject({ imagePath: null, offeredKeys: [{ fingerprint: maker }] })
  })

  it('takes files from anywhere', async () => {
    mkdirSync(inFolder('elsewhere'))
    for (const name of ['SHA256SUMS', 'SHA256SUMS.gpg']) execFileSync('mv', [inFolder(name), inFolder('elsewhere')])
    expect((await draft('distro.iso')).chain.map(({ part }) => part)).toEqual(['image', 'checksum'])
    expect(await states('distro.iso', 'elsewhere/SHA256SUMS.gpg')).toEqual([
      'image waiting',
      'checksum waiting',
      'signature good',
      'key caution',
      'origin caution',
    ])
  })

  it('warns of a download that broke off', async () => {
    truncateSync(inFolder('distro.iso'), 50_000)
    expect((await draft('distro.iso')).warnings[0]).toContain('cut off')
  })

  it('is not made of folders', async () => {
    await expect(draft('')).rejects.toMatchObject({ report: { kind: 'io' } })
  })
})

it('a key is trusted only when it is the one that was meant', async () => {
  await expect(trustKeyIn([inFolder('maker-key.asc')], 'F'.repeat(40), new KeyStore(inFolder('keys')))).rejects.toMatchObject({
    report: { code: 'no-such-key' },
  })
})
