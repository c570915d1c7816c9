/** What a folder holds, as text that is the same for the same tree, here or in a guest. */
import { execFileSync } from 'node:child_process'
import type { Guest } from './guest.ts'

export interface ListedFacts {
  /** Modes, owners, whole seconds of changes and numbers of devices, besides kinds, names, link targets and contents. */
  readonly attributes: boolean
}

function listingScript(folder: string, { attributes }: ListedFacts): string {
  const facts = attributes ? '%y %m %U:%G %T@ %P -> %l' : '%y %P -> %l'
  return [
    'set -e -o pipefail',
    'export LC_ALL=C',
    `cd '${folder}'`,
    `find . -mindepth 1 -printf '${facts}\\n' | sed -E 's/^(. [0-7]+ [0-9:]+ [0-9]+)\\.[0-9]+/\\1/' | sort`,
    ...(attributes ? ["find . '(' -type b -o -type c ')' -exec stat -c '%n %t:%T' {} + | sort"] : []),
    'find . -type f -exec sha256sum {} + | sort -k 2',
  ].join('\n')
}

/** Of a folder on this machine. */
export function hostListing(folder: string, facts: ListedFacts): string {
  return execFileSync('bash', ['-c', listingScript(folder, facts)], { encoding: 'utf8', maxBuffer: 2 ** 28 })
}

/** Of a folder in the guest; throws what bash said if it can't be read. */
export async function guestListing(guest: Guest, folder: string, facts: ListedFacts): Promise<string> {
  const { exitCode, stdout, stderr } = await guest.run(listingScript(folder, facts))
  if (exitCode !== 0) throw new Error(`${folder} in the guest: exit ${exitCode}\n${stderr}`)
  return stdout
}
