import { ShieldCheck } from 'lucide-react'
import { Button } from '../../design/Button.tsx'
import { useSession, useSessionState } from '../../stores/browse-current.ts'
import { say } from '../../words/say.ts'
import { verifySources } from '../verify/verifying-actions.ts'
import { ConvertButton } from './ConvertButton.tsx'
import { ConvertSheet } from './ConvertSheet.tsx'
import { LookingThrough, Tracks } from './FactsTab.tsx'
import { FindingList } from './FindingsTab.tsx'
import headerCss from './ImageHeader.module.css'
import { ImageHeader } from './ImageHeader.tsx'
import screenCss from './ImageScreen.module.css'
import { Ended } from './ImageScreen.tsx'
import css from './SoundScreen.module.css'

/** An image of sound alone: it has no files to go through, only tracks to make files of. */
export function SoundScreen() {
  const description = useSessionState((state) => state.description)
  const isEnded = useSessionState((state) => state.isEnded)
  return (
    <div className={screenCss.screen}>
      <ImageHeader actions={<Actions />} />
      {isEnded ? (
        <Ended />
      ) : (
        <div className={screenCss.page}>
          {description === null ? (
            <LookingThrough />
          ) : (
            <div className={css.sound}>
              <p>{say('browse.sound.lead')}</p>
              {description.disc && <Tracks disc={description.disc} />}
              {description.findings.length > 0 && <FindingList findings={description.findings} />}
            </div>
          )}
        </div>
      )}
      <ConvertSheet />
    </div>
  )
}

function Actions() {
  const { token, name } = useSession().image
  return (
    <div className={headerCss.actions} role="toolbar" aria-label={say('browse.actions')}>
      <ConvertButton look="primary" />
      <Button aria-label={say('browse.verify.image', { name })} onPress={() => void verifySources([token])}>
        <ShieldCheck size={16} aria-hidden />
        <span>{say('browse.verify')}</span>
      </Button>
    </div>
  )
}
