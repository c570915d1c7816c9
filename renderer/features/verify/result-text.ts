/** A result as text, to be pasted into a mail or a forum. */
import { digestKinds, digestTitles } from '../../../shared/digest.ts'
import { formatExactBytes } from '../../../shared/format.ts'
import type { VerifyResult } from '../../../shared/verify.ts'
import { verdictWords } from '../jobs/job-words.ts'
import { stateWords } from './verdict-words.ts'

export function resultText(result: VerifyResult): string {
  const { path, sizeBytes, verdict, reason, chain, evidence, refusals, digests } = result
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const lines = [
    `${verdictWords(verdict)}: ${name} (${formatExactBytes(sizeBytes)})`,
    reason,
    '',
    ...chain.map(({ title, state, detail }) => `- ${title} (${stateWords[state]}): ${detail}`),
    ...evidence.slice(1).map(({ summary }) => `- ${summary}`),
    ...refusals.map((refusal) => `- Not confirmed: ${refusal}`),
    '',
    ...digestKinds.flatMap((kind) => (digests[kind] === undefined ? [] : [`${digestTitles[kind]}: ${digests[kind]}`])),
  ]
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`
}
