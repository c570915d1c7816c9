import { Check as CheckSign, TriangleAlert } from 'lucide-react'
import { say } from '../../../words/say.ts'
import type { Check } from './burn-words.ts'
import css from './CheckList.module.css'

/** What was looked at before anything is touched. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={css.list} aria-label={say('drives.burn.checks')}>
      {checks.map(({ words, tone }) => (
        <li key={words} data-tone={tone}>
          {tone === 'good' ? <CheckSign size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
          <span>{words}</span>
        </li>
      ))}
    </ul>
  )
}
