import type { Candidate, Unwrapped } from '../container-format.ts'
import { unwrappedName } from '../unwrapped-name.ts'
import { openDax } from './dax-source.ts'

/** The image within a DAX. */
export const unwrapDax = ({ source, name }: Candidate): Unwrapped => ({ source: openDax(source), name: unwrappedName(name, ['.dax']) })
