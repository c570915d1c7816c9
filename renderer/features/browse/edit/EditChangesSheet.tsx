import { ArrowRight } from 'lucide-react'
import type { DraftForecast } from '../../../../shared/edit-draft.ts'
import type { Change } from '../../../../shared/image-model.ts'
import { Badge } from '../../../design/Badge.tsx'
import { Name } from '../../../design/Name.tsx'
import { Sheet } from '../../../design/Sheet.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { fileSystemTitles } from '../../create/change-words.ts'
import css from './EditChangesSheet.module.css'

interface Props {
  readonly forecast: DraftForecast
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What the result will hold differently from the image and from what was put in. */
export function EditChangesSheet({ forecast: { changes, changeCount }, isOpen, onClose }: Props) {
  return (
    <Sheet title={say('edit.changes.title')} isOpen={isOpen} onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
      <ul className={css.list} tabIndex={0} aria-label={say('edit.changes.title')}>
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
          <Item key={index} change={change} />
        ))}
      </ul>
      {changeCount > changes.length && <p className={css.more}>{say('edit.changes.more', { count: changeCount - changes.length })}</p>}
    </Sheet>
  )
}

function Item({ change: { fileSystem, kind, path, becomes, reason } }: { change: Change }) {
  return (
    <li className={css.item}>
      <p className={css.names}>
        <Name>{path}</Name>
        {becomes !== null && (
          <>
            <ArrowRight size={14} aria-label={say('edit.changes.becomes')} className="pointing" />
            <Name>{becomes}</Name>
          </>
        )}
      </p>
      <Badge tone={kind === 'omitted' || kind === 'caution' ? 'caution' : 'plain'}>{say(`create.change.${kind}`)}</Badge>
      <p className={css.reason}>
        {say('edit.changes.reason', { fileSystem: fileSystemTitles[fileSystem], reason: fromEngine(visibleName(reason)) })}
      </p>
    </li>
  )
}
