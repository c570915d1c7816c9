import { ArrowRightLeft, Disc3, Flame } from 'lucide-react'
import { useState } from 'react'
import { presetOf, presets } from '../../../shared/image-project.ts'
import type { StagedSummary } from '../../../shared/staging.ts'
import { Badge } from '../../design/Badge.tsx'
import { Button } from '../../design/Button.tsx'
import { RadioCards } from '../../design/Choices.tsx'
import { Name } from '../../design/Name.tsx'
import { ProblemCard } from '../../design/ProblemCard.tsx'
import { ProgressLine } from '../../design/ProgressLine.tsx'
import { setOptions, useStaging } from '../../stores/staging.ts'
import { formatNumber, formatSize } from '../../words/amounts.ts'
import { say, sayNodes } from '../../words/say.ts'
import { burnStaged } from '../drives/burning.ts'
import { BootFiles } from './BootFiles.tsx'
import { CapacityRing } from './CapacityRing.tsx'
import { ChangesSheet } from './ChangesSheet.tsx'
import css from './Decisions.module.css'
import { LabelField } from './LabelField.tsx'
import { MoreOptions } from './MoreOptions.tsx'
import { makeImage } from './making.ts'
import { presetChoices } from './preset-choices.ts'

const IMAGE_EXTENSION = '.iso'

/** The narrow column: what is decided, what comes of it, and the one button. */
export function Decisions({ summary }: { summary: StagedSummary }) {
  const options = useStaging((state) => state.options) ?? summary.options
  const preset = presetOf(options)
  return (
    <aside className={css.column} aria-label={say('create.decisions')}>
      <div className={css.choices}>
        <LabelField options={options} derivedLabel={summary.label} />
        <div>
          <RadioCards
            compact
            label={say('create.who')}
            choices={presetChoices()}
            value={preset}
            onChange={(name) => void setOptions({ ...presets[name].options, fileSystems: [...presets[name].options.fileSystems] })}
          />
          {preset === null && <p className={css.own}>{say('create.own-choice')}</p>}
        </div>
        <BootFiles options={options} />
        <MoreOptions options={options} summary={summary} />
      </div>
      <div className={css.outcome}>
        <WorkingOut />
        {summary.problem ? <ProblemCard problem={summary.problem} tone="caution" /> : <CapacityRing summary={summary} />}
        <ChangesLine summary={summary} />
        <MakeButton summary={summary} />
        <BurnButton summary={summary} />
      </div>
    </aside>
  )
}

/** Seen only when main takes its time with a change. */
function WorkingOut() {
  const isPending = useStaging((state) => state.pendingCount > 0 && state.scan === null)
  if (!isPending) return null
  return (
    <div className={css.working}>
      <ProgressLine thin label={say('create.working-out')} fraction={null} />
    </div>
  )
}

function ChangesLine({ summary }: { summary: StagedSummary }) {
  const [isOpen, setOpen] = useState(false)
  const { changeTotal } = summary
  return (
    <>
      <div className={css.changes}>
        <ArrowRightLeft size={16} aria-hidden />
        <span>{say('create.changes')}</span>
        <Badge tone={changeTotal > 0 ? 'caution' : 'plain'}>{formatNumber(changeTotal)}</Badge>
        {changeTotal > 0 ? (
          <Button aria-label={say('create.changes.show-all')} onPress={() => setOpen(true)}>
            {say('create.changes.show')}
          </Button>
        ) : (
          <span className={css.nothing}>{say('create.changes.none')}</span>
        )}
      </div>
      <ChangesSheet summary={summary} isOpen={isOpen && changeTotal > 0} onClose={() => setOpen(false)} />
    </>
  )
}

function MakeButton({ summary }: { summary: StagedSummary }) {
  const isScanning = useStaging((state) => state.scan !== null)
  const [isAsking, setAsking] = useState(false)
  const { imageSizeBytes, problem, label } = summary
  const isReady = problem === null && imageSizeBytes !== null && !isScanning
  const make = async () => {
    setAsking(true)
    await makeImage()
    setAsking(false)
  }
  return (
    <Button look="primary" large className={css.make} isDisabled={!isReady || isAsking} onPress={() => void make()}>
      <Disc3 size={18} aria-hidden />
      <span className={css.makeWords}>
        <span className={css.makeName}>{sayNodes('create.make', { name: <Name>{label + IMAGE_EXTENSION}</Name> })}</span>
        {imageSizeBytes !== null && <span className={css.makeSize}> · {formatSize(imageSizeBytes)}</span>}
      </span>
    </Button>
  )
}

/** Straight to a disc, without an image in between. */
function BurnButton({ summary: { imageSizeBytes, problem } }: { summary: StagedSummary }) {
  const isScanning = useStaging((state) => state.scan !== null)
  return (
    <Button look="quiet" isDisabled={problem !== null || imageSizeBytes === null || isScanning} onPress={burnStaged}>
      <Flame size={16} aria-hidden /> {say('create.burn')}
    </Button>
  )
}
