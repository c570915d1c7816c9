/** A result as text, to be pasted into a mail or a forum. */
import { digestKinds, digestTitles } from '../../../shared/digest.ts'
import type { VerifyResult } from '../../../shared/verify.ts'
import { formatExactBytes } from '../../words/amounts.ts'
import { fromEngine } from '../../words/from-engine.ts'
import { say } from '../../words/say.ts'
import { verdictWords } from '../jobs/job-words.ts'

export function resultText(result: VerifyResult): string {
  const { path, sizeBytes, verdict, reason, chain, evidence, refusals, digests } = result
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const lines = [
    say('verify.text.verdict', { verdict: verdictWords(verdict), name, bytes: formatExactBytes(sizeBytes) }),
    fromEngine(reason),
    '',
    ...chain.map(({ title, state, detail }) =>
      say('verify.text.link', { title: fromEngine(title), state: say(`verify.state.${state}`), detail: fromEngine(detail) }),
    ),
    ...evidence.slice(1).map(({ summary }) => `- ${fromEngine(summary)}`),
    ...refusals.map((refusal) => say('verify.text.refusal', { refusal: fromEngine(refusal) })),
    '',
    ...digestKinds.flatMap((kind) => (digests[kind] === undefined ? [] : [`${digestTitles[kind]}: ${digests[kind]}`])),
  ]
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`
}
