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
        title="Read the disc back and compare"
        detail="The only proof that it is as it should be. Takes as long as reading it."
        isSelected={draft.verify && !draft.simulate}
        isDisabled={draft.simulate}
        onChange={(verify) => onChange({ verify })}
      />
      {speeds.length > 0 && (
        <RadioCards
          inRow
          label="Speed"
          choices={speedChoices(speeds)}
          value={draft.speedTimes === null ? 'fastest' : `${draft.speedTimes}`}
          onChange={(key) => onChange({ speedTimes: key === 'fastest' ? null : Number(key) })}
        />
      )}
      {!isVirtual && <CheckLine title="Open the drive at the end" isSelected={draft.eject} onChange={(eject) => onChange({ eject })} />}
      {canLeaveOpen && (
        <CheckLine
          title={say('drives.burn.leave-open')}
          detail={say('drives.burn.leave-open.detail')}
          isSelected={draft.leaveOpen}
          onChange={(leaveOpen) => onChange({ leaveOpen })}
        />
      )}
      <Folded bare title="More">
        <div className={css.more}>
          <CheckLine
            title="Simulate"
            detail="Everything but the laser’s writing power; the disc stays as it is. CD and DVD-R only."
            isSelected={draft.simulate}
            onChange={(simulate) => onChange({ simulate })}
          />
          {!draft.append && (
            <div className={css.copies}>
              <Field
                label="Copies"
                value={draft.copies}
                onChange={(copies) => onChange({ copies })}
                hint="The drive opens after each disc and waits for a blank one."
                wrong={copiesOf(draft.copies) === null ? `A number from 1 to ${MAX_COPIES}.` : undefined}
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
  return [{ key: 'fastest', title: 'Fastest' }, ...each.filter(({ key }, index) => each.findIndex((other) => other.key === key) === index)]
}
