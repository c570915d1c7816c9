import type { MediumFacts } from '../../../../shared/drives.ts'
import { MAX_COPIES } from '../../../../shared/limits.ts'
import { CheckLine, type Choice, RadioCards } from '../../../design/Choices.tsx'
import { Field } from '../../../design/Field.tsx'
import { Folded } from '../../../design/Folded.tsx'
import { say } from '../../../words/say.ts'
import css from './BurnWishesForm.module.css'
import { copiesOf, type WishesDraft } from './wishes-draft.ts'

interface Props {
  readonly draft: WishesDraft
  readonly medium: MediumFacts | null
  readonly isVirtual: boolean
  readonly canLeaveOpen: boolean
  readonly onChange: (changes: Partial<WishesDraft>) => void
}

export function BurnWishesForm({ draft, medium, isVirtual, canLeaveOpen, onChange }: Props) {
  const speeds = medium?.writeSpeeds ?? []
  return (
    <>
      <CheckLine
        title={say('drives.burn.verify')}
        detail={say('drives.burn.verify.detail')}
        isSelected={draft.verify && !draft.simulate}
        isDisabled={draft.simulate}
        onChange={(verify) => onChange({ verify })}
      />
      {speeds.length > 0 && (
        <RadioCards
          inRow
          label={say('drives.counter.speed')}
          choices={speedChoices(speeds)}
          value={draft.speedTimes === null ? 'fastest' : `${draft.speedTimes}`}
          onChange={(key) => onChange({ speedTimes: key === 'fastest' ? null : Number(key) })}
        />
      )}
      {!isVirtual && <CheckLine title={say('drives.burn.eject')} isSelected={draft.eject} onChange={(eject) => onChange({ eject })} />}
      {canLeaveOpen && (
        <CheckLine
          title={say('drives.burn.leave-open')}
          detail={say('drives.burn.leave-open.detail')}
          isSelected={draft.leaveOpen}
          onChange={(leaveOpen) => onChange({ leaveOpen })}
        />
      )}
      <Folded bare title={say('drives.more')}>
        <div className={css.more}>
          <CheckLine
            title={say('drives.burn.simulate')}
            detail={say('drives.burn.simulate.detail')}
            isSelected={draft.simulate}
            onChange={(simulate) => onChange({ simulate })}
          />
          {!draft.append && (
            <div className={css.copies}>
              <Field
                label={say('drives.burn.copies')}
                value={draft.copies}
                onChange={(copies) => onChange({ copies })}
                hint={say('drives.burn.copies.hint')}
                wrong={copiesOf(draft.copies) === null ? say('drives.number-from', { least: 1, most: MAX_COPIES }) : undefined}
              />
            </div>
          )}
        </div>
      </Folded>
    </>
  )
}

function speedChoices(speeds: MediumFacts['writeSpeeds']): Choice<string>[] {
  const each = speeds.map(({ times }) => ({ key: `${Number.parseFloat(times)}`, title: times }))
  return [
    { key: 'fastest', title: say('drives.burn.fastest') },
    ...each.filter(({ key }, index) => each.findIndex((other) => other.key === key) === index),
  ]
}
