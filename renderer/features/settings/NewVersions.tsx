import { CircleCheck, ExternalLink, RefreshCw } from 'lucide-react'
import { Button } from '../../design/Button.tsx'
import { CheckLine } from '../../design/Choices.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { useFacts } from '../../stores/facts.ts'
import { type Look, useNewVersion } from '../../stores/new-version.ts'
import { useSettings } from '../../stores/settings.ts'
import { say } from '../../words/say.ts'
import css from './NewVersions.module.css'

export function NewVersions() {
  const facts = useFacts((state) => state.facts)
  const isWanted = useSettings((state) => state.values?.lookForUpdates)
  const change = useSettings((state) => state.change)
  if (!facts || isWanted === undefined) return null
  const { updateHost: host, version } = facts
  return (
    <>
      <CheckLine
        title={say('settings.updates.daily')}
        detail={host === null ? say('settings.updates.nowhere') : say('settings.updates.daily.detail', { host })}
        isSelected={isWanted && host !== null}
        isDisabled={host === null}
        onChange={(lookForUpdates) => void change({ lookForUpdates })}
      />
      <LookNow canLook={host !== null} own={version} />
    </>
  )
}

function LookNow({ canLook, own }: { canLook: boolean; own: string }) {
  const look = useNewVersion((state) => state.look)
  const lookNow = useNewVersion((state) => state.lookNow)
  return (
    <>
      <div className={css.now}>
        <Button isDisabled={!canLook || look?.state === 'looking'} onPress={() => void lookNow()}>
          <RefreshCw size={16} aria-hidden /> {say('settings.updates.look-now')}
        </Button>
        <div role="status" className={css.result}>
          {look && <Result look={look} own={own} />}
        </div>
      </div>
      <div role="alert" className={css.failure}>
        {look?.state === 'unknown' && <ProblemCard tone="caution" problem={look.problem} />}
      </div>
    </>
  )
}

function Result({ look, own }: { look: Look; own: string }) {
  const openPage = useNewVersion((state) => state.openPage)
  switch (look.state) {
    case 'looking':
      return <p>{say('settings.updates.looking')}</p>
    case 'newest':
      return (
        <>
          <CircleCheck size={18} aria-hidden className={css.sign} />
          <p>{say('settings.updates.newest', { version: own })}</p>
        </>
      )
    case 'newer':
      return (
        <>
          <p>{say('settings.updates.newer', { version: look.version, own })}</p>
          <Button onPress={() => void openPage()}>
            <ExternalLink size={16} aria-hidden /> {say('common.new-version.page')}
          </Button>
        </>
      )
    case 'unknown':
      return null
  }
}
