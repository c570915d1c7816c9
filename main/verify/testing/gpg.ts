/** Keys and signatures made by GnuPG in a home of their own, and gpgv as the judge of what we say about them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MADE_BY_TESTS = { ...process.env, LC_ALL: 'C' }

export interface SignOptions {
  readonly armored?: boolean
  readonly args?: readonly string[]
}

export class Gpg {
  readonly home: string

  constructor() {
    // A socket's path must be short.
    this.home = mkdtempSync(join(tmpdir(), 'isogpg-'))
    writeFileSync(join(this.home, 'gpg.conf'), 'allow-weak-digest-algos\n')
  }

  run(args: readonly string[], input?: string): string {
    return execFileSync(
      'gpg',
      ['--homedir', this.home, '--batch', '--yes', '--no-tty', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', '', ...args],
      {
        encoding: 'utf8',
        env: MADE_BY_TESTS,
        input: input ?? '',
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
  }

  /** Makes a key and gives its fingerprint. `day` is when it is made, as `20200101T000000`. */
  makeKey(name: string, algorithm: string, usage = 'sign', expires = 'never', day: string | null = null): string {
    this.run([...at(day), '--quick-generate-key', `${name} <${name}@example.org>`, algorithm, usage, expires])
    return this.fingerprint(name)
  }

  fingerprint(name: string): string {
    const listing = this.run(['--with-colons', '--fingerprint', '--list-keys', `${name}@example.org`])
    return /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? ''
  }

  addSigningSubkey(fingerprint: string, algorithm: string): string {
    this.run(['--quick-add-key', fingerprint, algorithm, 'sign', 'never'])
    const all = [
      ...this.run(['--with-colons', '--with-subkey-fingerprint', '--list-keys', fingerprint]).matchAll(/^fpr:+([0-9A-F]{40}):/gm),
    ]
    return all.at(-1)?.[1] ?? ''
  }

  /** Withdraws a key with the certificate that was made with it. */
  revoke(fingerprint: string): void {
    const certificate = readFileSync(join(this.home, 'openpgp-revocs.d', `${fingerprint}.rev`), 'utf8').replace(':-----BEGIN', '-----BEGIN')
    this.run(['--import'], certificate)
  }

  revokeSubkey(fingerprint: string): void {
    this.run(['--command-fd', '0', '--edit-key', fingerprint], 'key 1\nrevkey\ny\n1\n\ny\nsave\n')
  }

  exportKeys(path: string, names: readonly string[], armored = false): string {
    this.run([...(armored ? ['--armor'] : []), '--output', path, '--export', ...names])
    return path
  }

  /** A detached signature beside the file, by one or more keys. */
  sign(path: string, signers: readonly string[], signaturePath: string, options: SignOptions = {}): string {
    const users = signers.flatMap((signer) => ['--local-user', signer])
    this.run([...(options.args ?? []), ...users, ...(options.armored ? ['--armor'] : []), '--output', signaturePath, '--detach-sign', path])
    return signaturePath
  }

  clearSign(path: string, signer: string, outPath: string, args: readonly string[] = []): string {
    this.run([...args, '--local-user', signer, '--output', outPath, '--clear-sign', path])
    return outPath
  }

  close(): void {
    spawnSync('gpgconf', ['--homedir', this.home, '--kill', 'all'])
    rmSync(this.home, { recursive: true, force: true })
  }
}

/** Runs as if it were another day. */
export const at = (day: string | null): string[] => (day === null ? [] : ['--faked-system-time', `${day}!`])

export type GpgvSays = 'GOODSIG' | 'BADSIG' | 'EXPSIG' | 'EXPKEYSIG' | 'REVKEYSIG' | 'NO_PUBKEY' | 'ERRSIG' | 'nothing'

/** What gpgv says of each signature, with a binary key ring; SHA-1 counts as weak, as it does here. */
export function gpgvSays(
  keyring: string,
  signaturePath: string,
  signedPath: string | null,
): { says: GpgvSays[]; isWeak: boolean; accepted: boolean } {
  const args = ['--homedir', '/nonexistent', '--keyring', keyring, '--weak-digest', 'SHA1', '--status-fd', '1', signaturePath]
  const result = spawnSync('gpgv', signedPath === null ? args : [...args, signedPath], { encoding: 'utf8', env: MADE_BY_TESTS })
  if (result.error) throw result.error
  const says = [...result.stdout.matchAll(/^\[GNUPG:\] (GOODSIG|BADSIG|EXPSIG|EXPKEYSIG|REVKEYSIG|ERRSIG|NO_PUBKEY) /gm)].map(
    (match) => match[1] as GpgvSays,
  )
  // A missing key is told twice.
  const told = says.filter((word) => word !== 'ERRSIG' || !says.includes('NO_PUBKEY'))
  return { says: told.length === 0 ? ['nothing'] : told, isWeak: /are rejected|weak/.test(result.stderr), accepted: result.status === 0 }
}
