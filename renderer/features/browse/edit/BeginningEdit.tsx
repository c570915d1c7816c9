import { ProgressLine } from '../../../design/ProgressLine.tsx'
import { say } from '../../../words/say.ts'
import css from './BeginningEdit.module.css'

/** Said while the tree of a large image is taken over. */
export function BeginningEdit() {
  return (
    <div className={css.beginning} role="status">
      <p>{say('edit.beginning.why')}</p>
      <ProgressLine thin label={say('edit.beginning')} fraction={null} />
    </div>
  )
}
