import { Maximize2 } from 'lucide-react'
import { IconButton } from '../../../design/Button.tsx'
import { selectedCount } from '../../../design/list/row-ranges.ts'
import { Name } from '../../../design/Name.tsx'
import { visibleName } from '../../../design/visible-name.ts'
import { useSession, useSessionState } from '../../../stores/browse-current.ts'
import { formatSize } from '../../../words/amounts.ts'
import { fromEngine } from '../../../words/from-engine.ts'
import { say } from '../../../words/say.ts'
import { EntryPicture } from '../EntryPicture.tsx'
import { kindWords } from '../entry-words.ts'
import { EntryFacts } from './EntryFacts.tsx'
import { PreviewContent } from './PreviewContent.tsx'
import css from './PreviewPane.module.css'
import { useAsked } from './useAsked.ts'
import { useSelectedRow } from './useSelectedRow.ts'

/** What the selected entry is and holds, beside the list. */
export function PreviewPane() {
  const session = useSession()
  const row = useSelectedRow()
  const count = useSessionState((state) => selectedCount(state.selection))
  if (!row)
    return (
      <aside className={css.pane} aria-label={say('browse.action.preview')}>
        {count > 1 ? <Several count={count} /> : <p className={css.hint}>{say('browse.preview.hint')}</p>}
      </aside>
    )
  return (
    <aside className={css.pane} aria-label={say('browse.action.preview')}>
      <header className={css.head}>
        <EntryPicture row={row} sizePx={20} />
        <div className={css.what}>
          <h2 className={css.name}>
            <Name>{row.name}</Name>
          </h2>
          <p className={css.kind}>
            {kindWords(row)}
            {row.type === 'file' && ` · ${formatSize(row.sizeBytes)}`}
          </p>
        </div>
        {row.type === 'file' && (
          <IconButton label={say('browse.preview.large')} shortcut={say('common.key.enter')} onPress={() => session.lookAt(row)}>
            <Maximize2 size={15} aria-hidden />
          </IconButton>
        )}
      </header>
      {row.type === 'file' && (
        <div className={css.content}>
          <PreviewContent row={row} />
        </div>
      )}
      <EntryFacts row={row} />
    </aside>
  )
}

function Several({ count }: { count: number }) {
  const session = useSession()
  const listing = useSessionState((state) => state.listing)
  const ranges = useSessionState((state) => state.selection.ranges)
  const listingId = listing?.listingId ?? 0
  const wanted = { imageId: session.image.imageId, listingId, ranges: ranges.map(([from, to]): [number, number] => [from, to]) }
  const measured = useAsked(`${listingId} ${JSON.stringify(ranges)}`, () => window.isomer.browse.measure(wanted))
  return (
    <div className={css.several}>
      <p className={css.name}>{say('browse.preview.several', { count })}</p>
      <p className={css.kind} role="status">
        {measured.is === 'there'
          ? say('browse.preview.measured', { size: formatSize(measured.value.contentBytes), files: measured.value.files })
          : measured.is === 'asking'
            ? say('browse.adding-up')
            : fromEngine(visibleName(measured.problem.message))}
      </p>
    </div>
  )
}
