import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../design/Button.tsx'
import { showDrivesPage } from '../../stores/drives.ts'
import { say } from '../../words/say.ts'
import css from './PageHead.module.css'

/** The head of a page that is about one thing to do; it leads back to all drives. */
export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className={css.head}>
      <IconButton label={say('drives.back')} onPress={() => showDrivesPage({ is: 'all' })}>
        <ArrowLeft size={18} aria-hidden className="pointing" />
      </IconButton>
      <h1 className={css.title}>{title}</h1>
      {children}
    </header>
  )
}
