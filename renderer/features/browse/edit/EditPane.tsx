import { saveWays } from '../../../../shared/edit-draft.ts'
import { RadioCards } from '../../../design/Choices.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { say } from '../../../words/say.ts'
import { EditLabel } from './EditLabel.tsx'
import { EditOutcome } from './EditOutcome.tsx'
import css from './EditPane.module.css'
import { PendingChanges } from './PendingChanges.tsx'
import { SavedState } from './SavedState.tsx'

/** The narrow column: what was changed, what becomes of it, and the one button. */
export function EditPane() {
  const { edit } = useSession()
  const way = useEditState((state) => state.way)
  const ways = saveWays.map((key) => ({ key, title: say(`edit.save.${key}`), detail: say(`edit.save.${key}.detail`) }))
  return (
    <aside className={css.pane} aria-label={say('edit.changes')}>
      <div className={css.choices}>
        <PendingChanges />
        <RadioCards compact label={say('edit.save')} choices={ways} value={way} onChange={(chosen) => edit.setWay(chosen)} />
        <EditLabel />
      </div>
      <div className={css.outcome}>
        <SavedState />
        <EditOutcome />
      </div>
    </aside>
  )
}
