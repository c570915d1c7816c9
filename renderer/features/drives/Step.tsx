import type { ReactNode } from 'react'
import css from './Step.module.css'

/** One thing to settle on a page, with its number and its name. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className={css.step} aria-label={title}>
      <span className={css.number} aria-hidden>
        {number}
      </span>
      <div className={css.content}>
        <h2 className={css.title}>{title}</h2>
        {children}
      </div>
    </section>
  )
}

/** What was chosen: its name large, where it is small, and a button beside it. */
export function Chosen({ name, where, children }: { name: ReactNode; where?: ReactNode; children?: ReactNode }) {
  return (
    <div className={css.chosen}>
      <div className={css.words}>
        <p className={css.name}>{name}</p>
        {where !== undefined && <p className={css.where}>{where}</p>}
      </div>
      <div className={css.actions}>{children}</div>
    </div>
  )
}
