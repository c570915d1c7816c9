/** `isomer verify` and `isomer keys` with what the coreutils and GnuPG make. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { tinyImage } from '../image/testing/tiny-image.ts'
import { Gpg } from '../verify/testing/gpg.ts'
import { capturedRun } from './testing/captured-run.ts'

vi.mock('node:fs', async (original) => (await import('../bytes/testing/tapped-fs.ts')).tapped(await original()))

let gpg: Gpg
let maker: string
beforeAll(() => {
  gpg = new Gpg()
  maker = gpg.makeKey('maker', 'ed25519')
})
afterAll(() => gpg.close())

let folder: string
let image: string
const inFolder = (name: string) => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isomer-cli-verify-'))
  image = inFolder('tiny.iso')
  writeFileSync(image, tinyImage())
  vi.stubEnv('ISOMER_KEYS', inFolder('keys'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

const digest = (algorithm: string) => createHash(algorithm).update(tinyImage()).digest('hex')
function sign(): string {
  writeFileSync(inFolder('SHA256SUMS'), execFileSync('sha256sum', ['tiny.iso'], { cwd: folder }))
  return gpg.sign(inFolder('SHA256SUMS'), [maker], inFolder('SHA256SUMS.gpg'))
}
const keyFile = () => gpg.exportKeys(inFolder('maker.gpg'), [maker])
const verify = (...args: string[]) => capturedRun('verify', image, ...args)

describe('isomer verify', () => {
  it('shows the chain that leads to the verdict', async () => {
    sign()
    const { exitCode, stdout } = await verify('--key', keyFile())
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Genuine: ${image}\nThe image matches SHA256SUMS, signed by maker <maker@example.org>.`)
    expect(stdout.match(/^ {2}✓ /gm)).toHaveLength(5)
    expect(stdout).toContain(`SHA-256  ${digest('sha256')}`)
  })

  it('gives all of it as JSON', async () => {
    sign()
    const { stdout } = await verify('--key', keyFile(), '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      path: image,
      verdict: 'genuine',
      matches: true,
      damaged: false,
      sha256: digest('sha256'),
      refusals: [],
      lists: [{ signatures: [{ status: 'good', issuer: maker, key: { fingerprint: maker } }] }],
    })
  })

  it.each([
    [['--digest', 'WRONG'], 1],
    [['--digest', 'RIGHT'], 0],
    [['--blake2b', 'RIGHT'], 0],
    [['--md5', 'RIGHT', '--sha512', 'WRONG'], 1],
    [['--sha256', 'WRONG', '--sha256', 'RIGHT'], 0],
    [['--implanted'], 1],
    [['--contents'], 1],
    [['--against', 'COPY'], 0],
    [['--against', 'stdio:COPY'], 0],
    [['--against', 'OTHER'], 1],
  ] as const)('%j ends with %i', async (args, exitCode) => {
    copyFileSync(image, inFolder('copy'))
    writeFileSync(inFolder('other'), tinyImage().fill(1, 60_000, 60_001))
    const names: Record<string, string> = {
      '--digest': 'sha256',
      '--sha256': 'sha256',
      '--blake2b': 'blake2b512',
      '--md5': 'md5',
      '--sha512': 'sha512',
    }
    const given = args.map((arg, index) =>
      arg
        .replace('COPY', inFolder('copy'))
        .replace('OTHER', inFolder('other'))
        .replace('RIGHT', digest(names[args[index - 1] ?? ''] ?? 'sha256'))
        .replace('WRONG', 'f'.repeat(args[index - 1] === '--sha512' ? 128 : 64)),
    )
    expect((await verify(...given)).exitCode).toBe(exitCode)
  })

  it('computes what it is asked for', async () => {
    const { stdout } = await verify('--hash', 'md5,crc32', '--hash', 'blake2b')
    expect(stdout.split('\n').filter((line) => /^\S+ +[0-9a-f]{8,}$/.test(line))).toEqual([
      `MD5      ${digest('md5')}`,
      `BLAKE2b  ${digest('blake2b512')}`,
      expect.stringMatching(/^CRC-32 {3}[0-9a-f]{8}$/),
    ])
  })

  it.each([
    [['--digest', 'abc'], '‘abc’ is no checksum.'],
    [['--md5', 'f'.repeat(64)], 'is no MD5.'],
    [['--sha256', ''], 'An empty text is no checksum.'],
    [['--hash', 'sha3'], "--hash can't be sha3."],
  ])('refuses %j as wrong usage', async (args, message) => {
    const { exitCode, stderr } = await verify(...args)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  it('ends with 3 when something that was chosen is not there', async () => {
    expect((await verify('--sums', inFolder('gone'))).exitCode).toBe(3)
  })
})

describe('isomer keys', () => {
  it('adds, lists and removes', async () => {
    sign()
    const key = keyFile()
    expect((await capturedRun('keys')).stderr).toContain('you trust no keys yet')
    expect((await capturedRun('keys', 'add', key)).stdout).toContain('Trusted from now on: maker <maker@example.org>')
    rmSync(key)
    expect((await verify()).stdout).toContain('You trusted this key earlier.')
    const [listed] = (await capturedRun('keys', 'list', '--json')).stdout.trim().split('\n')
    expect(JSON.parse(listed ?? '')).toMatchObject({ fingerprint: maker, algorithm: 'Ed25519', expires: null })
    expect((await capturedRun('keys', 'remove', (await capturedRun('keys')).stdout.slice(0, 49))).exitCode).toBe(0)
    expect((await verify()).stdout).toContain('Intact')
  })

  it('adds only keys of the fingerprint that is expected', async () => {
    const other = gpg.makeKey(`other${Date.now()}`, 'ed25519')
    const both = gpg.exportKeys(inFolder('both.gpg'), [maker, other])
    expect((await capturedRun('keys', 'add', both, '--fingerprint', other.toLowerCase().replace(/(.{4})/g, '$1 '))).exitCode).toBe(0)
    expect((await capturedRun('keys', 'list', '--json')).stdout.match(/"fingerprint":"(\w+)"/)?.[1]).toBe(other)
    const refused = await capturedRun('keys', 'add', keyFile(), '--fingerprint', 'F'.repeat(40))
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('no key of that fingerprint')])
  })

  it.each([[['ad', 'x']], [['add']], [['remove']], [['remove', '../x']]])('refuses %j', async (args) => {
    expect((await capturedRun('keys', ...args)).exitCode).toBe(2)
  })
})
