import { Copy, FolderOpen, Map as MapSign } from 'lucide-react'
import { useState } from 'react'
import type { DriveRow, RipTarget } from '../../../../shared/drive-rows.ts'
import { formatSize } from '../../../../shared/format.ts'
import { MAX_RIP_RETRIES } from '../../../../shared/limits.ts'
import { Button } from '../../../design/Button.tsx'
import { CheckLine, type Choice, RadioCards } from '../../../design/Choices.tsx'
import { Field } from '../../../design/Field.tsx'
import { Folded } from '../../../design/Folded.tsx'
import { Name } from '../../../design/Name.tsx'
import { ProblemCard } from '../../../design/ProblemCard.tsx'
import { showDrivesPage } from '../../../stores/drives.ts'
import { answerOf } from '../../../stores/notices.ts'
import placeCss from '../DrivesPlace.module.css'
import { discInDrive, stateTitle, usedBytes } from '../disc-words.ts'
import { PageHead } from '../PageHead.tsx'
import { Chosen, Step } from '../Step.tsx'
import css from './RipPage.module.css'

type Beginning = 'resume' | 'anew'

const beginnings: readonly Choice<Beginning>[] = [
  { key: 'resume', title: 'Go on with it', detail: 'What was read is kept; only what is missing is read.' },
  { key: 'anew', title: 'Begin anew', detail: 'What is there is replaced.' },
]

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
      <PageHead title="Copy a disc into an image" />
      <Step number={1} title="The disc">
        <TheDisc drive={drive} />
      </Step>
      <Step number={2} title="The image">
        <Where driveId={drive.driveId} target={target} onTarget={setTarget} />
        {target?.isUnfinished && (
          <RadioCards inRow label="A part of it was read before" choices={beginnings} value={beginning} onChange={setBeginning} />
        )}
      </Step>
      <Step number={3} title="How">
        <How wishes={wishes} onChange={(changes) => setWishes({ ...wishes, ...changes })} />
      </Step>
      <Button look="primary" large className={css.start} isDisabled={!canStart} onPress={() => void start()}>
        <Copy size={18} aria-hidden />
        <span className={css.startWords}>
          {target === null ? 'Copy the disc' : <>Copy to {<Name>{target.name}</Name>}</>}
          {drive.medium !== null && ` · ${formatSize(usedBytes(drive.medium))}`}
        </span>
      </Button>
    </div>
  )
}

function TheDisc({ drive }: { drive: DriveRow }) {
  const { medium, name, place } = drive
  if (medium === null) return <Chosen name={<Name>{name}</Name>} where="There is no disc in it any more." />
  return (
    <Chosen
      name={<Name>{medium.label ?? discInDrive(drive)}</Name>}
      where={
        <>
          {formatSize(usedBytes(medium))} · {stateTitle(medium)} · <Name>{place}</Name>
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
        name={target === null ? 'Not chosen yet' : <Name>{target.name}</Name>}
        where={target === null ? 'The image gets its name when it is whole.' : <Name>{target.displayPath}</Name>}
      >
        <Button onPress={() => void choose()}>
          <FolderOpen size={16} aria-hidden /> Choose where…
        </Button>
        {target !== null && (
          <Button look="quiet" onPress={() => void chooseMap()}>
            <MapSign size={16} aria-hidden /> {target.mapName === null ? 'Go on with a map…' : <Name>{target.mapName}</Name>}
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
        title="Read it a second time and compare"
        detail="Finds sectors that the drive reads differently each time. Takes as long again."
        isSelected={wishes.verify}
        onChange={(verify) => onChange({ verify })}
      />
      <div className={css.retries}>
        <Field
          label="Tries for bad sectors"
          value={wishes.retries}
          onChange={(text) => onChange({ retries: text })}
          hint="Passes over what could not be read, after everything else was."
          wrong={retriesOf(wishes.retries) === null ? `A number from 0 to ${MAX_RIP_RETRIES}.` : undefined}
        />
      </div>
      <Folded bare title="More">
        <div className={css.more}>
          <CheckLine
            title="All sectors of the disc"
            detail="Also those behind its file systems; else the image ends where the data does."
            isSelected={wishes.whole}
            onChange={(whole) => onChange({ whole })}
          />
          <CheckLine
            title="Mark sectors that can’t be read"
            detail="They say so in the image, instead of being zeros."
            isSelected={wishes.fillUnread}
            onChange={(fillUnread) => onChange({ fillUnread })}
          />
        </div>
      </Folded>
    </>
  )
}
