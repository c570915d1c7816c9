/** Every kind of signature, made by GnuPG, judged by us and by gpgv. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignatureStatus } from '../../shared/verify.ts'
import { KeyRing, keysOfFile } from './key-ring.ts'
import { issuerOf, judgeSignature } from './signature-check.ts'
import { parseClearSigned, parseDetached } from './signature-file.ts'
import { digestOfContent, signedForm } from './signed-digest.ts'
import { at, Gpg, type GpgvSays, gpgvSays, type SignOptions } from './testing/gpg.ts'

let gpg: Gpg
let document: string
const inHome = (name: string) => join(gpg.home, name)

beforeAll(() => {
  gpg = new Gpg()
  document = inHome('SHA256SUMS')
  writeFileSync(document, 'one  \nline \ntwo\r\nand some more\n')
})
afterAll(() => gpg.close())

/** What gpgv has to say for each of our answers. It tells neither short keys nor future dates, and accepts RIPEMD-160. */
const agreeing: Readonly<Record<SignatureStatus, readonly GpgvSays[]>> = {
  good: ['GOODSIG'],
  bad: ['BADSIG'],
  'unknown-key': ['NO_PUBKEY'],
  'key-revoked': ['REVKEYSIG'],
  'key-expired': ['EXPKEYSIG'],
  'signature-expired': ['EXPSIG'],
  weak: ['ERRSIG'],
  'key-unusable': ['ERRSIG', 'nothing'],
  'not-yet': [],
  unsupported: ['ERRSIG', 'nothing'],
}

async function ourAnswers(keyPath: string, signaturePath: string, contentPath: string): Promise<SignatureStatus[]> {
  const ring = new KeyRing()
  await ring.add(await keysOfFile(keyPath), 'given')
  const content = readFileSync(contentPath)
  const answers: SignatureStatus[] = []
  for (const packet of await parseDetached(readFileSync(signaturePath), signaturePath)) {
    const digest = digestOfContent(packet, content, signedForm(packet))
    answers.push((await judgeSignature(packet, digest, ring, Date.now())).status)
  }
  return answers
}

async function expectAgreement(status: SignatureStatus, signerKey: string, signaturePath: string, contentPath = document) {
  expect(await ourAnswers(signerKey, signaturePath, contentPath)).toEqual([status])
  const { says } = gpgvSays(signerKey, signaturePath, contentPath)
  expect(agreeing[status]).toContain(says[0])
}

let serial = 0
/** A key ring of one new key, and a signature by it. */
function signedBy(algorithm: string, options: SignOptions & { usage?: string; expires?: string; day?: string } = {}) {
  const name = `signer${++serial}`
  const fingerprint = gpg.makeKey(name, algorithm, options.usage ?? 'sign', options.expires ?? 'never', options.day ?? null)
  const key = gpg.exportKeys(inHome(`${name}.gpg`), [fingerprint])
  return { name, fingerprint, key, signature: gpg.sign(document, [fingerprint], inHome(`${name}.sig`), options) }
}

describe('a signature that fits', () => {
  it.each(['ed25519', 'rsa2048', 'rsa4096', 'dsa2048', 'nistp256', 'nistp384', 'nistp521'])('by %s is good', async (algorithm) => {
    const { key, signature } = signedBy(algorithm)
    await expectAgreement('good', key, signature)
  })

  it.each(['SHA224', 'SHA256', 'SHA384', 'SHA512'])('with %s is good', async (hash) => {
    const { key, signature } = signedBy('rsa2048', { args: ['--digest-algo', hash] })
    await expectAgreement('good', key, signature)
  })

  it.each([
    ['armoured', { armored: true }],
    ['of text', { args: ['--textmode'] }],
  ] as const)('%s is good', async (_, options) => {
    const { key, signature } = signedBy('ed25519', options)
    await expectAgreement('good', key, signature)
  })

  it('by a subkey is good, and names the primary key', async () => {
    const fingerprint = gpg.makeKey('subbed', 'rsa2048', 'cert')
    const subkey = gpg.addSigningSubkey(fingerprint, 'ed25519')
    const signature = gpg.sign(document, [`${subkey}!`], inHome('sub.sig'))
    const key = gpg.exportKeys(inHome('sub.gpg'), [fingerprint])
    await expectAgreement('good', key, signature)
    const [packet] = await parseDetached(readFileSync(signature), signature)
    expect(packet && issuerOf(packet)).toBe(subkey)
    gpg.revokeSubkey(fingerprint)
    await expectAgreement('key-revoked', gpg.exportKeys(inHome('sub-revoked.gpg'), [fingerprint]), signature)
  })

  it('is found among several in one file', async () => {
    const [one, other] = [signedBy('ed25519'), signedBy('nistp256')]
    const both = gpg.sign(document, [one.fingerprint, other.fingerprint], inHome('both.sig'))
    expect(await ourAnswers(other.key, both, document)).toEqual(expect.arrayContaining(['good', 'unknown-key']))
    expect(new Set(gpgvSays(other.key, both, document).says)).toEqual(new Set(['NO_PUBKEY', 'GOODSIG']))
  })
})

