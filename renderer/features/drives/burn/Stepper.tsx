import { Check, X } from 'lucide-react'
import { say } from '../../../words/say.ts'
import css from './Stepper.module.css'

export interface StepState {
  readonly title: string
  readonly is: 'to-come' | 'now' | 'done' | 'failed'
}

/** The steps of a piece of work, and which of them it is at. */
export function Stepper({ steps }: { steps: readonly StepState[] }) {
  return (
    <ol className={css.steps} aria-label={say('drives.steps')}>
      {steps.map(({ title, is }, index) => (
        <li
          key={title}
          className={css.step}
          data-is={is}
          aria-current={is === 'now' ? 'step' : undefined}
          aria-label={say('drives.steps.step', { step: title, state: say(`drives.steps.${is}`) })}
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
