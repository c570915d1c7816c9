import { X } from 'lucide-react'
import { IconButton } from '../../design/Button.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { useNotices } from '../../stores/notices.ts'
import { say } from '../../words/say.ts'
import { NewVersionNotice } from './NewVersionNotice.tsx'
import css from './Notices.module.css'

export function Notices() {
  return (
    <div className={css.notices}>
      <div role="status">
        <NewVersionNotice />
      </div>
      <Problems />
    </div>
  )
}

function Problems() {
  const notices = useNotices((state) => state.notices)
  const close = useNotices((state) => state.close)
  return (
    <div className={css.problems} role="alert">
      {notices.map(({ id, problem }) => (
        <div key={id} className={css.notice}>
          <ProblemCard problem={problem} />
          <div className={css.close}>
            <IconButton label={say('frame.close-message')} onPress={() => close(id)}>
              <X size={16} aria-hidden />
            </IconButton>
          </div>
        </div>
      ))}
    </div>
  )
}
