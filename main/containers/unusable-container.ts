import { Problem } from '../../shared/problem.ts'
import type { Candidate } from './container-format.ts'

/** The `image` Problem of a container whose description is damaged so far that no track can be told. */
export function unusableContainer({ path }: Candidate, title: string, technical: string): Problem {
  return new Problem({
    kind: 'image',
    code: 'container-damaged',
    message: `${path} is damaged: what it says of its tracks (${title}) can't be read.`,
    advice: 'Get it again, and compare its size with the one that its maker gives.',
    technical,
  })
}
