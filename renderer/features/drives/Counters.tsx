import { formatDuration } from '../../words/amounts.ts'
import { say } from '../../words/say.ts'
import { speedWords } from '../jobs/job-words.ts'
import css from './Counters.module.css'

interface Props {
  /** What is being done right now. */
  readonly activity: string
  readonly counters: readonly { readonly title: string; readonly value: string }[]
  readonly bytesPerSecond: number | null
  readonly remainingMs: number | null
}

/** The figures of a job at work. */
export function Counters({ activity, counters, bytesPerSecond, remainingMs }: Props) {
  const all = [
    ...counters,
    { title: say('drives.counter.speed'), value: speedWords(bytesPerSecond) ?? '–' },
    { title: say('drives.counter.left'), value: leftWords(remainingMs) ?? '–' },
  ]
  return (
    <div className={css.counters}>
      <p className={css.activity}>{activity}</p>
      <dl className={css.list}>
        {all.map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function leftWords(remainingMs: number | null): string | null {
  if (remainingMs === null) return null
  return remainingMs < 1000
    ? say('drives.counter.left.almost')
    : say('drives.counter.left.about', { duration: formatDuration(remainingMs) })
}
