import { OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProblemReport } from '../../shared/problem.ts'
import { fromEngine } from '../words/from-engine.ts'
import { say } from '../words/say.ts'
import { CopyButton } from './CopyButton.tsx'
import { Folded } from './Folded.tsx'
import css from './ProblemCard.module.css'
import { visibleName } from './visible-name.ts'
import { withoutOptions } from './without-options.ts'

interface Props {
  readonly problem: ProblemReport
  /** `caution` for what stands in the way but is no failure. */
  readonly tone?: 'bad' | 'caution'
  readonly children?: ReactNode
}

/** A problem in its own sentences: what happened, what was kept, what to do; the technical line one click below. */
export function ProblemCard({ problem, tone = 'bad', children }: Props) {
  const Sign = tone === 'bad' ? OctagonAlert : TriangleAlert
  return (
    <div className={tone === 'bad' ? css.card : `${css.card} ${css.caution}`}>
      <Sign size={20} aria-hidden className={css.sign} />
      <div className={css.words}>
        <p className={css.message}>{fromEngine(visibleName(problem.message))}</p>
        {problem.kept && <p>{fromEngine(visibleName(problem.kept))}</p>}
        {problem.advice && <p>{withoutOptions(fromEngine(visibleName(problem.advice)))}</p>}
        {problem.technical && <TechnicalLine text={problem.technical} />}
        {children && <div className={css.actions}>{children}</div>}
      </div>
    </div>
  )
}

function TechnicalLine({ text }: { text: string }) {
  return (
    <Folded bare title={say('common.technical-details')}>
      <div className={css.technical}>
        <code dir="ltr">{text}</code>
        <CopyButton text={text} label={say('common.copy-technical-details')} />
      </div>
    </Folded>
  )
}
