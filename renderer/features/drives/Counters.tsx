import css from './Counters.module.css'

interface Props {
  /** What is being done right now. */
  readonly activity: string
  readonly counters: readonly { readonly title: string; readonly value: string }[]
  readonly speed: string | null
  readonly remaining: string | null
}

/** The figures of a job at work. */
export function Counters({ activity, counters, speed, remaining }: Props) {
  const all = [...counters, { title: 'Speed', value: speed ?? '–' }, { title: 'Left', value: remaining?.replace(/ left$/, '') ?? '–' }]
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
