import { ArrowRightLeft, Files, HardDrive, Power, PowerOff, Save } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { DraftForecast } from '../../../../shared/edit-draft.ts'
import type { ProblemReport } from '../../../../shared/problem.ts'
import { Button } from '../../../design/Button.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { isChanged, outcomeKey } from '../../../stores/edit-session.ts'
import { say } from '../../../words/say.ts'
import { chordText } from '../../frame/shortcuts.ts'
import { EditChangesSheet } from './EditChangesSheet.tsx'
import css from './EditOutcome.module.css'
import { bootOutcome, contentWords, sizeWords } from './edit-words.ts'
import { canSave, saveEdit } from './saving.ts'

/** What saving the changes would come to, and the button that does it. */
export function EditOutcome() {
  const { edit } = useSession()
  const outcome = useEditState((state) => state.outcome)
  const isAny = useEditState(isChanged)
  const isCurrent = useEditState((state) => state.outcome?.key === outcomeKey(state) && state.pendingCount === 0)
  const isReady = useEditState(canSave)
  const way = useEditState((state) => state.way)
  const [isAsking, setAsking] = useState(false)
  const save = async () => {
    setAsking(true)
    await saveEdit(edit)
    setAsking(false)
  }
  return (
    <>
      {isAny && !isCurrent && (
        <div className={css.working}>
          <ProgressLine thin label={say('edit.outcome.working')} fraction={null} />
        </div>
      )}
      {isAny && outcome?.is === 'failed' && isCurrent && <ProblemCard problem={outcome.problem} tone="caution" />}
      {isAny && outcome?.is === 'there' && <Forecast forecast={outcome.forecast} isStale={!isCurrent} />}
      {outcome?.is === 'there' && way === 'session-in-place' && !outcome.forecast.mayReplaceImage && (
        <ProblemCard problem={notInContainer()} tone="caution" />
      )}
      <Button look="primary" large className={css.save} isDisabled={!isReady || isAsking} onPress={() => void save()}>
        <Save size={18} aria-hidden />
        {say(`edit.save.${way}.button`)}
        <kbd className={css.chord} aria-hidden>
          {chordText({ key: 's' })}
        </kbd>
      </Button>
    </>
  )
}

const notInContainer = (): ProblemReport => ({
  kind: 'usage',
  code: 'image-in-container',
  message: say('edit.in-container'),
  advice: say('edit.in-container.advice'),
})

function Forecast({ forecast, isStale }: { forecast: DraftForecast; isStale: boolean }) {
  const { image } = useSession()
  const [isOpen, setOpen] = useState(false)
  const boot = bootOutcome(forecast.bootBefore, forecast.bootAfter)
  return (
    <>
      <ul className={css.facts} aria-label={say('edit.outcome')} aria-busy={isStale} data-stale={isStale || undefined}>
        <Fact sign={<HardDrive size={15} aria-hidden />}>{sizeWords(forecast, image.sizeBytes)}</Fact>
        <Fact sign={<Files size={15} aria-hidden />}>{contentWords(forecast)}</Fact>
        <Fact sign={boot.tone === 'plain' ? <PowerOff size={15} aria-hidden /> : <Power size={15} aria-hidden />} tone={boot.tone}>
          {boot.text}
        </Fact>
        <Fact sign={<ArrowRightLeft size={15} aria-hidden />} tone={forecast.changeCount > 0 ? 'caution' : 'plain'}>
          {forecast.changeCount === 0 ? (
            say('edit.outcome.nothing-changes')
          ) : (
            <Button look="quiet" className={css.link} onPress={() => setOpen(true)}>
              {say('edit.outcome.changes', { count: forecast.changeCount })}
            </Button>
          )}
        </Fact>
      </ul>
      <EditChangesSheet forecast={forecast} isOpen={isOpen && forecast.changeCount > 0} onClose={() => setOpen(false)} />
    </>
  )
}

function Fact({ sign, tone = 'plain', children }: { sign: ReactNode; tone?: string; children: ReactNode }) {
  return (
    <li className={css.fact} data-tone={tone}>
      {sign}
      <span>{children}</span>
    </li>
  )
}
