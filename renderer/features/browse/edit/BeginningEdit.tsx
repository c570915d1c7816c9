import { ProgressLine } from '../../../design/ProgressLine.tsx'
import css from './BeginningEdit.module.css'

/** Said while the tree of a large image is taken over. */
export function BeginningEdit() {
  return (
    <div className={css.beginning} role="status">
      <p>Reading the whole tree, to change it…</p>
      <ProgressLine thin label="Reading the whole tree" fraction={null} />
    </div>
  )
}
