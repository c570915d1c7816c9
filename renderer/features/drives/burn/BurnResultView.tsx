import { CircleCheck, CircleMinus, OctagonAlert } from 'lucide-react'
import type { BurnResult } from '../../../../shared/drives.ts'
import { say, sayNodes } from '../../../words/say.ts'
import css from './BurnResultView.module.css'
import { type Verdict, verdictsOf } from './burn-words.ts'

const signs: Readonly<Record<Verdict['tone'], typeof CircleCheck>> = { good: CircleCheck, bad: OctagonAlert, plain: CircleMinus }

/** What became of each disc: written, compared and opened are told apart. */
export function BurnResultView({ result }: { result: BurnResult }) {
  return (
    <div className={css.copies}>
      {result.copies.map((copy, index) => {
        const name = result.copies.length > 1 ? say('drives.disc.number', { number: index + 1 }) : say('drives.the-disc')
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: discs are only told by their number
          <section key={index} aria-label={name}>
            {result.copies.length > 1 && <h3>{name}</h3>}
            <ul className={css.verdicts}>
              {verdictsOf(copy, result).map((verdict) => (
                <VerdictLine key={verdict.title} verdict={verdict} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function VerdictLine({ verdict: { title, words, tone } }: { verdict: Verdict }) {
  const Sign = signs[tone]
  return (
    <li data-tone={tone}>
      <Sign size={20} aria-hidden />
      <span>{sayNodes('drives.verdict', { b: (chunks) => <strong>{chunks}</strong>, title, words })}</span>
    </li>
  )
}
