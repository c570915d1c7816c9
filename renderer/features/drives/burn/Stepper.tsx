import { Check, X } from 'lucide-react'
import css from './Stepper.module.css'

export interface StepState {
  readonly title: string
  readonly is: 'to-come' | 'now' | 'done' | 'failed'
}

const WORDS: Readonly<Record<StepState['is'], string>> = { 'to-come': 'to come', now: 'being done', done: 'done', failed: 'not finished' }

/** The steps of a piece of work, and which of them it is at. */
export function Stepper({ steps }: { steps: readonly StepState[] }) {
  return (
    <ol className={css.steps} aria-label="Steps">
      {steps.map(({ title, is }, index) => (
        <li
          key={title}
          className={css.step}
          data-is={is}
          aria-current={is === 'now' ? 'step' : undefined}
          aria-label={`${title}: ${WORDS[is]}`}
        >
          <span className={css.sign} aria-hidden>
            {is === 'done' ? <Check size={14} strokeWidth={3} /> : is === 'failed' ? <X size={14} strokeWidth={3} /> : index + 1}
          </span>
          <span aria-hidden>{title}</span>
        </li>
      ))}
    </ol>
  )
}
