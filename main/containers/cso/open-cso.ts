import type { Candidate, Unwrapped } from '../container-format.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { openCso } from './cso-source.ts'

/** The image within a CSO or ZSO. */
export const unwrapCso = ({ source, name }: Candidate): Unwrapped => ({
  source: openCso(source),
  name: unwrappedName(name, ['.cso', '.zso', '.ciso']),
})
