/**
 * Keys that somebody chose to trust: one file each in a folder of Isomer's own. The system's key rings are never looked
 * into.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Key } from 'openpgp'
import { MAX_TRUSTED_KEYS } from '../../shared/limits.ts'
import { Problem } from '../../shared/problem.ts'
import type { TrustedKey } from '../../shared/verify.ts'
import { ioProblem } from '../bytes/io-problem.ts'
import { factsOfKey, keysOfFile } from './key-ring.ts'

const KEY_FILE = /^[0-9A-F]{40,64}\.asc$/

/** Where the store is: the same for window and command line. `ISOMER_KEYS` names another place. */
export function keyStoreFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const named = env['ISOMER_KEYS']
  if (named) return named
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Isomer', 'keys')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Isomer', 'keys')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'isomer', 'keys')
}

export class KeyStore {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** All keys. A file that is damaged is left out: it must not make others useless. */
  async keys(): Promise<Key[]> {
    const keys: Key[] = []
    for (const name of this.#fileNames()) {
      try {
        keys.push(...(await keysOfFile(join(this.folder, name))))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
    }
    return keys
  }

  /** Facts of all keys, latest trusted first. */
  async list(): Promise<TrustedKey[]> {
    const listed: TrustedKey[] = []
    for (const key of await this.keys()) {
      const path = this.#pathOf(key.getFingerprint())
      listed.push({ ...(await factsOfKey(key)), trustedSinceMs: statSync(path).mtimeMs })
    }
    return listed.sort((a, b) => b.trustedSinceMs - a.trustedSinceMs)
  }

  /** Trusts a key from now on. Throws an `io` Problem when it can't be kept. */
  add(key: Key): void {
    if (this.#fileNames().length >= MAX_TRUSTED_KEYS) throw fullStore()
    const path = this.#pathOf(key.getFingerprint())
    const unfinished = `${path}.${process.pid}.part`
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(unfinished, key.toPublic().armor(), { mode: 0o600 })
      renameSync(unfinished, path)
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw ioProblem(error, `Could not keep the key in ${this.folder}.`)
    }
  }

  /** Trusts a key no longer; nothing happens when it was not trusted. */
  remove(fingerprint: string): void {
    try {
      rmSync(this.#pathOf(fingerprint), { force: true })
    } catch (error) {
      throw ioProblem(error, `Could not remove the key from ${this.folder}.`)
    }
  }

  #pathOf(fingerprint: string): string {
    const name = `${fingerprint.toUpperCase()}.asc`
    if (!KEY_FILE.test(name)) throw notAFingerprint(fingerprint)
    return join(this.folder, name)
  }

  #fileNames(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => KEY_FILE.test(name))
        .slice(0, MAX_TRUSTED_KEYS)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw ioProblem(error, `Could not read the trusted keys in ${this.folder}.`)
    }
  }
}

/** Trusts the key of this fingerprint that is in one of the files. Throws a `usage` Problem when it is in none. */
export async function trustKeyIn(paths: readonly string[], fingerprint: string, store: KeyStore): Promise<void> {
  for (const path of paths) {
    const key = (await keysOfFile(path)).find((candidate) => candidate.getFingerprint().toUpperCase() === fingerprint)
    if (key !== undefined) return store.add(key)
  }
  throw new Problem({
    kind: 'usage',
    code: 'no-such-key',
    message: 'The key that you want to trust is not there any more.',
    advice: 'Get it again and start over.',
  })
}

function notAFingerprint(text: string): Problem {
  return new Problem({
    kind: 'usage',
    code: 'bad-fingerprint',
    message: `‘${text}’ is no fingerprint of a key.`,
    advice: 'A fingerprint has 40 digits from 0 to 9 and A to F.',
  })
}

function fullStore(): Problem {
  return new Problem({
    kind: 'usage',
    code: 'too-many-keys',
    message: `There are ${MAX_TRUSTED_KEYS} trusted keys already.`,
    advice: 'Remove those that are not needed any more.',
  })
}
