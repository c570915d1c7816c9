import type { Candidate, Unwrapped } from '../container-format.ts'
import { packedRefusal } from '../packed-problem.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { openDmg } from './dmg-source.ts'

/** The disk within a .dmg. */
export const unwrapDmg = ({ source, name }: Candidate): Unwrapped => ({ source: openDmg(source), name: unwrappedName(name, ['.dmg']) })

/** Throws an `image` Problem, always. */
export function refuseEncryptedDmg({ path }: Candidate): never {
  throw packedRefusal(
    'packed-encrypted',
    `${path} is a Mac disk image that is locked with a password.`,
    'Convert it to one without with “hdiutil convert” on a Mac.',
  )
}
