/** Whole verifications as people meet them, with keys and signatures made by GnuPG; gpgv says what it thinks of the same. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { plainVerifyRequest, type VerifyRequest, type VerifyResult } from '../../shared/verify.ts'
import { quietControl } from '../image/testing/quiet-control.ts'
import { keysOfFile } from './key-ring.ts'
import { KeyStore } from './key-store.ts'
import { at, Gpg, gpgvSays } from './testing/gpg.ts'
import { verifyImage } from './verify-image.ts'

let gpg: Gpg
let maker: string
let stranger: string
let base: string
beforeAll(() => {
  gpg = new Gpg()
  maker = gpg.makeKey('maker', 'ed25519')
  stranger = gpg.makeKey('stranger', 'rsa2048')
  base = mkdtempSync(join(tmpdir(), 'isomer-verify-'))
  mkdirSync(join(base, 'tree'))
  writeFileSync(join(base, 'tree/README'), 'read me')
  writeFileSync(join(base, 'tree/big'), Buffer.alloc(500_000, 'content'))
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-J', '-o', join(base, 'made.iso'), join(base, 'tree')], { stdio: 'ignore' })
})
afterAll(() => {
  gpg.close()
  rmSync(base, { recursive: true, force: true })
})

let folder: string
let image: string
let storeFolder: string
beforeEach(() => {
  folder = mkdtempSync(join(base, 'case-'))
  storeFolder = join(folder, 'store')
  image = join(folder, 'distro-1.0.iso')
  copyFileSync(join(base, 'made.iso'), image)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)
const verified = (more: Partial<VerifyRequest> = {}): Promise<VerifyResult> =>
  verifyImage({ ...plainVerifyRequest(image, storeFolder), ...more }, quietControl())
const states = ({ chain }: VerifyResult) => chain.map(({ part, state }) => `${part} ${state}`)
const sums = (tool = 'sha256sum', name = 'SHA256SUMS') =>
  writeFileSync(inFolder(name), execFileSync(tool, ['distro-1.0.iso'], { cwd: folder }))
const keyFile = (fingerprint: string) => gpg.exportKeys(inFolder(`${fingerprint}.gpg`), [fingerprint])
async function trust(fingerprint: string): Promise<void> {
  for (const key of await keysOfFile(keyFile(fingerprint))) new KeyStore(storeFolder).add(key)
  rmSync(inFolder(`${fingerprint}.gpg`))
}
function spoilImage(): void {
  const bytes = readFileSync(image)
  bytes[400_000] = (bytes[400_000] as number) ^ 1
  writeFileSync(image, bytes)
}

const allGood = ['image good', 'checksum good', 'signature good', 'key good', 'origin good']

describe('genuine', () => {
  it.each([
    ['SHA256SUMS.gpg', {}],
    ['SHA256SUMS.sign', { armored: true }],
    ['SHA256SUMS.asc', { armored: true }],
    ['SHA256SUMS.sig', {}],
  ] as const)('by %s beside its list, with a key trusted earlier', async (name, options) => {
    sums()
    const signature = gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder(name), options)
    expect(gpgvSays(keyFile(maker), signature, inFolder('SHA256SUMS')).says).toEqual(['GOODSIG'])
    await trust(maker)
    const result = await verified()
    expect(result).toMatchObject({
      verdict: 'genuine',
      refusals: [],
      advice: null,
      lists: [{ verdict: 'same', listedName: 'distro-1.0.iso' }],
    })
    expect(states(result)).toEqual(allGood)
    expect(result.chain.at(-1)?.detail).toBe('You trusted this key earlier.')
  })

  it('by a clear-signed list in Fedora’s manner, with a key given', async () => {
    const lines = `# distro-1.0.iso: ${readFileSync(image).length} bytes\n${execFileSync('sha256sum', ['--tag', 'distro-1.0.iso'], { cwd: folder, encoding: 'utf8' })}`
    writeFileSync(inFolder('plain'), lines)
    const list = gpg.clearSign(inFolder('plain'), maker, inFolder('Distro-1.0-CHECKSUM'))
    expect(gpgvSays(keyFile(maker), list, null).says).toEqual(['GOODSIG'])
    const result = await verified({ trustedKeys: [keyFile(maker)] })
    expect(result.verdict).toBe('genuine')
    expect(result.lists[0]).toMatchObject({ listedSizeBytes: result.sizeBytes, remarks: [] })
    expect(states(result)).toEqual(allGood)
  })

  it('by mixed kinds in a clear-signed list in Qubes’ manner', async () => {
    const lines = ['md5sum', 'sha1sum', 'sha256sum', 'sha512sum'].map((tool) =>
      execFileSync(tool, ['-b', 'distro-1.0.iso'], { cwd: folder, encoding: 'utf8' }),
    )
    writeFileSync(inFolder('plain'), lines.join(''))
    gpg.clearSign(inFolder('plain'), maker, inFolder('distro-1.0.iso.DIGESTS'))
    await trust(maker)
    const result = await verified()
    expect(result.verdict).toBe('genuine')
    expect(result.lists[0]?.comparisons.map(({ kind }) => kind)).toEqual(['md5', 'sha1', 'sha256', 'sha512'])
  })

  it.each(['.sig', '.asc', '.gpg', '.sign'])('by a signature of the image itself, distro-1.0.iso%s', async (extension) => {
    const signature = gpg.sign(image, [maker], `${image}${extension}`, { armored: extension === '.asc' })
    expect(gpgvSays(keyFile(maker), signature, image).says).toEqual(['GOODSIG'])
    await trust(maker)
    const result = await verified()
    expect(result).toMatchObject({
      verdict: 'genuine',
      signatures: [{ status: 'good', key: { owner: 'maker <maker@example.org>', origin: 'store' } }],
    })
  })

  it('by any of several signatures', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [stranger, maker], inFolder('SHA256SUMS.gpg'))
    await trust(maker)
    expect(await verified()).toMatchObject({
      verdict: 'genuine',
      lists: [{ signatures: expect.arrayContaining([expect.objectContaining({ status: 'unknown-key' })]) }],
    })
  })

  it('under another name too, which is said', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
    await trust(maker)
    renameSync(image, inFolder('download.iso'))
    image = inFolder('download.iso')
    const result = await verified({ lists: [inFolder('SHA256SUMS')] })
    expect(result).toMatchObject({ verdict: 'genuine', lists: [{ isRenamed: true }] })
    expect(result.reason).toContain('‘distro-1.0.iso’')
  })
})

describe('intact, and no more', () => {
  it.each([
    ['sha256sum', 'SHA256SUMS'],
    ['sha256sum', 'distro-1.0.iso.sha256'],
    ['sha512sum', 'distro-1.0.sha512'],
    ['b2sum', 'b2sums.txt'],
  ])('by a list of %s that nobody signed, %s', async (tool, name) => {
    sums(tool, name)
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'intact', refusals: [] })
    expect(states(result)).toEqual(['image good', 'checksum good', 'signature none', 'key none', 'origin none'])
  })

  it('by a key that only lies there', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
    keyFile(maker)
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'intact', lists: [{ signatures: [{ status: 'good', key: { origin: 'beside' } }] }] })
    expect(states(result)).toEqual(['image good', 'checksum good', 'signature good', 'key caution', 'origin caution'])
    expect(result.advice).toContain('fingerprint')
  })

  it('by a key that is not here', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
    await trust(stranger)
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'intact', lists: [{ signatures: [{ status: 'unknown-key', key: null, issuer: maker }] }] })
    expect(gpgvSays(keyFile(stranger), inFolder('SHA256SUMS.gpg'), inFolder('SHA256SUMS')).says).toEqual(['NO_PUBKEY'])
  })

  it('by a key that was revoked, whoever trusts it', async () => {
    const revoked = gpg.makeKey('revoked', 'ed25519')
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [revoked], inFolder('SHA256SUMS.gpg'))
    gpg.revoke(revoked)
    await trust(revoked)
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'intact', lists: [{ signatures: [{ status: 'key-revoked' }] }] })
    expect(states(result).slice(2)).toEqual(['signature bad', 'key bad', 'origin caution'])
  })

  it('by a key that has expired', async () => {
    const old = gpg.makeKey('old', 'ed25519', 'sign', '2y', '20200101T000000')
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [old], inFolder('SHA256SUMS.gpg'), { args: at('20200201T000000') })
    await trust(old)
    expect(await verified()).toMatchObject({ verdict: 'intact', lists: [{ signatures: [{ status: 'key-expired' }] }] })
  })

  it.each(['MD5', 'SHA1'])('by a signature with %s', async (hash) => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [stranger], inFolder('SHA256SUMS.gpg'), { args: ['--digest-algo', hash] })
    await trust(stranger)
    expect(await verified()).toMatchObject({ verdict: 'intact', lists: [{ signatures: [{ status: 'weak' }] }] })
  })

  it.each([
    ['md5sum', 'MD5SUMS'],
    ['sha1sum', 'SHA1SUMS'],
  ])('by a signed list that has only %s', async (tool, name) => {
    sums(tool, name)
    gpg.sign(inFolder(name), [maker], inFolder(`${name}.gpg`))
    await trust(maker)
    const result = await verified()
    expect(result.verdict).toBe('intact')
    expect(states(result).slice(0, 3)).toEqual(['image good', 'checksum caution', 'signature good'])
  })

  it('by lines that stand outside what was signed', async () => {
    writeFileSync(inFolder('plain'), `${'f'.repeat(64)}  other.iso\n`)
    gpg.clearSign(inFolder('plain'), maker, inFolder('SHA256SUMS'))
    const text = readFileSync(inFolder('SHA256SUMS'), 'utf8')
    sums('sha256sum', 'added')
    const added = readFileSync(inFolder('added'), 'utf8')
    rmSync(inFolder('added'))
    await trust(maker)
    for (const forged of [`${added}${text}`, `${text}${added}`, text.replace('Hash:', `${added}Hash:`)]) {
      writeFileSync(inFolder('SHA256SUMS'), forged)
      expect((await verified()).verdict).toBe('unknown')
    }
  })

  it('by a value somebody gave', async () => {
    const hex = createHash('sha256').update(readFileSync(image)).digest('hex')
    expect(await verified({ expected: [{ kinds: ['sha256'], hex }] })).toMatchObject({ verdict: 'intact', refusals: [] })
    expect(
      await verified({
        expected: [
          { kinds: ['sha256'], hex: 'f'.repeat(64) },
          { kinds: ['sha256'], hex },
        ],
      }),
    ).toMatchObject({ verdict: 'intact', refusals: [] })
  })

  it('by an implanted sum', async () => {
    execFileSync('implantisomd5', ['--force', image], { stdio: 'ignore' })
    expect(await verified({ requiresImplanted: true })).toMatchObject({ verdict: 'intact', implanted: { verdict: 'same' }, refusals: [] })
  })

  it('by a copy that holds the same', async () => {
    writeFileSync(inFolder('stick'), Buffer.concat([readFileSync(image), Buffer.alloc(4096)]))
    expect(await verified({ against: inFolder('stick') })).toMatchObject({
      verdict: 'intact',
      against: { verdict: 'same', extraBytes: 4096 },
    })
  })
})

describe('unknown', () => {
  it('with nothing to compare with', async () => {
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'unknown', refusals: [], chain: [] })
    expect(result.digests).toEqual({ sha256: createHash('sha256').update(readFileSync(image)).digest('hex') })
    expect(result.advice).toContain('SHA256SUMS')
  })

  it('with lists of others beside it', async () => {
    writeFileSync(inFolder('other.iso'), 'other')
    writeFileSync(inFolder('other.iso.sha256'), `${'f'.repeat(64)}\n`)
    writeFileSync(inFolder('SHA256SUMS'), `${'f'.repeat(64)}  other.iso\n${'e'.repeat(64)}  more.iso\n`)
    expect(await verified()).toMatchObject({ verdict: 'unknown', refusals: [], lists: [{ verdict: 'absent' }] })
  })

  it('with a list that contradicts itself', async () => {
    sums()
    writeFileSync(inFolder('SHA256SUMS'), `${readFileSync(inFolder('SHA256SUMS'), 'utf8')}${'f'.repeat(64)}  distro-1.0.iso\n`)
    expect(await verified()).toMatchObject({ verdict: 'unknown', lists: [{ verdict: 'contradiction' }] })
    expect((await verified({ lists: [inFolder('SHA256SUMS')] })).refusals).toHaveLength(1)
  })

  it('with files inside that are whole: that says nothing of the rest', async () => {
    writeFileSync(join(base, 'tree/md5sum.txt'), execFileSync('md5sum', ['README', 'big'], { cwd: join(base, 'tree') }))
    execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-o', image, join(base, 'tree')], { stdio: 'ignore' })
    rmSync(join(base, 'tree/md5sum.txt'))
    expect(await verified()).toMatchObject({ verdict: 'unknown', contents: [{ same: 2 }] })
    expect(await verified({ checksContents: true })).toMatchObject({ refusals: [] })
  })

  it('when nobody may look beside it', async () => {
    sums()
    expect((await verified({ looksBeside: false })).verdict).toBe('unknown')
  })
})

describe('damaged', () => {
  it('when it is not what a list says', async () => {
    sums()
    spoilImage()
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'damaged', lists: [{ verdict: 'differs' }] })
    expect(states(result).slice(0, 2)).toEqual(['image bad', 'checksum good'])
  })

  it('even when the list is signed with a key trusted', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
    await trust(maker)
    spoilImage()
    expect((await verified()).verdict).toBe('damaged')
  })

  it('when one of two lists says so', async () => {
    sums()
    writeFileSync(inFolder('MD5SUMS'), `${'f'.repeat(32)}  distro-1.0.iso\n`)
    const result = await verified()
    expect(result.verdict).toBe('damaged')
    expect(result.evidence.map(({ says }) => says)).toEqual(['damaged', 'intact'])
  })

  it('when it is another release, which is named', async () => {
    sums()
    writeFileSync(
      inFolder('SHA256SUMS'),
      `${'f'.repeat(64)}  distro-1.0.iso\n${readFileSync(inFolder('SHA256SUMS'), 'utf8').replace('1.0', '0.9')}`,
    )
    expect((await verified()).reason).toContain('‘distro-0.9.iso’')
  })

  it('when it was cut off, which is known before it is read', async () => {
    truncateSync(image, 300_000)
    const warnings: string[] = []
    const control = quietControl({ log: (level, text) => void (level === 'warning' && warnings.push(text)) })
    const result = await verifyImage(plainVerifyRequest(image, null), control)
    expect(result).toMatchObject({ verdict: 'damaged', reason: expect.stringContaining('cut off') })
    expect(warnings[0]).toContain('cut off')
  })

  it('when its implanted sum is wrong, with the files that are hit', async () => {
    execFileSync('implantisomd5', ['--force', image], { stdio: 'ignore' })
    spoilImage()
    expect(await verified()).toMatchObject({ verdict: 'damaged', implanted: { verdict: 'differs', files: { paths: ['/big'] } } })
  })

  it('when it is no image, whatever its name', async () => {
    writeFileSync(image, 'not found')
    expect(await verified()).toMatchObject({ verdict: 'damaged', findings: [{ severity: 'fatal' }] })
  })

  it('unless it is an image of another kind that is called so', async () => {
    writeFileSync(inFolder('disc.iso'), Buffer.concat([Buffer.from('IsZ!'), Buffer.alloc(100_000)]))
    image = inFolder('disc.iso')
    expect((await verified()).verdict).toBe('damaged')
    renameSync(image, inFolder('disc.isz'))
    image = inFolder('disc.isz')
    expect(await verified()).toMatchObject({ verdict: 'unknown', findings: [{ code: 'other-format' }] })
  })

  it('when the stick does not hold the same, with the place', async () => {
    sums()
    copyFileSync(image, inFolder('stick'))
    const good = readFileSync(image)
    spoilImage()
    renameSync(image, inFolder('stick'))
    writeFileSync(image, good)
    const result = await verified({ against: inFolder('stick') })
    expect(result).toMatchObject({
      verdict: 'damaged',
      against: { verdict: 'differs', firstDifferenceBytes: 400_000, files: { paths: ['/big'] } },
    })
    expect(result.reason).toContain('sector 195')
  })
})

describe('forged', () => {
  it('when the list was changed after it was signed', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
    await trust(maker)
    spoilImage()
    sums()
    expect(gpgvSays(keyFile(maker), inFolder('SHA256SUMS.gpg'), inFolder('SHA256SUMS')).says).toEqual(['BADSIG'])
    const result = await verified()
    expect(result).toMatchObject({ verdict: 'forged', lists: [{ verdict: 'same', signatures: [{ status: 'bad' }] }] })
    expect(states(result)).toEqual(['image caution', 'checksum bad', 'signature bad', 'key caution', 'origin caution'])
  })

  it('when the image was changed after it was signed', async () => {
    gpg.sign(image, [maker], `${image}.sig`)
    await trust(maker)
    spoilImage()
    expect(gpgvSays(keyFile(maker), `${image}.sig`, image).says).toEqual(['BADSIG'])
    expect(await verified()).toMatchObject({ verdict: 'forged', signatures: [{ status: 'bad' }] })
  })

  it('when a signed text was changed', async () => {
    sums('sha256sum', 'plain')
    const list = gpg.clearSign(inFolder('plain'), maker, inFolder('SHA256SUMS'))
    await trust(maker)
    spoilImage()
    const hex = createHash('sha256').update(readFileSync(image)).digest('hex')
    writeFileSync(list, readFileSync(list, 'utf8').replace(/^[0-9a-f]{64}/m, hex))
    rmSync(inFolder('plain'))
    expect((await verified()).verdict).toBe('forged')
  })
})

describe('what was asked for', () => {
  it('must be confirmed', async () => {
    sums()
    gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
    const refusals = async (more: Partial<VerifyRequest>) => (await verified(more)).refusals.length
    expect(await refusals({ expected: [{ kinds: ['md5'], hex: '0'.repeat(32) }] })).toBe(1)
    expect(await refusals({ signatures: [inFolder('SHA256SUMS.gpg')] })).toBe(1)
    expect(await refusals({ signatures: [inFolder('SHA256SUMS.gpg')], trustedKeys: [keyFile(stranger)] })).toBe(1)
    expect(await refusals({ signatures: [inFolder('SHA256SUMS.gpg')], trustedKeys: [keyFile(maker)] })).toBe(0)
    expect(await refusals({ requiresImplanted: true, checksContents: true })).toBe(2)
  })

  it('is found by its signature alone', async () => {
    mkdirSync(inFolder('elsewhere'))
    sums('sha256sum', 'elsewhere/SHA256SUMS')
    const signature = gpg.sign(inFolder('elsewhere/SHA256SUMS'), [maker], inFolder('elsewhere/SHA256SUMS.gpg'))
    expect(await verified({ signatures: [signature], trustedKeys: [keyFile(maker)] })).toMatchObject({ verdict: 'genuine', refusals: [] })
  })

  it.each([
    ['lists', 'not-a-checksum-file'],
    ['signatures', 'not-a-signature'],
    ['trustedKeys', 'no-public-key'],
  ] as const)('must be what it was given as: %s', async (member, code) => {
    writeFileSync(inFolder('note'), 'hello')
    await expect(verified({ [member]: [inFolder('note')] })).rejects.toMatchObject({ report: { kind: 'usage', code } })
    await expect(verified({ [member]: [inFolder('gone')] })).rejects.toMatchObject({ report: { kind: 'io' } })
  })

  it('is no verdict when the image changes meanwhile', async () => {
    let turns = 0
    const control = quietControl({
      checkpoint: () => {
        if (++turns === 5) writeFileSync(image, 'other')
        return undefined
      },
    })
    await expect(verifyImage(plainVerifyRequest(image, null), control)).rejects.toMatchObject({ report: { code: 'source-changed' } })
  })
})

/** What apt keeps of the archive it installs from. */
const aptLists = '/var/lib/apt/lists'
const debianKeys = '/usr/share/keyrings/debian-archive-keyring.gpg'
function signedReleases(): string[] {
  if (!existsSync(debianKeys)) return []
  try {
    return readdirSync(aptLists).filter((name) => /_debian_.*InRelease$/.test(name))
  } catch {
    return [] // not a Debian system
  }
}

describe('Debian’s own signatures', () => {
  it.skipIf(signedReleases().length === 0).each(signedReleases())('of %s are good, as gpgv says', async (name) => {
    const list = join(aptLists, name)
    const result = await verified({ looksBeside: false, lists: [list], trustedKeys: [debianKeys] })
    const [report] = result.lists
    const good = report?.signatures.filter(({ status }) => status === 'good') ?? []
    expect(good.length).toBeGreaterThan(0)
    expect(good.length).toBe(gpgvSays(debianKeys, list, null).says.filter((word) => word === 'GOODSIG').length)
    expect(good[0]?.key?.owner).toContain('Debian')
    // What it lists are packages, not this image.
    expect(result).toMatchObject({ verdict: 'unknown', refusals: [expect.stringContaining('does not confirm')] })
    const changed = inFolder('InRelease')
    writeFileSync(changed, readFileSync(list, 'utf8').replace(/^Origin: Debian/m, 'Origin: Debiam'))
    const forged = await verified({ looksBeside: false, lists: [changed], trustedKeys: [debianKeys] })
    expect(new Set(forged.lists[0]?.signatures.map(({ status }) => status))).not.toContain('good')
  })
})
