import { ExternalLink, X } from 'lucide-react'
import { Button, IconButton } from '../../design/Button.tsx'
import { useFacts } from '../../stores/facts.ts'
import { useNewVersion } from '../../stores/new-version.ts'
import { say } from '../../words/say.ts'
import css from './Notices.module.css'

/** A version that Isomer found by itself; once closed, it is not pointed out again. */
export function NewVersionNotice() {
  const version = useNewVersion((state) => state.found)
  const openPage = useNewVersion((state) => state.openPage)
  const passOver = useNewVersion((state) => state.passOver)
  const own = useFacts((state) => state.facts?.version)
  if (version === null || own === undefined) return null
  return (
    <div className={css.notice}>
      <div className={css.news}>
        <p className={css.title}>{say('frame.new-version', { version })}</p>
        <p className={css.muted}>{say('frame.new-version.detail', { own })}</p>
        <div>
          <Button onPress={() => void openPage()}>
            <ExternalLink size={16} aria-hidden /> {say('common.new-version.page')}
          </Button>
        </div>
      </div>
      <div className={css.close}>
        <IconButton label={say('frame.close-message')} onPress={() => void passOver()}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}