describe('a signature that does not fit', () => {
  it.each(['ed25519', 'rsa2048', 'nistp256', 'dsa2048'])('by %s is bad', async (algorithm) => {
    const { key, signature } = signedBy(algorithm)
    const changed = inHome('changed')
    writeFileSync(changed, readFileSync(document, 'latin1').replace('more', 'mora'), 'latin1')
    await expectAgreement('bad', key, signature, changed)
  })

  it('is good no more wherever a byte of it is changed', async () => {
    const { key, signature } = signedBy('ed25519')
    const whole = readFileSync(signature)
    const broken = inHome('broken.sig')
    let notGood = 0
    for (let at = 2; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] as number) ^ 1
      writeFileSync(broken, bytes)
      const ours = await ourAnswers(key, broken, document).catch((error: { report: { code: string } }) => error.report.code)
      const { accepted } = gpgvSays(key, broken, document)
      // A few bits stand outside the signed part and mean nothing; we may be stricter about them.
      if (`${ours}` === 'good') expect({ at, accepted }).toEqual({ at, accepted: true })
      else notGood++
    }
    expect(notGood).toBeGreaterThan(whole.length - 10)
  })
})

describe('a key that should not be relied on', () => {
  it('is another one', async () => {
    await expectAgreement('unknown-key', signedBy('ed25519').key, signedBy('ed25519').signature)
  })

  it('was revoked, even when only another copy of it says so', async () => {
    const { fingerprint, key, signature } = signedBy('ed25519')
    gpg.revoke(fingerprint)
    const revoked = gpg.exportKeys(inHome('revoked.gpg'), [fingerprint])
    await expectAgreement('key-revoked', revoked, signature)
    const ring = new KeyRing()
    await ring.add(await keysOfFile(key), 'store')
    await ring.add(await keysOfFile(revoked), 'beside')
    const [packet] = await parseDetached(readFileSync(signature), signature)
    if (!packet) throw new Error('no packet')
    const digest = digestOfContent(packet, readFileSync(document), 'bytes')
    expect(await judgeSignature(packet, digest, ring, Date.now())).toMatchObject({ status: 'key-revoked', held: { origin: 'store' } })
  })

  it('has expired', async () => {
    const { key, signature } = signedBy('ed25519', { expires: '2y', day: '20200101T000000', args: at('20200201T000000') })
    await expectAgreement('key-expired', key, signature)
  })

  it('is good for what it signed when its life was prolonged later', async () => {
    const { fingerprint, signature } = signedBy('rsa2048', { expires: '2y', day: '20200101T000000', args: at('20200201T000000') })
    gpg.run([...at('20210101T000000'), '--quick-set-expire', fingerprint, '0'])
    await expectAgreement('good', gpg.exportKeys(inHome('prolonged.gpg'), [fingerprint]), signature)
  })

  it('is too short', async () => {
    const { key, signature } = signedBy('rsa1024')
    expect(await ourAnswers(key, signature, document)).toEqual(['weak'])
  })

  it('is on a curve that Isomer can not check', async () => {
    const { key, signature } = signedBy('brainpoolP256r1')
    expect(await ourAnswers(key, signature, document)).toEqual(['unsupported'])
  })

  it('is not for signing', async () => {
    const { fingerprint, signature } = signedBy('rsa2048', { usage: 'sign,cert' })
    gpg.run(['--command-fd', '0', '--expert', '--edit-key', fingerprint], 'change-usage\ns\nq\nsave\n')
    const key = gpg.exportKeys(inHome('no-sign.gpg'), [fingerprint])
    expect(await ourAnswers(key, signature, document)).toEqual(['key-unusable'])
  })
})

