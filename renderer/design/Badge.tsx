import type { ReactNode } from 'react'
import css from './Badge.module.css'

export type Tone = 'plain' | 'accent' | 'good' | 'caution' | 'bad'

export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={[css.badge, tone !== 'plain' && css[tone]].filter(Boolean).join(' ')}>{children}</span>
}
