/** What keeps sticks from being written, the same on every system. */
import type { FlashTarget } from '../../../shared/drives.ts'
import { Problem } from '../../../shared/problem.ts'
import { targetWords } from './flash-checks.ts'

export function targetInUse(target: FlashTarget, what: string, technical: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'target-in-use',
    message: `${targetWords(target)} is in use: ${what} could not be taken out of use.`,
    kept: 'Nothing was written.',
    advice: 'Close what uses it, then try again.',
    technical: technical.trim(),
  })
}

/** `advice` says how to become one. */
export function needsAdministrator(target: FlashTarget, advice: string, more: { readonly technical?: string } = {}): Problem {
  return new Problem({
    kind: 'io',
    code: 'needs-root',
    message: `Only an administrator may write ${targetWords(target)}.`,
    kept: 'Nothing was written.',
    advice,
    ...more,
  })
}

export function disksUnknown(technical: string): Problem {
  return new Problem({
    kind: 'io',
    code: 'disks-unknown',
    message: 'The disks of this computer could not be listed.',
    technical: technical.trim(),
  })
}
