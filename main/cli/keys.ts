/** `isomer keys`: the keys that somebody trusts to sign images. */
import type { TrustedKey } from '../../shared/verify.ts'
import { factsOfKey, keysOfFile } from '../verify/key-ring.ts'
import { KeyStore, keyStoreFolder } from '../verify/key-store.ts'
import { publishedKey } from '../verify/published-keys.ts'
import { groupedFingerprint } from '../verify/signature-words.ts'
import { usageProblem } from './arguments.ts'
import { type Command, type CommandLine, commonOptions } from './command.ts'
import { printable, printNotice, printResult } from './output.ts'
import { timestamp } from './timestamp.ts'

async function run(line: CommandLine): Promise<number> {
  const [action = 'list', ...names] = line.operands
  const store = new KeyStore(keyStoreFolder())
  if (action === 'list' && names.length === 0) await list(store, line)
  else if (action === 'add' && names.length > 0) await add(store, names, line)
  else if (action === 'remove' && names.length > 0) for (const fingerprint of names) store.remove(fingerprint.replaceAll(' ', ''))
  else throw usageProblem('bad-action', `keys does not understand ‘${line.operands.join(' ')}’.`, `Usage: isomer ${keys.usage}`)
  return 0
}

async function list(store: KeyStore, line: CommandLine): Promise<void> {
  const trusted = await store.list()
  if (line.options.flag('json')) {
    for (const key of trusted) printResult(`${JSON.stringify(asJson(key))}\n`)
    return
  }
  for (const key of trusted) printResult(`${printable(textOf(key))}\n`)
  if (trusted.length === 0 && !line.options.flag('quiet')) printNotice('isomer: you trust no keys yet.\n')
}

function asJson({ createdMs, expiresMs, trustedSinceMs, ...key }: TrustedKey): object {
  const moment = (epochMs: number | null) => (epochMs === null ? null : timestamp(epochMs))
  return { ...key, created: moment(createdMs), expires: moment(expiresMs), trustedSince: moment(trustedSinceMs) }
}

function textOf(key: TrustedKey): string {
  const remark = key.isRevoked ? ', withdrawn by its owner' : ''
  return `${groupedFingerprint(key.fingerprint)}  ${key.owner} (${key.algorithm}${remark})`
}

/** A file may hold many keys: then somebody says which by their fingerprints. */
async function add(store: KeyStore, names: readonly string[], line: CommandLine): Promise<void> {
  const wanted = line.options.values('fingerprint').map((text) => text.replaceAll(/[\s:]/g, '').toUpperCase())
  for (const path of names) {
    const found = await keysOfFile(path)
    const chosen = wanted.length === 0 ? found : found.filter((key) => wanted.includes(key.getFingerprint().toUpperCase()))
    if (chosen.length === 0)
      throw usageProblem('no-such-key', `${path} has no key of that fingerprint.`, 'Don’t trust another one in its place: find out why.')
    for (const key of chosen) {
      store.add(key)
      const facts = await factsOfKey(key)
      const publisher = publishedKey(facts.fingerprint)
      const published = publisher === null ? '' : ` ${publisher.maker} publishes this fingerprint at ${publisher.source}.`
      printResult(`${printable(`Trusted from now on: ${facts.owner}, ${groupedFingerprint(facts.fingerprint)}.${published}`)}\n`)
    }
  }
}

export const keys: Command = {
  summary: 'list, add and remove the keys that you trust to sign images',
  usage: 'keys [list | add FILE… [--fingerprint HEX]… | remove FINGERPRINT…]',
  details:
    'Keys live in a store of Isomer’s own, the same for window and command line; your other key rings are never looked into. Before you add a key, compare its fingerprint with the one that its makers publish; --fingerprint does it for you, and picks keys from a file of many.',
  options: {
    fingerprint: { type: 'string', multiple: true, value: 'HEX', help: 'add only keys of this fingerprint' },
    ...commonOptions,
  },
  run,
}
