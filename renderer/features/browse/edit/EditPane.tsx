import { saveWays } from '../../../../shared/edit-draft.ts'
import { RadioCards } from '../../../design/Choices.tsx'
import { useEditState, useSession } from '../../../stores/browse-current.ts'
import { EditLabel } from './EditLabel.tsx'
import { EditOutcome } from './EditOutcome.tsx'
import css from './EditPane.module.css'
import { saveWords } from './edit-words.ts'
import { PendingChanges } from './PendingChanges.tsx'
import { SavedState } from './SavedState.tsx'

const ways = saveWays.map((key) => ({ key, title: saveWords[key].title, detail: saveWords[key].detail }))

/** The narrow column: what was changed, what becomes of it, and the one button. */
export function EditPane() {
  const { edit } = useSession()
  const way = useEditState((state) => state.way)
  return (
    <aside className={css.pane} aria-label="Changes">
      <div className={css.choices}>
        <PendingChanges />
        <RadioCards compact label="What becomes of the changes?" choices={ways} value={way} onChange={(chosen) => edit.setWay(chosen)} />
        <EditLabel />
      </div>
      <div className={css.outcome}>
        <SavedState />
        <EditOutcome />
      </div>
    </aside>
  )
}
