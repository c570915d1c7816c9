import { Copy, FolderOpen, Map as MapSign } from 'lucide-react'
import { useState } from 'react'
import type { DriveRow, RipTarget } from '../../../../shared/drive-rows.ts'
import { MAX_RIP_RETRIES } from '../../../../shared/limits.ts'
import { Button } from '../../../design/Button.tsx'
import { CheckLine, type Choice, RadioCards } from '../../../design/Choices.tsx'
import { Field } from '../../../design/Field.tsx'
import { Folded } from '../../../design/Folded.tsx'
import { Name } from '../../../design/Name.tsx'
import { Path } from '../../../design/Path.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { showDrivesPage } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import { formatSize } from '../../../words/amounts.ts'
import { say, sayNodes } from '../../../words/say.ts'
import placeCss from '../DrivesPlace.module.css'
import { discInDrive, stateTitle, usedBytes } from '../disc-words.ts'
import { PageHead } from '../PageHead.tsx'
import { Chosen, Step } from '../Step.tsx'
import css from './RipPage.module.css'

const beginnings = ['resume', 'anew'] as const
type Beginning = (typeof beginnings)[number]

const beginningChoices = (): Choice<Beginning>[] =>
  beginnings.map((key) => ({ key, title: say(`drives.rip.${key}`), detail: say(`drives.rip.${key}.detail`) }))

interface Wishes {
  readonly retries: string
  readonly verify: boolean
  readonly whole: boolean
  readonly fillUnread: boolean
}

/** The number of passes, or null for what is none. */
export const retriesOf = (text: string): number | null =>
  /^\d{1,3}$/.test(text.trim()) && Number(text) <= MAX_RIP_RETRIES ? Number(text) : null

/** What is to be copied, where to, and how. */
export function RipPage({ drive }: { drive: DriveRow }) {
  const [target, setTarget] = useState<RipTarget | null>(null)
  const [beginning, setBeginning] = useState<Beginning>('resume')
  const [wishes, setWishes] = useState<Wishes>({ retries: '1', verify: false, whole: false, fillUnread: false })
  const retries = retriesOf(wishes.retries)
  const canStart = target !== null && target.problem === null && retries !== null && drive.jobId === null && drive.medium !== null
  const start = async () => {
    if (target === null || retries === null) return
    const resume = target.isUnfinished && beginning === 'resume'
    const started = await answerOf(window.isomer.rip.start({ driveId: drive.driveId, target: target.token, ...wishes, retries, resume }))
    if (started) showDrivesPage({ is: 'job', jobId: started.jobId })
    else setTarget(null)
  }
  return (
    <div className={placeCss.place}>
      <PageHead title={say('drives.rip.title')} />
      <Step number={1} title={say('drives.the-disc')}>
        <TheDisc drive={drive} />
      </Step>
      <Step number={2} title={say('drives.the-image')}>
        <Where driveId={drive.driveId} target={target} onTarget={setTarget} />
        {target?.isUnfinished && (
          <RadioCards inRow label={say('drives.rip.unfinished')} choices={beginningChoices()} value={beginning} onChange={setBeginning} />
        )}
      </Step>
      <Step number={3} title={say('drives.how')}>
        <How wishes={wishes} onChange={(changes) => setWishes({ ...wishes, ...changes })} />
      </Step>
      <Button look="primary" large className={css.start} isDisabled={!canStart} onPress={() => void start()}>
        <Copy size={18} aria-hidden />
        <span className={css.startWords}>
          {target === null ? say('drives.rip.start.none') : sayNodes('drives.rip.start', { image: <Name>{target.name}</Name> })}
          {drive.medium !== null && ` · ${formatSize(usedBytes(drive.medium))}`}
        </span>
      </Button>
    </div>
  )
}

function TheDisc({ drive }: { drive: DriveRow }) {
  const { medium, name, place } = drive
  if (medium === null) return <Chosen name={<Name>{name}</Name>} where={say('drives.rip.no-disc')} />
  return (
    <Chosen
      name={medium.label === null ? discInDrive(drive) : <Name>{medium.label}</Name>}
      where={
        <>
          {formatSize(usedBytes(medium))} · {stateTitle(medium)} · <Path>{place}</Path>
        </>
      }
    />
  )
}

interface WhereProps {
  readonly driveId: string
  readonly target: RipTarget | null
  readonly onTarget: (target: RipTarget) => void
}

function Where({ driveId, target, onTarget }: WhereProps) {
  const take = (picked: RipTarget | null | undefined) => picked && onTarget(picked)
  const choose = async () => take(await answerOf(window.isomer.rip.pickTarget({ driveId })))
  const chooseMap = async () => target && take(await answerOf(window.isomer.rip.pickMap({ target: target.token })))
  return (
    <>
      <Chosen
        name={target === null ? say('drives.not-chosen') : <Name>{target.name}</Name>}
        where={target === null ? say('drives.rip.named-last') : <Path>{target.displayPath}</Path>}
      >
        <Button onPress={() => void choose()}>
          <FolderOpen size={16} aria-hidden /> {say('drives.rip.choose')}
        </Button>
        {target !== null && (
          <Button look="quiet" onPress={() => void chooseMap()}>
            <MapSign size={16} aria-hidden /> {target.mapName === null ? say('drives.rip.map') : <Name>{target.mapName}</Name>}
          </Button>
        )}
      </Chosen>
      {target?.problem && <ProblemCard problem={target.problem} tone="caution" />}
    </>
  )
}

function How({ wishes, onChange }: { wishes: Wishes; onChange: (changes: Partial<Wishes>) => void }) {
  return (
    <>
      <CheckLine
        title={say('drives.rip.verify')}
        detail={say('drives.rip.verify.detail')}
        isSelected={wishes.verify}
        onChange={(verify) => onChange({ verify })}
      />
      <div className={css.retries}>
        <Field
          label={say('drives.rip.retries')}
          value={wishes.retries}
          onChange={(text) => onChange({ retries: text })}
          hint={say('drives.rip.retries.hint')}
          wrong={retriesOf(wishes.retries) === null ? say('drives.number-from', { least: 0, most: MAX_RIP_RETRIES }) : undefined}
        />
      </div>
      <Folded bare title={say('drives.more')}>
        <div className={css.more}>
          <CheckLine
            title={say('drives.rip.whole')}
            detail={say('drives.rip.whole.detail')}
            isSelected={wishes.whole}
            onChange={(whole) => onChange({ whole })}
          />
          <CheckLine
            title={say('drives.rip.fill')}
            detail={say('drives.rip.fill.detail')}
            isSelected={wishes.fillUnread}
            onChange={(fillUnread) => onChange({ fillUnread })}
          />
        </div>
      </Folded>
    </>
  )
}