describe('a signature that should not be relied on', () => {
  it('has expired', async () => {
    const { key, signature } = signedBy('ed25519', {
      day: '20200101T000000',
      args: [...at('20200201T000000'), '--default-sig-expire', '10'],
    })
    await expectAgreement('signature-expired', key, signature)
  })

  it.each(['MD5', 'SHA1'])('uses %s', async (hash) => {
    const { key, signature } = signedBy('rsa2048', { args: ['--digest-algo', hash] })
    await expectAgreement('weak', key, signature)
  })

  it('comes from the future', async () => {
    const { key, signature } = signedBy('ed25519', { args: at('20990101T000000') })
    expect(await ourAnswers(key, signature, document)).toEqual(['not-yet'])
  })
})

describe('clear-signed text', () => {
  it('is read without what stands around it, and judged as gpgv does', async () => {
    const { fingerprint, key } = signedBy('ed25519')
    const lines = '- dashes\nfrom here  \n\nSHA256 (a) = 00\n'
    const plain = inHome('clear')
    writeFileSync(plain, lines)
    const path = gpg.clearSign(plain, fingerprint, inHome('clear.asc'))
    const text = readFileSync(path, 'utf8')
    const signed = await parseClearSigned(`before\n${text}after\n`, path)
    expect(signed).toMatchObject({ hasMore: true, text: lines.replaceAll(/ +$/gm, '').replace(/\n$/, '') })
    expect((await parseClearSigned(text, path)).hasMore).toBe(false)
    expect(gpgvSays(key, path, null).says).toEqual(['GOODSIG'])
    const ring = new KeyRing()
    await ring.add(await keysOfFile(key), 'given')
    const judge = async (content: string) => {
      const { text: found, packets } = await parseClearSigned(content, path)
      const [packet] = packets
      return packet && (await judgeSignature(packet, digestOfContent(packet, Buffer.from(found), 'text'), ring, Date.now())).status
    }
    expect(await judge(text)).toBe('good')
    expect(await judge(text.replaceAll('\n', '\r\n'))).toBe('good')
    const forged = text.replace('= 00', '= 01')
    expect(await judge(forged)).toBe('bad')
    writeFileSync(inHome('forged.asc'), forged)
    expect(gpgvSays(key, inHome('forged.asc'), null).says).toEqual(['BADSIG'])
  })
})

describe('files that are none', () => {
  it.each([
    '',
    'hello',
    '-----BEGIN PGP SIGNATURE-----\n\nabcd\n',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n',
  ])('%j is no signature', async (text) => {
    await expect(parseDetached(Buffer.from(text), 'x.sig')).rejects.toMatchObject({ report: { kind: 'usage', code: 'no-signature' } })
  })

  it('a signature is no key, and a key no signature', async () => {
    const { key, signature } = signedBy('ed25519')
    await expect(keysOfFile(signature)).rejects.toMatchObject({ report: { code: 'no-public-key' } })
    await expect(parseDetached(readFileSync(key), key)).rejects.toMatchObject({ report: { code: 'no-signature' } })
  })

  it('keys come armoured, several in a file', async () => {
    const [one, other] = [signedBy('ed25519'), signedBy('nistp256')]
    const path = gpg.exportKeys(inHome('two.asc'), [one.fingerprint], true)
    writeFileSync(path, `${readFileSync(path, 'utf8')}\n${gpg.run(['--armor', '--export', other.fingerprint])}`)
    const found = (await keysOfFile(path)).map((key) => key.getFingerprint().toUpperCase())
    expect(found).toEqual([one.fingerprint, other.fingerprint])
  })
})
